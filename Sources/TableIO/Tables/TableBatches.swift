/// The rows of a table as an asynchronous sequence of batches, in the memory of one.
///
///     let batches = try await TableBatches(reader)
///     for try await batch in batches { … }
///     let notes = await batches.trailingInfos
///
/// The reader works on an actor of its own, not on the caller's. A reader goes front to back, so all iterators share its position: the
/// rows can be gone through once. When the task is cancelled, the sequence ends with `CancellationError`: what was given till then is
/// not the whole table.
public struct TableBatches: AsyncSequence, Sendable {
  /// What the table says beside its rows.
  public let metadata: TableMetadata
  private let pump: BatchPump

  /// Goes to the next table of a reader.
  /// - Parameters:
  ///   - reader: before or behind any table.
  ///   - rowsPerBatch: the most rows of a batch; a batch has fewer when its cells are large.
  /// - Throws: ``TableIOError``; of kind `serviceError` when the document is an error message in place of a table, `malformed` when
  ///   there is no further table.
  public init(
    _ reader: sending any TableReader, rowsPerBatch: Int = TableBatch.defaultRowCount
  ) async throws {
    pump = BatchPump(reader, rowsPerBatch: Swift.max(1, rowsPerBatch))
    metadata = try await pump.start()
  }

  /// What the document said after the rows; complete when the sequence has ended.
  public var trailingInfos: [Info] {
    get async { await pump.trailingInfos }
  }

  /// What was odd so far but could be read.
  public var diagnostics: [Diagnostic] {
    get async { await pump.diagnostics }
  }

  /// Begins where the reader is.
  public func makeAsyncIterator() -> Iterator { Iterator(pump: pump) }

  /// Takes batches one by one.
  public struct Iterator: AsyncIteratorProtocol, Sendable {
    fileprivate let pump: BatchPump

    /// The next rows; `nil` at the end of the table.
    /// - Throws: ``TableIOError``, or `CancellationError`.
    public mutating func next() async throws -> TableBatch? {
      try Task.checkCancellation()
      return try await pump.next()
    }
  }
}

/// Owns a reader, which only one task at a time may use.
private actor BatchPump {
  private var reader: any TableReader
  private let rowsPerBatch: Int
  private var columns: [Column] = []

  init(_ reader: sending any TableReader, rowsPerBatch: Int) {
    self.reader = reader
    self.rowsPerBatch = rowsPerBatch
  }

  var trailingInfos: [Info] { reader.trailingInfos }
  var diagnostics: [Diagnostic] { reader.diagnostics }

  func start() throws(TableIOError) -> TableMetadata {
    let table = try reader.nextRequiredTable()
    columns = table.columns
    return table
  }

  func next() throws(TableIOError) -> TableBatch? {
    var batch = TableBatch(columns: columns)
    return try reader.read(into: &batch, rowLimit: rowsPerBatch) ? batch : nil
  }
}

extension TableReader {
  /// Goes on to the next table, which must be there.
  mutating func nextRequiredTable() throws(TableIOError) -> TableMetadata {
    guard let table = try nextTable() else {
      throw TableIOError(.malformed, "The document holds no table, or none behind those that were read.")
    }
    return table
  }
}
