import TableIO
import Testing

@testable import LocalArchive

/// HAVING without GROUP BY: all rows are one group, also where there are none, so that the answer has one row or none. Source: ADQL 2.1,
/// section 2.2.1; SQL-92, section 7.8.
@Suite struct HavingTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore

  init() throws { store = try ArchiveStore.create(at: folder.path) }

  private func rows(_ adql: String, of numbers: [Int]) throws -> [[TableCell?]] {
    var table = Table(columns: [Column("n", .int)])
    for number in numbers { try table.append(row: [number]) }
    let cursor = try store.open(ArchiveQuery(adql: adql, uploads: [UploadedTable(name: "t", table: table)]))
    let batch = try cursor.next() ?? TableBatch(columns: cursor.metadata.columns)
    let answer = Table(metadata: cursor.metadata, rows: batch)
    return (0..<answer.rowCount).map { row in cursor.metadata.columns.indices.map { answer[row][$0] } }
  }

  @Test(arguments: [
    ("COUNT(*) AS c", "COUNT(*) > 2", true), ("COUNT(*) AS c", "COUNT(*) > 3", false),
    ("COUNT(*) AS c", "MAX(n) = 3 AND MIN(n) = 1", true), ("3 AS c", "SUM(n) = 6", true),
    ("3 AS c", "SUM(n) = 7", false), ("3 AS c", "1 = 1", true), ("3 AS c", "1 = 0", false),
    ("COUNT(*) AS c", "1 = 0", false), ("COUNT(*) AS c", "AVG(n) IS NULL", false),
    ("COUNT(*) AS c", "COUNT(*) IN (SELECT MAX(n) FROM TAP_UPLOAD.t)", true),
  ]) func allRowsAreOneGroup(items: String, condition: String, holds: Bool) throws {
    let found = try rows("SELECT \(items) FROM TAP_UPLOAD.t HAVING \(condition)", of: [1, 2, 3])
    #expect(found == (holds ? [[.integer(3)]] : []))
  }

  @Test(arguments: [
    ("COUNT(*) = 0", true), ("COUNT(*) > 0", false), ("SUM(n) IS NULL", true), ("SUM(n) = 0", false), ("1 = 1", true),
    ("1 = 0", false),
  ]) func noRowsAreAGroupToo(condition: String, holds: Bool) throws {
    for items in ["COUNT(*) AS c", "0 AS c"] {
      let found = try rows("SELECT \(items) FROM TAP_UPLOAD.t HAVING \(condition)", of: [])
      #expect(found == (holds ? [[.integer(0)]] : []), "\(items)")
    }
  }

  @Test func rowsAreChosenBeforeAndOrderedAfter() throws {
    #expect(
      try rows("SELECT SUM(n) AS s FROM TAP_UPLOAD.t WHERE n > 1 HAVING COUNT(*) = 2 ORDER BY s", of: [1, 2, 3])
        == [[.integer(5)]])
    #expect(try rows("SELECT TOP 0 SUM(n) AS s FROM TAP_UPLOAD.t HAVING COUNT(*) = 2", of: [1, 2]) == [])
    #expect(
      try rows(
        "SELECT c FROM (SELECT COUNT(*) AS c FROM TAP_UPLOAD.t HAVING COUNT(*) > 1) AS s UNION ALL "
          + "SELECT COUNT(*) FROM TAP_UPLOAD.t HAVING COUNT(*) > 5", of: [1, 2]) == [[.integer(2)]])
  }

  @Test(arguments: [
    "SELECT n FROM TAP_UPLOAD.t HAVING COUNT(*) > 0", "SELECT COUNT(*) AS c FROM TAP_UPLOAD.t HAVING n > 0",
    "SELECT * FROM TAP_UPLOAD.t HAVING 1 = 1", "SELECT COUNT(*) AS c FROM TAP_UPLOAD.t HAVING c > 0",
    "SELECT COUNT(*) AS c FROM TAP_UPLOAD.t HAVING COUNT(*) > 0 ORDER BY n",
  ]) func columnsOutsideAggregatesAreMistakes(adql: String) {
    let error = #expect(throws: LocalArchiveError.self) { try rows(adql, of: [1]) }
    #expect(error?.kind == .badQuery)
  }
}
