import Foundation
import SkyGeometry

/// What the process sees of its surroundings; libraries get these as parameters.
enum Environment {
  /// A variable that is set and not empty.
  static subscript(name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The clock.
  static var now: ModifiedJulianDate {
    ModifiedJulianDate(unixMilliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// An absolute path without a slash at the end; `~` is the home folder.
  static func absolutePath(_ path: String) -> String {
    let expanded = (path as NSString).expandingTildeInPath
    return URL(fileURLWithPath: expanded.isEmpty ? "." : expanded).standardizedFileURL.path
  }
}
