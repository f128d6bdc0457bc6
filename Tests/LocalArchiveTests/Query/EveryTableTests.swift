import TableIO
import Testing

@testable import LocalArchive

/// Every table that an archive shows can be queried, column by column.
@Suite struct EveryTableTests {
  @Test func everyColumnOfEveryTableIsThereAndOfItsType() throws {
    let sample = try SampleCatalogue()
    let store = sample.store
    for table in store.schema.tables {
      let cursor = try store.open(ArchiveQuery(adql: "SELECT * FROM \(table.name)", maxRows: 5))
      defer { cursor.close() }
      _ = try cursor.next(maxRows: 5)
      #expect(cursor.metadata.columns.map(\.name) == table.columns.map(\.name), "\(table.name)")
      for (column, declared) in zip(cursor.metadata.columns, table.columns) {
        let name = "\(table.name).\(declared.name)"
        #expect(column.unit == declared.unit && column.ucd == declared.ucd, "\(name)")
        #expect(column.datatype.rawValue == declared.datatype && column.xtype == declared.xtype, "\(name)")
        #expect(column.shape == ArrayShape(declared.arraySize), "\(name)")
      }
    }
  }
}
