import LocalArchive
import TableIO

/// The rows of a query as a table that is read like any other.
struct CursorReader: TableReader {
  private let cursor: QueryCursor
  private var isBegun = false

  init(_ cursor: QueryCursor) { self.cursor = cursor }

  mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    guard !isBegun else { return nil }
    isBegun = true
    return cursor.metadata
  }

  mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    do throws(LocalArchiveError) {
      guard let next = try cursor.next(maxRows: rowLimit) else { return false }
      batch = next
      return true
    } catch {
      throw TableIOError(.inputOutput, error.message)
    }
  }

  var trailingInfos: [Info] { cursor.isOverflow ? [Info(name: "QUERY_STATUS", value: "OVERFLOW")] : [] }

  var diagnostics: [Diagnostic] { [] }
}
