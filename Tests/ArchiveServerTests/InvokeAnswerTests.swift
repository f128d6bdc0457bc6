import Holdings
import TableIO
import Testing

@testable import ArchiveServer
@testable import LocalArchive

@Suite struct InvokeAnswerTests {
  /// Between search and answer a row may go.
  @Test(arguments: [1, 30_000]) func distancesStayWithTheirRows(repeats: Int) async throws {
    let archive = try SampleArchive()
    let table = ArchiveTable.observations
    let column = try #require(table.columns.first { $0.name == "obsid" })
    let found = try archive.store.find(in: table, matching: []).map {
      ArchiveStore.Hit(key: $0.key, distance: Double($0.key))
    }
    #expect(found.count == 3)
    var hits = [ArchiveStore.Hit(key: 999_999, distance: 999_999)]
    for _ in 0..<repeats { hits += found }
    hits.insert(ArchiveStore.Hit(key: 888_888, distance: 888_888), at: 2)
    let answer = try InvokeAnswer(
      store: archive.store, table: table, columns: [column], hits: hits, hasDistance: true, page: 1,
      pageSize: hits.count
    ).response()
    let body = try JSONValue(parsing: try await bytes(of: answer))
    let rows = try #require(body["data"]?.arrayValue)
    #expect(rows.count == 3 * repeats)
    var keys: [Int64: Int64] = [:]
    for hit in found {
      let cell = try archive.store.rows(of: table, columns: [column], keys: [hit.key]).first?.first
      guard case .integer(let number) = cell else { continue }
      keys[number] = hit.key
    }
    #expect(keys.count == 3)
    for row in rows {
      let number = try #require(row["obsid"]?.integerValue)
      let key = try #require(keys[number])
      #expect(row["distance"] == .real(Double(key)))
    }
  }
}
