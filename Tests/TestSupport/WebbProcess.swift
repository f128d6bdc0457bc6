public import Foundation

/// The built `webb`, run as a user runs it.
public struct WebbProcess: Sendable {
  /// What a finished run left behind.
  public struct Result: Sendable {
    /// Exit code; for a run ended by a signal, its negative number.
    public var status: Int32
    /// Standard output.
    public var output: String
    /// Standard error.
    public var errors: String
  }

  /// Arguments after the program's name.
  public var arguments: [String]
  /// Variables set beside those of the test process.
  public var environment: [String: String]
  /// The program to run; a link to `webb` makes it answer to another name.
  public var program = executable
  /// The folder it starts in.
  public var folder: URL?
  /// What stands on its standard input.
  public var input: String
  /// Whether standard input stays open and silent, as a terminal at which nobody types.
  public var keepsInputOpen = false

  /// Describes a run.
  public init(_ arguments: [String], environment: [String: String] = [:], folder: URL? = nil, input: String = "") {
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
  }

  /// The program beside the test bundle, or the debug build of this package.
  public static let executable: URL = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
      "webb")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.appendingPathComponent(".build/debug/webb")
  }()

  /// Runs to the end.
  public func run() throws -> Result {
    let running = try start()
    return running.wait()
  }

  /// Starts and returns at once.
  public func start() throws -> RunningWebb { try RunningWebb(self) }
}

/// A `webb` that is under way. Output goes to files, so that nothing blocks however much is written.
public final class RunningWebb {
  private let process: ChildProcess
  private let scratch: ScratchFolder
  private let silence = Pipe()

  init(_ description: WebbProcess) throws {
    let scratch = try ScratchFolder()
    self.scratch = scratch
    let files = ["in", "out", "err"].map { URL(fileURLWithPath: scratch.file($0)) }
    try Data(description.input.utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    var environment = ProcessInfo.processInfo.environment
    let foreign = ["MAST_API_TOKEN", "JWSTDOWNLOAD_OUTDIR", "JWST_QUERY_CFGFILE"]
    for name in foreign + environment.keys.filter({ $0.hasPrefix("WEBB_") }) {
      environment[name] = nil
    }
    process = try ChildProcess(
      description.program.path, description.arguments,
      environment: environment.merging(description.environment) { $1 }, folder: description.folder?.path,
      input: description.keepsInputOpen
        ? silence.fileHandleForReading : try FileHandle(forReadingFrom: files[0]),
      output: try FileHandle(forWritingTo: files[1]), errors: try FileHandle(forWritingTo: files[2]))
  }

  /// What has been written to standard output so far.
  public var output: String { text("out") }

  /// What has been written to standard error so far.
  public var errors: String { text("err") }

  /// The system's number of the process.
  public var processIdentifier: Int32 { process.processIdentifier }

  /// Whether the program is still running.
  public var isRunning: Bool { process.isRunning }

  /// Sends a signal.
  public func send(signal: Int32) { process.send(signal: signal) }

  /// Waits for the end.
  public func wait() -> WebbProcess.Result {
    let status = process.wait()
    return .init(status: status, output: output, errors: errors)
  }

  /// Waits until a line of standard output begins with some words, at most 60 s.
  /// - Returns: the line.
  public func line(beginning words: String) throws -> String {
    for _ in 0..<1200 {
      if let line = output.split(separator: "\n").first(where: { $0.hasPrefix(words) }) { return String(line) }
      if !process.isRunning { break }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw TestSupportError("webb printed no line that begins with \"\(words)\": \(errors)")
  }

  private func text(_ name: String) -> String {
    (try? String(decoding: Data(contentsOf: URL(fileURLWithPath: scratch.file(name))), as: UTF8.self)) ?? ""
  }
}
