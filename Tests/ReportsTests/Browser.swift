import Foundation
import TestSupport

/// Headless Chromium, without a network.
struct Browser {
  /// The program, where it is installed.
  static let program: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let names = ["chromium", "chromium-browser", "google-chrome"]
    return
      (names.flatMap { name in folders.map { $0 + "/" + name } }
      + ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"])
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What a page is in the end, as text, and what the browser's console said.
  struct Result {
    var document: String
    var console: [String]
  }

  /// Loads a page from a file and waits until its scripts have nothing left to do.
  static func load(_ path: String) throws -> Result {
    guard let program else { throw TestSupportError("there is no Chromium") }
    let scratch = try ScratchFolder()
    let arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0",
      "--user-data-dir=" + scratch.file("profile"), "--virtual-time-budget=20000", "--dump-dom",
      URL(fileURLWithPath: path).absoluteString,
    ]
    for name in ["out", "err"] { try scratch.write(name, []) }
    let process = try ChildProcess(
      program, arguments, output: try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.file("out"))),
      errors: try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.file("err"))))
    // A browser that hangs is ended, and the test fails for want of a document.
    _ = process.wait(limit: 120)
    func text(_ name: String) -> String { String(decoding: scratch.bytes(name) ?? [], as: UTF8.self) }
    let console = text("err").split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init)
    return Result(document: text("out"), console: console)
  }
}
