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
/// skipped. A quote inside an unquoted field is an ordinary character. A class because it owns the file and its buffer.
public final class CSVReader {
  /// Names of the columns, from the first record.
  public private(set) var header: [String] = []
  /// Line on which the current record begins, counted from 1.
  public private(set) var line = 0
  /// Number of fields in the current record.
  public var fieldCount: Int { ends.count }
  /// Whether the current record has more or fewer fields than the header.
  public var isRagged: Bool { ends.count != header.count }
  /// Bytes of the source taken so far, as stored (compressed bytes for gzip).
  public var consumedByteCount: Int64 { file?.consumedByteCount ?? Int64(limit) }
  /// Size of the source as stored.
  public var byteCount: Int64 { file?.byteCount ?? Int64(limit) }

  private let file: GzipFile?
  private let path: String?
  private let maximumRecordSize: Int
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  /// Where unread bytes begin and end.
  private var position = 0
  private var limit: Int
  private var nextLine = 1
  /// The current record: where each field begins and ends in the buffer.
  private var starts: [Int] = []
  private var ends: [Int] = []

  /// Opens a file, plain or gzip, and reads its header.
  /// - Parameter maximumRecordSize: bytes one record may have; more is an error, so that a lost quote cannot fill the memory.
  public init(path: String, maximumRecordSize: Int = 64 << 20) throws(CSVError) {
    file = try GzipFile(path: path)
    self.path = path
    self.maximumRecordSize = maximumRecordSize
    buffer = .allocate(capacity: 1 << 18)
    limit = 0
    try readHeader()
  }

  /// Reads CSV text from memory.
  public init(bytes: [UInt8]) throws(CSVError) {
    file = nil
    path = nil
    maximumRecordSize = .max
    buffer = .allocate(capacity: max(bytes.count, 1))
    limit = bytes.count
    _ = buffer.update(fromContentsOf: bytes)
    try readHeader()
  }

  deinit { buffer.deallocate() }

  /// Moves to the next record.
  /// - Returns: `false` at the end.
  public func next() throws(CSVError) -> Bool {
    repeat {
      guard try readRecord() else { return false }
    } while ends.count == 1 && starts[0] == ends[0]
    return true
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
    guard ends.indices.contains(index) else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[starts[index]..<ends[index]])
  }

  private func readHeader() throws(CSVError) {
    while limit < 3, try refill(keepingFrom: 0) != nil {}
    if limit >= 3, buffer[0] == 0xef, buffer[1] == 0xbb, buffer[2] == 0xbf { position = 3 }
    guard try next() else {
      throw CSVError(.noHeader, "The file is empty. A CSV file begins with a row of column names.", file: path)
    }
    header = (0..<fieldCount).map { text(at: $0) }
  }

  /// Parses one record. Doubled quotes are closed up in place: `write` runs behind `read` over the same bytes.
  private func readRecord() throws(CSVError) -> Bool {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    var record = position
    var read = position
    var write = position
    var fieldStart = position
    var isQuoted = false
    var wasQuoted = false
    line = nextLine

    func shift(by distance: Int) {
      record -= distance
      read -= distance
      write -= distance
      fieldStart -= distance
      for index in ends.indices {
        starts[index] -= distance
        ends[index] -= distance
      }
    }
    func endField() {
      starts.append(fieldStart)
      ends.append(write)
      wasQuoted = false
    }

    while true {
      if read == limit {
        if let moved = try refill(keepingFrom: record) {
          shift(by: moved)
          continue
        }
        if isQuoted {
          throw CSVError(
            .unterminatedQuote, "A quoted field that begins here never ends. Repair the file.", file: path, line: line)
        }
        position = limit
        guard read > record || !ends.isEmpty else { return false }
        endField()
        return true
      }
      let byte = buffer[read]
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          // The byte after a quote decides whether it ends the field, so it has to be in the buffer.
          if read + 1 == limit, let moved = try refill(keepingFrom: record) { shift(by: moved) }
          if read + 1 < limit, buffer[read + 1] == byte {
            buffer[write] = byte
            write += 1
            read += 2
          } else {
            isQuoted = false
            wasQuoted = true
            read += 1
          }
          continue
        }
        if byte == UInt8(ascii: "\n") { nextLine += 1 }
        buffer[write] = byte
        write += 1
        read += 1
        continue
      }
      switch byte {
      case UInt8(ascii: ","):
        endField()
        read += 1
        write = read
        fieldStart = read
      case UInt8(ascii: "\n"):
        nextLine += 1
        if write > fieldStart, !wasQuoted || write > fieldStart, read > record, buffer[read - 1] == UInt8(ascii: "\r"),
          buffer[write - 1] == UInt8(ascii: "\r")
        {
          write -= 1
        }
        endField()
        position = read + 1
        return true
      case UInt8(ascii: "\"") where read == fieldStart && !wasQuoted:
        isQuoted = true
        read += 1
      default:
        if write != read { buffer[write] = byte }
        write += 1
        read += 1
      }
    }
  }

  /// Gets more bytes behind the unread ones, after moving what is kept to the front.
  /// - Returns: how far the kept bytes moved, or `nil` at the end of the source.
  private func refill(keepingFrom start: Int) throws(CSVError) -> Int? {
    guard let file else { return nil }
    let kept = limit - start
    if start > 0, kept > 0 { memmove(buffer.baseAddress!, buffer.baseAddress! + start, kept) }
    limit = kept
    position -= start
    if kept == buffer.count {
      guard buffer.count < maximumRecordSize else {
        throw CSVError(
          .recordTooLong, "The record is longer than \(maximumRecordSize) bytes; a closing quote may be missing.",
          file: path, line: line)
      }
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
      _ = larger.update(fromContentsOf: buffer)
      buffer.deallocate()
      buffer = larger
    }
    let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[kept...]))
    limit += count
    // Even at the end of the source the kept bytes may have moved; the caller sees the end on its next call.
    return count == 0 && start == 0 ? nil : start
  }
}
