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

  /// This machine's name; `localhost` when it has none.
  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    let status = gethostname(&name, 255)
    let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return status == 0 && !text.isEmpty ? text : "localhost"
  }

  /// An absolute path without a slash at the end; `~` is the home folder.
  static func absolutePath(_ path: String) -> String {
    let expanded = (path as NSString).expandingTildeInPath
    return URL(fileURLWithPath: expanded.isEmpty ? "." : expanded).standardizedFileURL.path
  }
}
