/// Reads a table from JSON lines, one object a line, or from one array of objects, in bounded memory.
///
/// The first rows (``Options/sampleRowCount``) tell the columns, in the order in which their names first appear, and their types: boolean,
/// long, double, text; arrays of numbers or truth values become variable arrays, other arrays and objects stay JSON in text. Whole
/// numbers beyond 64 bits make a text column. A name that is not in an object is a missing value there. A name or a value further
/// down that does not fit is an error that names its line.
public struct JSONLinesTableReader: TableReader {
  /// How the text is to be read.
  public struct Options: Sendable, Hashable {
    /// How many rows names and types are taken from, at most: a sample ends earlier when it has 2 MiB.
    public var sampleRowCount: Int
    /// Whether types are inferred; otherwise all columns are text.
    public var infersTypes: Bool

    /// Describes how to read.
    public init(sampleRowCount: Int = 10_000, infersTypes: Bool = true) {
      self.sampleRowCount = sampleRowCount
      self.infersTypes = infersTypes
    }
  }

  /// None: what does not fit is an error.
  public var diagnostics: [Diagnostic] { [] }
  /// None.
  public var trailingInfos: [Info] { [] }

  private let text: JSONText
  private let options: Options
  private var hasBegun = false
  private var isArray = false
  private var rowCount = 0
  private var rowsGiven = 0
  private var isAtEnd = false
  private var sample: [(line: Int, bytes: [UInt8])] = []
  private var sampleUsed = 0
  private var decoder: JSONRowDecoder?

  private static let sampleSize = 2 << 20

  /// Reads JSON lines in UTF-8.
  public init(source: any ByteSource, options: Options = Options()) {
    text = JSONText(source)
    self.options = options
  }

  /// Reads the sample.
  /// - Returns: `nil` on the second call: such text holds one table.
  public mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    guard !hasBegun else { return nil }
    hasBegun = true
    try text.skipByteOrderMark()
    isArray = try text.take(UInt8(ascii: "["))
    var names = JSONSampleColumns()
    var size = 0
    while sample.count < max(1, options.sampleRowCount), size < Self.sampleSize {
      guard let row = try nextRow() else { break }
      guard names.note(row.bytes) else {
        throw TableIOError(.malformed, "The row is no valid JSON object.", line: row.line, row: sample.count + 1)
      }
      sample.append((row.line, Array(row.bytes)))
      size += row.bytes.count
    }
    let columns = names.columns(infersTypes: options.infersTypes)
    decoder = JSONRowDecoder(columns: columns, unknownNames: .fail)
    return TableMetadata(columns: columns)
  }

  /// Reads rows.
  public mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    batch.removeAll()
    while batch.rowCount < max(1, rowLimit), decoder != nil {
      let number = rowsGiven + batch.rowCount + 1
      if sampleUsed < sample.count {
        let row = sample[sampleUsed]
        sampleUsed += 1
        try decode(row.bytes, row.line, number, &batch)
        if sampleUsed == sample.count {
          sample = []
          sampleUsed = 0
        }
      } else if let row = try nextRow() {
        try decoder?.decode(row.bytes, into: &batch, line: row.line, rowNumber: number)
      } else {
        break
      }
    }
    rowsGiven += batch.rowCount
    return batch.rowCount > 0
  }

  private mutating func decode(
    _ bytes: [UInt8], _ line: Int, _ number: Int, _ batch: inout TableBatch
  ) throws(TableIOError) {
    var failure: TableIOError?
    bytes.withUnsafeBufferPointer { buffer in
      do throws(TableIOError) {
        try decoder?.decode(buffer, into: &batch, line: line, rowNumber: number)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Takes the next row from the text.
  private mutating func nextRow() throws(TableIOError) -> (line: Int, bytes: UnsafeBufferPointer<UInt8>)? {
    guard !isAtEnd else { return nil }
    if isArray {
      if try text.take(UInt8(ascii: "]")) {
        isAtEnd = true
        guard try text.peek() == nil else { throw text.malformed("Unexpected text after the JSON array") }
        return nil
      }
      if rowCount > 0 { try text.expect(UInt8(ascii: ","), "',' or ']' after a row") }
    }
    guard let first = try text.peek() else {
      isAtEnd = true
      guard !isArray else { throw text.malformed("The JSON array is not closed") }
      return nil
    }
    guard first == UInt8(ascii: "{") else { throw text.malformed("A row must be an object") }
    rowCount += 1
    let line = text.line
    return (line, try text.value())
  }
}
