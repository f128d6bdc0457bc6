import LocalArchive
import TableIO
import Testing

@testable import ArchiveServer

/// The service on an archive, with nothing made up between the form and the rows.
@Suite struct ArchiveQueryTests {
  private let archive: SampleArchive
  private let routes: Routes

  init() throws {
    archive = try SampleArchive()
    routes = try archive.queryRoutes()
  }

  private func table(_ query: String) async throws -> Table {
    let target = "/tap/sync?LANG=ADQL&QUERY=" + query.replacing("+", with: "%2B").replacing(" ", with: "+")
    let response = await routes.respond(to: ServerRequest(method: "GET", target: target))!.settled()
    var (_, reader) = try TableFormat.detect(source: MemoryByteSource(try await bytes(of: response)))
    return try Table(reading: &reader)
  }

  @Test func queriesAreAnswered() async throws {
    let rows = try await table(
      "SELECT s.observationid, proposal_id FROM jwst.observation AS s WHERE proposal_id = '1410' ORDER BY 1 DESC")
    #expect(try rows.column("observationid", as: String.self) == ["jw01410-30", "jw01410-20"])
    #expect(try await table("SELECT COUNT(*) AS n FROM jwst.artifact").column("n", as: Int.self) == [3])
    await #expect(throws: TableIOError.self) { _ = try await table("SELECT nonsense FROM jwst.observation") }
  }

  @Test func queriesBeyondTheDatabaseAreBadQueries() async throws {
    let columns = (0..<2001).map { "calibrationlevel AS c\($0)" }.joined(separator: ", ")
    let body = "LANG=ADQL&QUERY=SELECT \(columns) FROM jwst.main".replacing(" ", with: "+")
    let request = ServerRequest(
      method: "POST", target: "/tap/sync", headers: ["content-type": "application/x-www-form-urlencoded"],
      body: Array(body.utf8))
    let response = await routes.respond(to: request)!.settled()
    #expect(response.status == 400)
    #expect(String(decoding: try await bytes(of: response), as: UTF8.self).contains("more than 2000 columns"))
  }

  @Test(arguments: QueryExample.all.map(\.query))
  func examplesRun(query: String) async throws {
    #expect(try await table(query.replacing("\n", with: " ")).metadata.columns.count > 2)
  }

  @Test func everyTableThatIsDescribedCanBeRead() async throws {
    for table in try archive.store.schema(for: nil).tables {
      let rows = try await self.table("SELECT TOP 2 * FROM \(table.name)")
      #expect(rows.metadata.columns.map(\.name) == table.columns.map(\.name))
    }
  }
}
