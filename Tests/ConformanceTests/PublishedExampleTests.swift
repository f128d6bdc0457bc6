import Foundation
import TestSupport
import Testing

@testable import webb

/// The examples of the Python tool's published manual, typed as they stand there, against the made-up MAST.
@Suite(.serialized) struct PublishedExampleTests {
  private struct Example {
    var line: String
    var words: [String]
  }

  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func everyExampleWorks() throws {
    let examples = try Self.examples()
    #expect(examples.count == 11)
    let server = try FakeMAST(faults: "none")
    for example in examples {
      let scratch = try ScratchFolder()
      let link = scratch.file(example.words[0])
      try FileManager.default.createSymbolicLink(
        at: URL(fileURLWithPath: link), withDestinationURL: WebbProcess.executable)
      try scratch.write("jwst_query.cfg", Self.packagedConfiguration.utf8)
      // The folders of the examples are those of a machine of its own.
      let arguments = example.words.dropFirst().map { $0.hasSuffix("jwst_data") ? scratch.file("data") : $0 }
      var process = WebbProcess(
        Array(arguments),
        environment: [
          "WEBB_NOW": "2022-07-20T12:00:00", "WEBB_MAST_URL": server.baseURL,
          "JWSTDOWNLOAD_OUTDIR": scratch.file("data"),
        ], folder: URL(fileURLWithPath: scratch.path), input: "y\n")
      process.program = URL(fileURLWithPath: link)
      let result = try process.run()
      #expect(result.status == 0, "\(example.line): \(result.errors)")

      let tables = Recording.tables(in: result.output).mapValues(GoldenTable.init)
      let products = try #require(tables["Downloaded products"], "\(example.line): \(result.errors)")
      #expect(!products.rows.isEmpty, "\(example.line) selects nothing")
      let states = products.rows.map { products.cell($0, "dl_str") }
      #expect(states.allSatisfy { $0 == "downloaded" }, "\(example.line): \(states)")
      let missing = products.rows.compactMap { products.cell($0, "outfilename") }
        .filter { !FileManager.default.fileExists(atPath: $0) }
      #expect(missing.isEmpty, "\(example.line): \(missing)")
    }
  }

  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func packagedValuesAreThoseOfTheFile() throws {
    let text = try String(contentsOf: try Shared.file("conformance/mast-golden/packaged.yaml"), encoding: .utf8)
    let listed = DropInOption.all.reduce(into: [String: String]()) { $0[$1.name] = $1.packaged }
    #expect(GoldenConfiguration.values(text) == listed)
  }

  /// The configuration file that comes with the Python tool, from the table of options.
  private static var packagedConfiguration: String {
    DropInOption.all.compactMap { option in option.packaged.map { "\(option.name): \($0)\n" } }.joined()
  }

  private static func examples() throws -> [Example] {
    let manual = try String(contentsOf: try Shared.file("manuals/jwst-mast-query.md"), encoding: .utf8)
    return manual.split(separator: "\n").compactMap { line in
      let text = line.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
      guard line.hasPrefix("    jwst_") || line.hasPrefix("`jwst_download.py -") else { return nil }
      return Example(line: text, words: ShellWords.split(text))
    }
  }
}
