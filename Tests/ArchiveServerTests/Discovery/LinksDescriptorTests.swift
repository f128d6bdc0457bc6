import LocalArchive
import TableIO
import Testing

@testable import ArchiveServer

/// Results tell clients which column leads to links.
@Suite struct LinksDescriptorTests {
  private let archive: SampleArchive
  private let routes: Routes

  init() throws {
    archive = try SampleArchive()
    routes = try archive.queryRoutes()
  }

  private func answer(_ query: String, format: String = "votable") async throws -> String {
    let target = "/tap/sync?LANG=ADQL&RESPONSEFORMAT=\(format)&QUERY=" + query.replacing(" ", with: "+")
    return try await text(of: routes.respond(to: ServerRequest(method: "GET", target: target))!.settled())
  }

  @Test(arguments: [
    ("SELECT * FROM ivoa.obscore", "obs_publisher_did"), ("SELECT target_ra, planeid FROM jwst.main", "planeid"),
    ("SELECT p.planeid FROM jwst.plane AS p", "planeid"),
  ]) func rowsLeadToTheirLinks(query: String, column: String) async throws {
    try archive.store.setServiceAddress("http://example.org/jwst")
    let document = try await answer(query)
    #expect(document.contains("<FIELD ID=\"\(column)\" name=\"\(column)\""))
    let parts = document.split(separator: "</RESOURCE>")
    #expect(parts.count == 3 && parts[0].contains("type=\"results\""), "after the table")
    #expect(parts[1].contains("<RESOURCE name=\"links\" type=\"meta\" utype=\"adhoc:service\">"))
    #expect(parts[1].contains("value=\"ivo://ivoa.net/std/DataLink#links-1.1\""))
    #expect(parts[1].contains("value=\"http://example.org/jwst/datalink/links\""))
    #expect(
      parts[1].contains(
        "<PARAM name=\"ID\" datatype=\"char\" arraysize=\"*\" ref=\"\(column)\" value=\"\"/>"))
  }

  @Test func otherResultsSayNothing() async throws {
    #expect(try await !answer("SELECT planeid FROM jwst.plane").contains("adhoc"), "no address is known")
    try archive.store.setServiceAddress("http://example.org")
    #expect(try await !answer("SELECT COUNT(*) AS planeid FROM jwst.plane").contains("adhoc"), "a number")
    #expect(try await !answer("SELECT filename FROM jwst.artifact").contains("adhoc"))
    #expect(try await !answer("SELECT planeid FROM jwst.plane", format: "csv").contains("links"))
  }
}
