import Foundation
import TestSupport

extension GoldenCase.Step {
  /// Does to the working folder what was done before the recorded step, and writes its configuration file.
  func prepare(in folder: URL) throws {
    for preparation in preparations {
      guard let verb = preparation.first as? String, preparation.count > 1, let path = preparation[1] as? String else {
        throw TestSupportError("a preparation cannot be read: \(preparation)")
      }
      let url = path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
      switch verb {
      case "rm": try? FileManager.default.removeItem(at: url)
      case "mkdir": try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      case "write":
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((preparation[2] as? String ?? "").utf8).write(to: url)
      case "truncate":
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: UInt64(preparation[2] as? Int ?? 0))
        try handle.close()
      default: throw TestSupportError("unknown preparation \(verb)")
      }
    }
    if let config { try Data(config.text.utf8).write(to: folder.appendingPathComponent(config.file)) }
  }

  /// Whether web pages are asked for.
  var asksForPages: Bool {
    arguments.contains { $0 == "-w" || "--makewebpages".hasPrefix($0) && $0.count > 4 }
      || config?.values["makewebpages"]?.lowercased() == "true"
  }
}
