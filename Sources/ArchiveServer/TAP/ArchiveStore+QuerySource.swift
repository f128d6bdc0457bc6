internal import LocalArchive
internal import TableIO

extension ArchiveStore: QuerySource {
  func rows(of query: ArchiveQuery) throws(LocalArchiveError) -> any ResultRows {
    let rows = try open(query)
    guard let column = LinksDescriptor.place(in: rows.metadata.columns) else { return rows }
    // Without the address the rows are as good, but for the links.
    guard let address = try? serviceAddress(), !address.isEmpty else { return rows }
    return RelabelledRows(rows) { LinksDescriptor.add(to: &$0, column: column, address: address) }
  }
}
