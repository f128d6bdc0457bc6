import TableIO
import Testing

import LocalArchive

/// Queries give the rows that PostgreSQL gives.
@Suite struct QueryListTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore

  init() throws { store = try ArchiveStore.create(at: folder.path) }

  @Test("Same rows as PostgreSQL", arguments: QueryList.shared.queries) func rows(_ query: QueryList.Query) throws {
    let list = QueryList.shared
    var adql = query.adql
    for name in list.tables.keys { adql = adql.replacing("{\(name)}", with: "TAP_UPLOAD.\(name)") }
    let cursor = try store.open(ArchiveQuery(adql: adql, uploads: try list.uploads()))
    var found: [[QueryList.Cell]] = []
    while let batch = try cursor.next(maxRows: 5) {
      for row in 0..<batch.rowCount {
        found.append(
          zip(cursor.metadata.columns, batch.columns).map { column, cells in
            let cell = QueryList.Cell(cells.cell(at: row, of: column))
            return column.xtype == "timestamp" ? cell.withoutMilliseconds : cell
          })
      }
    }
    var expected = query.rows
    if !query.ordered {
      found.sort { $0.map(\.key).joined(separator: "|") < $1.map(\.key).joined(separator: "|") }
      expected.sort { $0.map(\.key).joined(separator: "|") < $1.map(\.key).joined(separator: "|") }
    }
    try #require(found.count == expected.count, "\(found) instead of \(expected): \(cursor.sql)")
    for (row, wanted) in zip(found, expected) {
      #expect(
        row.count == wanted.count && zip(row, wanted).allSatisfy { $0.agrees(with: $1) },
        "\(row) instead of \(wanted): \(cursor.sql)")
    }
  }
}
