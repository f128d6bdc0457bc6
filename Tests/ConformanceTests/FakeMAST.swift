import Foundation
import TestSupport

/// The made-up MAST that the recordings were made against, as a process of its own.
final class FakeMAST {
  private let process: ChildProcess
  private let log: ScratchFolder
  let baseURL: String

  /// Starts the server with a set of faults on a free port.
  init(faults: String) throws {
    log = try ScratchFolder()
    let output = Pipe()
    process = try ChildProcess(
      "/usr/bin/env",
      [
        "python3", try Shared.file("tools/fakemast/server.py").path, "--data",
        try Shared.file("conformance/fakemast").path, "--port", "0",
        "--faults", faults, "--log", log.file("requests.jsonl"),
      ], output: output.fileHandleForWriting, errors: FileHandle.standardError)
    // The program's own is then the only one, and its end ends the reading.
    try output.fileHandleForWriting.close()
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 { line.append(byte) }
    guard let port = Int(String(decoding: line, as: UTF8.self)) else {
      throw TestSupportError("the fake MAST did not start")
    }
    baseURL = "http://127.0.0.1:\(port)"
  }

  /// The names of the files that have been asked for.
  func filesAsked() throws -> Set<String> {
    try Recording.filesAsked(log: URL(fileURLWithPath: log.file("requests.jsonl")))
  }
}

/// What a recorded or repeated run left behind.
enum Recording {
  /// The names of files asked for in a log of requests.
  static func filesAsked(log: URL) throws -> Set<String> {
    guard FileManager.default.fileExists(atPath: log.path) else { return [] }
    var names: Set<String> = []
    for line in try String(contentsOf: log, encoding: .utf8).split(separator: "\n") {
      let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let path = entry?["path"] as? String, path.lowercased().hasSuffix("/download/file"),
        let uri = (entry?["query"] as? [String: Any])?["uri"] as? String
      else { continue }
      names.insert(String(uri.split(separator: "/").last ?? ""))
    }
    return names
  }

  /// The tables in the output of the Python tool or of Webb in its place: what stands under each banner, up to an empty line.
  static func tables(in output: String) -> [String: String] {
    var tables: [String: String] = [:]
    let lines = output.components(separatedBy: "\n")
    let banners = [
      "### Selected Products:": "Selected products", "### Observations:": "Observations",
      "### Summary propID/obsnum:": "Summary",
      "### Downloaded Selected Products:": "Downloaded products",
    ]
    for (index, line) in lines.enumerated() {
      guard let name = banners[line] else { continue }
      // Every line of a table is as long as its header; other talk may follow without an empty line.
      guard lines.count > index + 2 else { continue }
      let width = lines[index + 2].unicodeScalars.count
      var block = Array(lines[(index + 2)...].prefix { !$0.isEmpty && $0.unicodeScalars.count == width })
      // Without rows, the tool prints the list it was about to write to a file.
      if block.first?.hasPrefix("['") ?? false { block = [String(block[0].dropFirst(2).prefix { $0 != "\\" })] }
      tables[name] = block.joined(separator: "\n")
    }
    return tables
  }
}
