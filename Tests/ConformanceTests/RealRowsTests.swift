import Foundation
import TableIO
import TestSupport
import Testing

/// 29,749 real keyword rows of MAST, imported and asked for programme by programme.
@Suite(.serialized) struct RealRowsTests {
  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func everyProgrammeListsExactlyItsRows() throws {
    let tables = try ["nircam", "niriss", "miri", "nirspec"].map {
      try Shared.file("realdata/mast_si_keywords/\($0)_full.csv.gz").path
    }
    var wanted: [String: Set<String>] = [:]
    for table in tables {
      let reader = try CSVReader(path: table)
      let name = try #require(reader.header.firstIndex(of: "filename"))
      let program = try #require(reader.header.firstIndex(of: "program"))
      while try reader.next() { wanted[reader.text(at: program), default: []].insert(reader.text(at: name)) }
    }
    let listed = try programs(Shared.file("realdata/programs.csv"))
    #expect(Set(wanted.keys) == Set(listed.keys))
    #expect(listed.count == 385)

    let archive = try ScratchFolder()
    let imported = try WebbProcess(
      ["archive", "import", "--quiet", "--archive", archive.path, "mast-keywords"] + tables
    ).run()
    #expect(imported.status == 0, "\(imported.errors)")
    let serving = try WebbProcess(["archive", "serve", "--quiet", "--archive", archive.path]).start()
    defer { serving.send(signal: SIGKILL) }
    let url = try #require(serving.line(beginning: "Serving ").split(separator: " ").last)

    var agreeing = 0
    for (program, count) in listed.sorted(by: { $0.key < $1.key }) {
      let result = try WebbProcess([
        "mast", "query", "--quiet", "--json", "--mast-url", String(url.dropLast()), "--propID", program,
      ]).run()
      let products = try JSONValue(parsing: result.output)["products"]?.arrayValue ?? []
      let names = products.compactMap { $0["productFilename"]?.stringValue }
      #expect(names.count == count, "programme \(program)")
      #expect(Set(names) == wanted[program], "programme \(program)")
      agreeing += names.count == count && Set(names) == wanted[program] ? 1 : 0
    }
    print(
      "Real rows: \(agreeing) of \(listed.count) programmes list exactly their rows (\(wanted.values.reduce(0) { $0 + $1.count }) in all)."
    )
  }

  /// Number of files by programme.
  private func programs(_ file: URL) throws -> [String: Int] {
    let reader = try CSVReader(path: file.path)
    let program = try #require(reader.header.firstIndex(of: "program"))
    let count = try #require(reader.header.firstIndex(of: "n_files"))
    var programs: [String: Int] = [:]
    while try reader.next() { programs[reader.text(at: program)] = Int(reader.text(at: count)) }
    return programs
  }
}
