/// Reads comma-separated records (RFC 4180) from a file or from memory, one at a time and in bounded memory.
///
/// The first record is the header. Fields stay bytes in the reader's buffer until someone asks for text:
///
///     let reader = try CSVReader(path: "nircam.csv.gz")   // gzip is recognised by content
///     while try reader.next() {
///       guard !reader.isRagged else { continue }
///       print(reader.line, reader.text(at: 0))
///     }
///
/// Quoted fields may hold commas, doubled quotes and line ends; lines may end in CRLF; a byte-order mark and empty lines are
/// skipped. A quote inside an unquoted field is an ordinary character. ``CSVTableReader`` gives the same text as typed columns.
public final class CSVReader {
  /// Names of the columns, from the first record.
  public private(set) var header: [String] = []
  /// Line on which the current record begins, counted from 1.
  public var line: Int { text.records.first?.line ?? text.line }
  /// Number of fields in the current record.
  public var fieldCount: Int { text.fields.count }
  /// Whether the current record has more or fewer fields than the header.
  public var isRagged: Bool { text.fields.count != header.count }
  /// Bytes of the source taken so far, as stored (compressed bytes for gzip).
  public var consumedByteCount: Int64 { source.consumedByteCount }
  /// Size of the source as stored.
  public var byteCount: Int64 { source.byteCount ?? source.consumedByteCount }

  private let source: any ByteSource
  private let text: DelimitedText
  private let path: String?

  /// Opens a file, plain or gzip, and reads its header.
  /// - Parameters:
  ///   - path: the file.
  ///   - maximumRecordSize: bytes one record may have; more is an error, so that a lost quote cannot fill the memory.
  public init(path: String, maximumRecordSize: Int = 64 << 20) throws(CSVError) {
    self.path = path
    do throws(TableIOError) {
      source = try PeekableByteSource(inflating: FileByteSource(path: path))
    } catch {
      throw CSVError(error, whenUnreadable: .cannotOpen, path: path)
    }
    text = DelimitedText(source: source, delimiter: UInt8(ascii: ","), maximumRecordSize: maximumRecordSize)
    try readHeader()
  }

  /// Reads CSV text from memory.
  public init(bytes: [UInt8]) throws(CSVError) {
    path = nil
    source = MemoryByteSource(bytes)
    text = DelimitedText(source: source, delimiter: UInt8(ascii: ","), maximumRecordSize: .max)
    try readHeader()
  }

  /// Moves to the next record.
  /// - Returns: `false` at the end.
  public func next() throws(CSVError) -> Bool {
    do throws(TableIOError) {
      text.removeAll()
      return try text.readRecords(1, byteLimit: .max, keepsEmptyLines: false)
    } catch {
      throw CSVError(error, whenUnreadable: .cannotRead, path: path)
    }
  }

  /// Lends the bytes of a field of the current record, quotes removed; empty when there is no such field.
  public func withBytes<R>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    try body(bytes(at: index))
  }

  /// A field of the current record as text; invalid UTF-8 is repaired.
  public func text(at index: Int) -> String {
    String(decoding: bytes(at: index), as: UTF8.self)
  }

  /// The bytes of a field, valid until the next record is read.
  package func bytes(at index: Int) -> UnsafeBufferPointer<UInt8> {
    guard text.fields.indices.contains(index) else { return UnsafeBufferPointer(start: nil, count: 0) }
    return text.bytes(text.fields[index])
  }

  private func readHeader() throws(CSVError) {
    do throws(TableIOError) {
      try text.skipByteOrderMark()
    } catch {
      throw CSVError(error, whenUnreadable: .cannotRead, path: path)
    }
    guard try next() else {
      throw CSVError(.noHeader, "The file is empty. A CSV file begins with a row of column names.", file: path)
    }
    header = (0..<fieldCount).map { text(at: $0) }
  }
}

extension CSVError {
  /// The same failure in this reader's words.
  /// - Parameter kind: what an error of the system means at this point.
  fileprivate init(_ error: TableIOError, whenUnreadable kind: Kind, path: String?) {
    let own: Kind =
      switch (error.kind, error.line) {
      case (.inputOutput, _): kind
      case (.malformed, .some): .unterminatedQuote
      case (.limit, .some): .recordTooLong
      default: .damagedGzip
      }
    self.init(own, error.message, file: path, line: error.line)
  }
}
