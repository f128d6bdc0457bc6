import Foundation
import TestSupport
import Testing

/// The commands of `docs/ESA.md`, run by a shell at a terminal, one after the other, against recorded answers.
@Suite struct ESAManualTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func document() throws -> String {
    try String(contentsOf: root.appendingPathComponent("docs/ESA.md"), encoding: .utf8)
  }

  @Test func theCommandsOfTheManualRun() throws {
    let examples = try Self.examples()
    #expect(examples.count > 25)
    let service = try RecordedService("esa-manual.json")
    let scratch = try ScratchFolder()
    let table = try Data(contentsOf: RecordedService.file("mytable.xml"))
    try scratch.write("mytable.xml.gz", Gzip.stored(Array(table)))
    try scratch.write("my_credentials_file", "userName\nuserPassword\n".utf8)
    chmod(scratch.file("my_credentials_file"), 0o600)
    for example in examples {
      let before = service.unanswered.count
      let (status, screen, errors) = try Self.run(example.command, at: service.url, in: scratch)
      #expect((status != 0) == example.fails, "\(example.command)\n\(screen)\(errors)")
      #expect(
        service.unanswered.dropFirst(before).allSatisfy { $0.hasPrefix("DELETE ") || $0.contains("ACTION=DELETE") })
      if let output = example.output {
        let shown = screen + (example.fails ? errors : "")
        #expect(
          shown.replacing(scratch.path, with: "/home/me").replacing(service.url, with: "https://jwst.esac.esa.int")
            == output + "\n", "\(example.command)")
      }
    }
    #expect(
      Set(scratch.names).isSuperset(of: ["planes.vot.gz", "main.csv", "jw00601004001_02102_00001_nrcb1_uncal.fits"]))
  }

  /// A table of weaknesses is worth as much as its tests: each that it names must be there.
  @Test func theTestsThatTheDocumentNamesAreThere() throws {
    let document = try Self.document()
    let rows = document.split(separator: "\n").filter { $0.wholeMatch(of: /\| B-\d\d \|.*/) != nil }
    #expect(rows.map { String($0.dropFirst(4).prefix(2)) } == (1...66).map { $0 < 10 ? "0\($0)" : "\($0)" })
    var functions: [String: Set<String>] = [:]
    let tests = FileManager.default.enumerator(atPath: Self.root.appendingPathComponent("Tests").path)
    while let path = tests?.nextObject() as? String {
      guard path.hasSuffix(".swift") else { continue }
      let text = try String(contentsOf: Self.root.appendingPathComponent("Tests/\(path)"), encoding: .utf8)
      let suite = String(path.split(separator: "/").last?.dropLast(6) ?? "")
      let parts = text.components(separatedBy: "@Test").dropFirst()
      functions[suite, default: []].formUnion(parts.compactMap { $0.firstMatch(of: /func (\w+)/).map { String($0.1) } })
    }
    var named = 0
    for name in document.matches(of: /`(\w+Tests)\.(\w+)`/) {
      #expect(functions[String(name.1)]?.contains(String(name.2)) == true, "\(name.0)")
      named += 1
    }
    #expect(named > 60)
    for row in rows {
      let isTold = row.contains("not applicable") || row.contains("Tests.")
      #expect(isTold, "\(row)")
    }
  }

  private struct Example {
    var command: String
    var output: String?
    var fails: Bool
  }

  /// The blocks of commands, each with the block of output behind it if there is one; a failure shows its error.
  private static func examples() throws -> [Example] {
    let pattern = /```sh\n([\s\S]*?)\n```\n(?:\n```text\n([\s\S]*?)\n```\n)?/
    return try document().matches(of: pattern).map { match in
      let output = match.2.map(String.init)
      return Example(
        command: String(match.1), output: output, fails: output?.hasPrefix("Error:") == true)
    }
  }

  private static func run(
    _ command: String, at url: String, in scratch: ScratchFolder
  ) throws -> (status: Int32, screen: String, errors: String) {
    let terminal = try PseudoTerminal(columns: 100)
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = WebbProcess.executable.deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
    environment["WEBB_TAP_URL"] = url + "/server/tap"
    environment["WEBB_SIMBAD_URL"] = url + "/simbad/sim-tap"
    environment["WEBB_NED_URL"] = url + "/cgi-bin/objsearch"
    environment["WEBB_VIZIER_URL"] = url + "/viz-bin/votable"
    environment["WEBB_SESSIONS"] = scratch.file(".sessions")
    // Whoever runs these types the password.
    try scratch.write(".typed", "userPassword\n".utf8)
    try scratch.write(".errors", [])
    let process = try ChildProcess(
      "/bin/sh", ["-e", "-c", command], environment: environment, folder: scratch.path,
      input: try FileHandle(forReadingFrom: URL(fileURLWithPath: scratch.file(".typed"))), output: terminal.programEnd,
      errors: try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.file(".errors"))))
    while process.isRunning {
      _ = terminal.screen
      Thread.sleep(forTimeInterval: 0.01)
    }
    let errors = String(decoding: scratch.bytes(".errors") ?? [], as: UTF8.self)
    return (process.wait(), terminal.screen, errors)
  }
}
