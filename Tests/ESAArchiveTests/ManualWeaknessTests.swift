import ESAArchive
import Foundation
import SkyGeometry
import TAP
import TableIO
import TestSupport
import Testing

/// Weaknesses of the Python client that no other suite is about; `docs/ESA.md` lists them all.
@Suite struct ManualWeaknessTests {
  /// B-01
  @Test func nothingIsAskedBeforeTheFirstCall() throws {
    let service = try FakeArchive { _, _ in .text("") }
    let archive = service.client()
    #expect(archive.loggedOut.session == nil)
    #expect(service.calls.isEmpty)
  }

  /// B-16, B-19
  @Test(arguments: [
    "select * from (select top 5 * from a) b", "SELECT DISTINCT\tx FROM a -- TOP 5", "nonsense",
    "select\t* from a /* SELECT TOP 3 */",
  ])
  func queriesAreSentAsTheyAre(text: String) async throws {
    let service = try FakeArchive { _, _ in .table(["a"], [["b"]], status: "OVERFLOW") }
    let result = try await service.client().tap.query(TAPQuery("\(raw: text)", maxRows: 1))
    #expect(service.calls.map(\.statement) == [text])
    #expect(service.calls.first?.fields["MAXREC"] == "1")
    #expect(result.isOverflow)
  }

  /// B-31
  @Test(arguments: [false, true]) func jsonIsReadPlainAndAsGzip(gzip: Bool) async throws {
    let text = #"{"metadata":[{"name":"a","datatype":"char","arraysize":"*"}],"data":[["b"]]}"#
    let bytes = gzip ? Gzip.stored(Array(text.utf8)) : Array(text.utf8)
    let service = try FakeArchive { _, _ in .file(bytes, type: "application/json") }
    let result = try await service.client().tap.query(TAPQuery("SELECT a FROM b", format: "json"))
    #expect(try result.table().column("a", as: String.self) == ["b"])
  }

  /// B-32
  @Test func textBeyondASCIIIsRead() async throws {
    let table = try await binary("<FIELD name=\"a\" datatype=\"char\" arraysize=\"*\"/>", [0, 0, 0, 0, 6] + "é€z".utf8)
    #expect(try table.column("a", as: String.self) == ["é€z"])
    let broken = try await binary("<FIELD name=\"a\" datatype=\"char\" arraysize=\"*\"/>", [0, 0, 0, 0, 2, 0x61, 0xE9])
    #expect(try broken.column("a", as: String.self).first??.hasPrefix("a") == true)
  }

  /// B-33
  @Test(
    arguments: [
      (0x00, false), (0x80, true), (0x08, true), (0x01, true), (0x54, true), (0x31, true), (0x46, false), (0x30, false),
    ] as [(UInt8, Bool)])
  func aBitIsTrueWhereverItStands(byte: UInt8, isTrue: Bool) async throws {
    let table = try await binary("<FIELD name=\"public\" datatype=\"bit\"/>", [0, byte])
    #expect(try table.column("public", as: Bool.self) == [isTrue])
  }

  /// B-39
  @Test func aConeWithoutConditions() throws {
    let search = ObservationSearch(
      region: .cone(SkyPosition(ra: 1, dec: 2), radius: 3), filters: .init(calibrationLevel: .any))
    #expect(try search.statement(layout: .main).text.hasSuffix("=1 ORDER BY dist ASC"))
  }

  /// B-54
  @Test func onlyWhatWasFetchedIsReported() async throws {
    let service = try FakeArchive { call, _ in
      call.path == "/server/data"
        ? .file(TarText.archive(["new.fits": "SIMPLE  ="]), type: "application/x-tar")
        : .table(["planeid", "calibrationlevel:int"], [["p", "2"]])
    }
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: scratch.file("jw1"), withIntermediateDirectories: true)
    try scratch.write("jw1/old.fits", "old".utf8)
    let download = try await service.client().downloadObservation("jw1", level: .level(2), into: scratch.path)
    #expect(download.files.map(\.path) == [scratch.file("jw1/new.fits")])
    #expect(scratch.bytes("jw1/old.fits") == Array("old".utf8))
  }

  /// B-65
  @Test func librariesDoNotPrint() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources")
    var count = 0
    for target in ["TAP", "ESAArchive", "HTTPTransport", "Downloads", "Unpacking", "TableIO", "SkyGeometry"] {
      let files = FileManager.default.enumerator(atPath: sources.appendingPathComponent(target).path)
      while let path = files?.nextObject() as? String {
        guard path.hasSuffix(".swift") else { continue }
        count += 1
        let text = try String(contentsOf: sources.appendingPathComponent("\(target)/\(path)"), encoding: .utf8)
        for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
          #expect(!line.contains(/(^|[^.\w])(print|debugPrint|exit|getenv)\(/), "\(path): \(line)")
        }
      }
    }
    #expect(count > 100)
  }

  /// A table of one row in BINARY2.
  private func binary(_ field: String, _ row: some Sequence<UInt8>) async throws -> Table {
    let text = """
      <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">\
      <INFO name="QUERY_STATUS" value="OK"/><TABLE>\(field)<DATA><BINARY2><STREAM encoding="base64">\
      \(Data(row).base64EncodedString())</STREAM></BINARY2></DATA></TABLE></RESOURCE></VOTABLE>
      """
    let service = try FakeArchive { _, _ in .file(Array(text.utf8), type: "application/x-votable+xml") }
    return try await service.client().tap.query(TAPQuery("SELECT 1")).table()
  }
}
