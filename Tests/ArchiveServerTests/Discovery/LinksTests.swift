import Foundation
import LocalArchive
import TableIO
import Testing

@testable import ArchiveServer

@Suite struct LinksTests {
  private let archive: PlusArchive

  init() throws { archive = try PlusArchive() }

  private func plane(of uri: String) throws -> ArchivePlane {
    try #require(try archive.sample.store.artifact(identifiedBy: uri)).plane
  }

  private func image() throws -> ArchivePlane {
    try #require(try archive.sample.store.planes(identifiedBy: PlusArchive.image).first)
  }

  /// The rows of an answer, as a reader of VOTables sees them.
  private func rows(_ response: ServerResponse) async throws -> [[String: String]] {
    #expect(response.header("Content-Type") == "application/x-votable+xml;content=datalink")
    var reader: any TableReader = try VOTableReader(source: MemoryByteSource(try await bytes(of: response)))
    let table = try Table(reading: &reader)
    #expect(
      table.metadata.infos.contains { $0.name == "standardID" && $0.value == "ivo://ivoa.net/std/DataLink#links-1.1" })
    return try table.map { row in
      var cells: [String: String] = [:]
      for column in table.metadata.columns { cells[column.name] = try row.value(column.name, as: String.self) }
      return cells
    }
  }

  @Test func aPlanesFilesAreLinks() async throws {
    let plane = try image()
    let rows = try await rows(
      archive.send("GET", "/datalink/links?ID=" + plane.planeID, headers: ["host": "example.org:8080"]))
    let url = "http://example.org:8080/data?RETRIEVAL_TYPE="
    #expect(rows.map { $0["semantics"] } == ["#auxiliary", "#this", "#preview", "#progenitor", "#proc"])
    let this = rows[1]
    #expect(
      this["access_url"]
        == url + "PRODUCT&ARTIFACTID=" + CAOMIdentifier.uuid("mast:JWST/product/\(PlusArchive.image)_cal.fits"))
    #expect(this["content_length"] == "512")
    #expect(this["link_auth"] == "false")
    #expect(rows[3]["content_type"] == "application/x-votable+xml;content=datalink")
    #expect(rows[4]["service_def"] == "products")
    for row in rows {
      #expect(row["ID"] == plane.planeID)
      let targets = ["access_url", "service_def", "error_message"].compactMap { row[$0] }.filter { !$0.isEmpty }
      #expect(targets.count == 1)
      // The links lead where they say.
      guard let address = row["access_url"], !address.isEmpty else { continue }
      let path = String(address.dropFirst("http://example.org:8080".count))
      #expect(archive.get(path).status == 200, "\(path)")
    }
  }

  @Test(arguments: ["key", "publisher", "name", "file"]) func identifiersOfAllKindsAreKnown(kind: String) async throws {
    let plane = try image()
    let id =
      switch kind {
      case "key": plane.planeID
      case "publisher": CAOMIdentifier.publisherID(plane.observationID, level: plane.level)
      case "name": plane.observationID
      default: CAOMIdentifier.uuid("mast:JWST/product/\(PlusArchive.image)_cal.fits")
      }
    for response in [
      archive.get("/server/datalink/links?ID=" + id), archive.post("/server/datalink/links", [("ID", id)]),
    ] {
      let rows = try await rows(response)
      #expect(rows.contains { $0["semantics"] == "#this" && $0["access_url"]?.isEmpty == false })
      #expect(rows.allSatisfy { $0["ID"] == id })
    }
  }

  @Test func whatIsUnknownIsAnErrorRowAndNoIdentifierIsNone() async throws {
    let evil = "</TD><script>alert(1)</script>"
    let rows = try await rows(
      archive.post("/datalink/links", [("ID", "nothere"), ("ID", evil), ("ID", "' OR 1=1 --")]))
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0["error_message"]?.hasPrefix("NotFoundFault: ") == true && $0["access_url"] == "" })
    #expect(rows[1]["ID"] == evil)
    #expect(try await self.rows(archive.get("/datalink/links")).isEmpty)
    #expect(try await text(of: archive.get("/datalink/links")).contains("<TABLEDATA>"))
  }

  @Test func severalIdentifiersKeepTheirRowsTogether() async throws {
    let first = try plane(of: SampleArchive.publicURI).planeID
    let second = try plane(of: SampleArchive.exclusiveURI).planeID
    let rows = try await rows(archive.post("/datalink/links", [("ID", "\(first),\(second)"), ("ID", first)]))
    let ids = rows.compactMap { $0["ID"] }
    #expect(Set(ids) == [first, second])
    #expect(ids == ids.filter { $0 == first } + ids.filter { $0 == second })
    let many = (0..<1001).map { "n\($0)" }.joined(separator: ",")
    let overflow = try await text(of: archive.post("/datalink/links", [("ID", many)]))
    #expect(overflow.contains("value=\"OVERFLOW\""))
  }

  @Test func rightsAreTold() async throws {
    let id = try #require(try archive.sample.store.planes(identifiedBy: PlusArchive.exclusiveImage).first).planeID
    for (session, isAuthorized) in [
      (nil, "false"), (try archive.login("mroe"), "false"), (try archive.login("jdoe"), "true"),
    ] {
      let rows = try await rows(archive.get("/datalink/links?ID=" + id, as: session))
      let this = try #require(rows.first { $0["semantics"] == "#this" })
      #expect(this["link_auth"] == "true")
      #expect(this["link_authorized"] == isAuthorized)
      // So does packing them.
      let packing = try #require(rows.first { $0["semantics"] == "#proc" })
      #expect(packing["link_auth"] == "true")
      #expect(packing["link_authorized"] == isAuthorized)
    }
    let open = try await self.rows(archive.get("/datalink/links?ID=" + (try image().planeID)))
    #expect(open.last?["link_auth"] == "false")
    #expect(open.last?["link_authorized"] == "true")
  }

  @Test func filesThatAreNotHeldAreToldAsSuch() async throws {
    let id = CAOMIdentifier.uuid(SampleArchive.absentURI)
    let rows = try await rows(archive.get("/datalink/links?ID=" + id))
    #expect(rows[0]["error_message"]?.hasPrefix("NotFoundFault: ") == true)
  }

  @Test func otherFormatsAreRefused() async throws {
    let response = archive.get("/datalink/links?ID=x&RESPONSEFORMAT=csv")
    #expect(response.status == 400)
    #expect(try await text(of: response).contains("UsageFault: "))
    #expect(archive.get("/datalink/links?ID=x&RESPONSEFORMAT=application/x-votable%2Bxml").status == 200)
  }

  @Test func aHostThatIsNoneDoesNotReachTheDocument() async throws {
    let response = archive.send(
      "GET", "/datalink/links?ID=" + (try plane(of: SampleArchive.publicURI).planeID),
      headers: ["host": "evil\"><script>"])
    #expect(try await !text(of: response).contains("<script>"))
  }
}
