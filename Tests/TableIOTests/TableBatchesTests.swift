import Testing

@testable import TableIO

@Suite struct TableBatchesTests {
  @Test func batchesHoldAllRowsInOrder() async throws {
    let batches = try await TableBatches(CountingReader(rowCount: 10), rowsPerBatch: 4)
    #expect(batches.metadata.columns.map(\.name) == ["n"])
    var values: [[Int32]] = []
    for try await batch in batches {
      guard case .int(let numbers) = batch.columns[0].elements else { continue }
      values.append(numbers)
    }
    #expect(values == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
    #expect(await batches.trailingInfos == [Info(name: "QUERY_STATUS", value: "OVERFLOW")])
  }

  @Test func cancellationEndsIt() async throws {
    let batches = try await TableBatches(CountingReader(rowCount: .max), rowsPerBatch: 1)
    let (started, start) = AsyncStream<Void>.makeStream()
    let task = Task {
      var count = 0
      for try await _ in batches {
        count += 1
        start.yield()
      }
      return count
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func errorsComeThrough() async throws {
    let text = "<VOTABLE><RESOURCE><INFO name='QUERY_STATUS' value='ERROR'>no</INFO></RESOURCE></VOTABLE>"
    let error = await #expect(throws: TableIOError.self) {
      try await TableBatches(VOTableReader(source: MemoryByteSource(Array(text.utf8))))
    }
    #expect(error?.kind == .serviceError)
  }
}

/// A table of the numbers from 0.
private struct CountingReader: TableReader {
  let rowCount: Int
  var next = 0
  var isBegun = false
  var trailingInfos: [Info] { next == rowCount ? [Info(name: "QUERY_STATUS", value: "OVERFLOW")] : [] }
  var diagnostics: [Diagnostic] { [] }

  init(rowCount: Int) { self.rowCount = rowCount }

  mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    if isBegun { return nil }
    isBegun = true
    return TableMetadata(columns: [Column("n", .int)])
  }

  mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    batch.removeAll()
    let end = min(rowCount, next + rowLimit)
    batch.columns[0].elements = .int((next..<end).map { Int32(truncatingIfNeeded: $0) })
    for _ in next..<end { batch.columns[0].endCell() }
    batch.rowCount = end - next
    next = end
    return batch.rowCount > 0
  }
}
