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
  private var sourceIsExhausted = false
  private var nextLine = 1
  /// The current record: where each field begins and ends in the buffer.
  private var starts: [Int] = []
  private var ends: [Int] = []

  /// Opens a file, plain or gzip, and reads its header.
  /// - Parameters:
  ///   - path: the file.
  ///   - maximumRecordSize: bytes one record may have; more is an error, so that a lost quote cannot fill the memory.
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
    var start = Cursor(record: 0, fieldStart: 0, read: 0, write: 0)
    while limit < 3, !sourceIsExhausted { try refill(&start) }
    if limit >= 3, buffer[0] == 0xef, buffer[1] == 0xbb, buffer[2] == 0xbf { position = 3 }
    guard try next() else {
      throw CSVError(.noHeader, "The file is empty. A CSV file begins with a row of column names.", file: path)
    }
    header = (0..<fieldCount).map { text(at: $0) }
  }

  /// Where a record is being read: all indices into the buffer.
  private struct Cursor {
    var record: Int
    var fieldStart: Int
    /// The next byte to look at, and where the field's next byte belongs: behind `read` once a quote was removed.
    var read: Int
    var write: Int

    mutating func shift(by distance: Int) {
      record -= distance
      fieldStart -= distance
      read -= distance
      write -= distance
    }
  }

  /// Parses one record. Doubled quotes are closed up in place.
  private func readRecord() throws(CSVError) -> Bool {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    line = nextLine
    var at = Cursor(record: position, fieldStart: position, read: position, write: position)
    var isQuoted = false
    while true {
      // Locals: the loop runs once per byte.
      let bytes = buffer.baseAddress!
      let limit = self.limit
      while at.read < limit {
        let byte = bytes[at.read]
        if isQuoted {
          if byte == quote {
            guard at.read + 1 < limit || sourceIsExhausted else { break }
            if at.read + 1 < limit, bytes[at.read + 1] == quote {
              at.read += 1
            } else {
              isQuoted = false
              at.read += 1
              continue
            }
          } else if byte == newline {
            nextLine += 1
          }
        } else if byte == comma {
          endField(&at)
          continue
        } else if byte == newline {
          nextLine += 1
          if at.write > at.fieldStart, bytes[at.read - 1] == carriageReturn, bytes[at.write - 1] == carriageReturn {
            at.write -= 1
          }
          endField(&at)
          position = at.read
          return true
        } else if byte == quote, at.read == at.fieldStart {
          isQuoted = true
          at.read += 1
          continue
        }
        bytes[at.write] = byte
        at.write += 1
        at.read += 1
      }
      if sourceIsExhausted { break }
      try refill(&at)
    }
    if isQuoted {
      throw CSVError(
        .unterminatedQuote, "A quoted field that begins in this record never ends. Repair the file.", file: path,
        line: line)
    }
    position = limit
    guard at.read > at.record else { return false }
    endField(&at)
    return true
  }

  private func endField(_ at: inout Cursor) {
    starts.append(at.fieldStart)
    ends.append(at.write)
    at.read += 1
    at.write = at.read
    at.fieldStart = at.read
  }

  /// Moves the record being read to the front of the buffer and gets more bytes behind it.
  private func refill(_ at: inout Cursor) throws(CSVError) {
    guard let file else {
      sourceIsExhausted = true
      return
    }
    let distance = at.record
    let kept = limit - distance
    if distance > 0 {
      buffer.baseAddress!.update(from: buffer.baseAddress! + distance, count: kept)
      at.shift(by: distance)
      for index in ends.indices {
        starts[index] -= distance
        ends[index] -= distance
      }
    }
    limit = kept
    if kept == buffer.count { try grow() }
    let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[kept...])
    let count = try file.read(into: room)
    limit += count
    sourceIsExhausted = count == 0
  }

  private func grow() throws(CSVError) {
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
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
