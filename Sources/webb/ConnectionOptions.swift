import ArgumentParser
import Foundation
import MASTArchive
import SkyGeometry

/// Which archive to talk to.
struct ConnectionOptions: ParsableArguments {
  @Option(
    name: .customLong("mast-url"),
    help:
      "Address of MAST or of anything that speaks its protocol (also WEBB_MAST_URL). Default: https://mast.stsci.edu")
  var mastURL: String?

  @Option(
    help: ArgumentHelp(
      "A local archive to use in place of MAST; 'sample' makes a small one with made-up data first. It is served inside the process and asked over HTTP.",
      valueName: "dir|sample"))
  var archive: String?

  @Option(
    help:
      "MAST token for exclusive-access data. Better: set MAST_API_TOKEN, which other users of the machine cannot see.")
  var token: String?

  @Option(
    help: "The date to count look-back from, in place of the clock (also WEBB_NOW), for example 2022-07-20T12:00:00.")
  var now: String?

  func validate() throws {
    if mastURL != nil && archive != nil { throw ValidationError("--mast-url and --archive exclude each other.") }
    if let now, ModifiedJulianDate(iso: now) == nil {
      throw ValidationError("--now \(now) is not a date: write it like 2022-07-20 or 2022-07-20T12:00:00 (UTC).")
    }
  }

  /// The moment that counts as now.
  func date() throws -> ModifiedJulianDate {
    guard let text = now ?? Environment["WEBB_NOW"] else { return Environment.now }
    guard let date = ModifiedJulianDate(iso: text) else {
      throw Failure.usage("WEBB_NOW is \"\(text)\", which is not a date: write it like 2022-07-20T12:00:00.")
    }
    return date
  }
}

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
