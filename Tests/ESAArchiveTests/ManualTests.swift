import ESAArchive
import Foundation
import HTTPTransport
import SkyGeometry
import TAP
import TableIO
import TestSupport
import Testing

/// The Swift examples of `docs/ESA.md`, run against recorded answers.
@Suite struct ManualTests {
  private let service: RecordedService
  private let scratch: ScratchFolder
  private let archive: ESAArchive

  init() throws {
    service = try RecordedService("esa-manual.json")
    scratch = try ScratchFolder()
    var configuration = ESAArchive.Configuration(tapURL: service.url + "/server/tap")
    configuration.resolvers.simbad = service.url + "/simbad/sim-tap"
    configuration.resolvers.ned = service.url + "/cgi-bin/objsearch"
    configuration.resolvers.vizier = service.url + "/viz-bin/votable"
    configuration.retry = .never
    archive = ESAArchive(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration)
  }

  /// The manual shows what is compiled here.
  @Test func theDocumentShowsTheseLines() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let source = try String(contentsOf: folder.appendingPathComponent("Manual.swift"), encoding: .utf8)
    let document = try String(
      contentsOf: folder.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/ESA.md"),
      encoding: .utf8)
    let compiled = Self.snippets(in: source)
    let shown = Self.blocks(of: "swift", in: document)
    #expect(compiled.count > 20)
    #expect(shown.count == compiled.count)
    for (shown, compiled) in zip(shown, compiled) { #expect(shown == compiled) }
  }

  @Test func status() async throws {
    #expect(Manual.client().configuration.tapURL == "https://jwst.esac.esa.int/server/tap")
    #expect(try await Manual.status(archive).contains("The archive will be down on Monday"))
  }

  @Test func regionAndCone() async throws {
    let distances = try await Manual.region(archive).compactMap(\.self)
    #expect(distances.first == 0.5067292953603689 && distances == distances.sorted())
    #expect(try await Manual.cone(archive).first == "jw01488027001_01201_00001_nrs2")
    #expect(service.unanswered.isEmpty)
  }

  @Test func targets() async throws {
    let (m1, rows) = try await Manual.target(archive)
    #expect(m1.resolver == .simbad && abs(m1.position.ra - 83.6287) < 1e-3 && rows.rowCount > 0)
    let (lmc, more) = try await Manual.targetAtNED(archive)
    #expect(lmc.resolver == .ned && abs(lmc.position.dec + 69.756) < 1e-3 && more.rowCount > 0)
    #expect(service.unanswered.isEmpty)
  }

  @Test func products() async throws {
    #expect(
      try await Manual.products(archive) == [
        "jw00777011001_02104_00001_nrcblong_cal.fits", "jw00777011001_02104_00001_nrcblong_cal_thumb.jpg",
        "jw00777011001_02104_00001_nrcblong_uncal.fits",
      ])
    #expect(
      try await Manual.scienceProducts(archive) == [
        "jw97012001001_02101_00001_guider1_cal.fits", "jw97012001001_02101_00001_guider1_uncal.fits",
      ])
    #expect(try await Manual.artifacts(archive).contains("00000000-0000-0000-9335-09ff0e02f06b"))
    #expect(service.unanswered.isEmpty)
  }

  @Test func downloads() async throws {
    let files = try await Manual.product(archive, scratch.path)
    #expect(files.map(\.path) == Array(repeating: scratch.file("jw00601004001_02102_00001_nrcb1_uncal.fits"), count: 2))
    #expect(scratch.bytes("jw00601004001_02102_00001_nrcb1_uncal.fits")?.count == 2880)
    let paths = try await Manual.download(archive, scratch.path)
    #expect(paths.count == 2)
    for path in paths { #expect(FileManager.default.contents(atPath: path)?.count == 2880) }
    #expect(service.unanswered.isEmpty)
  }

  @Test func relatedObservations() async throws {
    #expect(
      try await Manual.related(archive) == [
        "jw00777-o011_t005_nircam_f277w-sub160", "jw00777-c1005_t005_nircam_f277w-sub160",
      ])
  }

  @Test func tables() async throws {
    #expect(try await Manual.tableNames(archive).contains("jwst.plane_inputs"))
    #expect(try await Manual.tables(archive).contains { $0.qualifiedName == "jwst.main" && !$0.columns.isEmpty })
    #expect(try await Manual.table(archive) == ["observationid", "planeid", "\"public\"", "target_ra", "target_dec"])
    #expect(service.unanswered.isEmpty)
  }

  @Test func queries() async throws {
    #expect(try await Manual.query(archive).first == "00000000-0000-0000-9d6d-f192fde74ce4")
    let result = try await Manual.queryToFile(archive, scratch.path)
    #expect(try result.table().rowCount == 3)
    #expect(scratch.names == ["rows.vot"])
    let table = try Data(contentsOf: RecordedService.file("mytable.xml"))
    try scratch.write("mytable.xml.gz", Gzip.stored(Array(table)))
    #expect(try await Manual.upload(archive, scratch.path) == [1, 3, 5])
    #expect(service.unanswered.isEmpty)
  }

  @Test func jobs() async throws {
    let (id, rows) = try await Manual.job(archive)
    #expect(id == "1700000000777O" && rows.rowCount == 2)
    #expect(try await Manual.jobToFile(archive, scratch.path) == id)
    #expect(scratch.bytes("1700000000777O.vot.gz")?.starts(with: [0x1F, 0x8B]) == true)
    try await Manual.removal(archive)
    #expect(service.unanswered.isEmpty)
  }

  @Test func logins() async throws {
    let member = try await Manual.login(archive)
    #expect(member.session?.user == "userName" && archive.session == nil)
    try scratch.write("credentials", "userName\nuserPassword\n".utf8)
    #expect(try await Manual.credentialsFile(archive, scratch.file("credentials")).session?.user == "userName")
    #expect(try await Manual.loginWithToken(archive).session != nil)
    #expect(try await Manual.token(archive).session != nil)
    #expect(try await Manual.sharedTables(member).suffix(2) == ["user_schema_1.table1", "user_schema_2.table1"])
    #expect(await Manual.logout(member).session == nil)
    #expect(service.unanswered.isEmpty)
  }

  /// The lines between the marks, without their common indentation.
  private static func snippets(in source: String) -> [String] {
    var snippets: [String] = []
    var lines: [Substring]?
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    // snippet: ") {
        lines = []
      } else if line == "    // end" {
        snippets.append((lines ?? []).map { $0.dropFirst(4) }.joined(separator: "\n"))
        lines = nil
      } else {
        lines?.append(line)
      }
    }
    return snippets
  }

  /// The blocks of code in a language.
  private static func blocks(of language: String, in document: String) -> [String] {
    document.components(separatedBy: "```\(language)\n").dropFirst().map {
      String($0.components(separatedBy: "\n```")[0])
    }
  }
}
