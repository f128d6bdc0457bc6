#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Splits delimited text (RFC 4180 with any delimiter) into records, and keeps a block of them in memory at a time.
///
/// Fields stay where they are in the buffer; only doubled quotes are closed up, in place. A quote inside an unquoted field is
/// an ordinary character, lines may end in CRLF, and a byte-order mark is passed over. A class because it owns the buffer.
final class DelimitedText {
  /// Where a field lies in the buffer.
  struct Field {
    var start: UInt32
    var end: UInt32
    var isQuoted: Bool

    var isEmpty: Bool { start == end }
  }

  /// A record of the block.
  struct Record {
    /// Line on which it begins, from 1.
    var line: Int
    var fields: Range<Int>
  }

  /// The block: all fields of all records.
  private(set) var fields: [Field] = []
  private(set) var records: [Record] = []

  private let source: any ByteSource
  private let delimiter: UInt8
  /// Whether a run of delimiters counts as one and does not count at the ends of a line, as ECSV has it for spaces.
  private let mergesDelimiters: Bool
  private let maximumRecordSize: Int

  /// Eight more bytes than ``capacity`` are allocated, so that words can be loaded near the end.
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 18
  /// Where the block begins, where unread bytes begin, and where they end.
  private var blockStart = 0
  private var position = 0
  private var limit = 0
  private var sourceIsExhausted = false
  private var nextLine: Int

  /// - Parameter line: the line the source begins on.
  init(
    source: any ByteSource, delimiter: UInt8, mergesDelimiters: Bool = false, maximumRecordSize: Int, line: Int = 1
  ) {
    nextLine = line
    self.source = source
    self.delimiter = delimiter
    self.mergesDelimiters = mergesDelimiters
    self.maximumRecordSize = min(maximumRecordSize, Int(Int32.max) - 1)
    buffer = .allocate(capacity: capacity + 8)
    buffer.initialize(repeating: 0, count: capacity + 8)
  }

  deinit { buffer.deallocate() }

  /// The bytes of a field, valid until records are read or dropped.
  func bytes(_ field: Field) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: buffer + Int(field.start), count: Int(field.end - field.start))
  }

  /// Line of the next record.
  var line: Int { nextLine }

  /// Passes over a byte-order mark; to be called before anything is read.
  func skipByteOrderMark() throws(TableIOError) {
    while limit < 3, !sourceIsExhausted { try fill(recordStart: 0) }
    if limit >= 3, buffer[0] == 0xef, buffer[1] == 0xbb, buffer[2] == 0xbf { position = 3 }
    blockStart = position
  }

  /// Drops the block.
  func removeAll() {
    fields.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    blockStart = position
  }

  /// Adds records to the block until it has so many of them, or so many bytes.
  /// - Parameter keepsEmptyLines: whether an empty line is a record (of one empty field) or nothing.
  /// - Returns: whether any was added.
  func readRecords(_ recordLimit: Int, byteLimit: Int, keepsEmptyLines: Bool) throws(TableIOError) -> Bool {
    let before = records.count
    while records.count < recordLimit, position - blockStart < byteLimit {
      let first = fields.count
      let line = nextLine
      guard try readRecord() else { break }
      let isEmpty =
        fields.count == first || fields.count == first + 1 && fields[first].isEmpty && !fields[first].isQuoted
      if isEmpty, !keepsEmptyLines {
        fields.removeLast(fields.count - first)
        continue
      }
      records.append(Record(line: line, fields: first..<fields.count))
    }
    return records.count > before
  }

  /// Adds the fields of one record to the block.
  private func readRecord() throws(TableIOError) -> Bool {
    let pattern = UInt64(delimiter) &* 0x0101_0101_0101_0101
    var read = position
    while true {
      while mergesDelimiters {
        while read < limit, buffer[read] == delimiter { read += 1 }
        if read < limit || sourceIsExhausted { break }
        try fillKeeping(&read)
      }
      while read == limit, !sourceIsExhausted { try fillKeeping(&read) }
      if read == limit, position == limit { return false }
      var field = Field(start: UInt32(read), end: 0, isQuoted: false)
      var write = read
      if read < limit, buffer[read] == quote {
        field.isQuoted = true
        field.start += 1
        read += 1
        write = read
        try takeQuoted(&read, &write, &field)
      }
      // The rest up to the delimiter or the end of the line; all of an unquoted field.
      var isLastField = true
      while true {
        let stop = findStop(from: read, pattern: pattern)
        if write != read { memmove(buffer + write, buffer + read, stop - read) }
        write += stop - read
        read = stop
        if stop < limit {
          isLastField = buffer[stop] == newline
          break
        }
        if sourceIsExhausted { break }
        try fillKeeping(&read, &write, &field)
      }
      let atLineEnd = isLastField && read < limit
      if atLineEnd, write > Int(field.start), buffer[read - 1] == carriageReturn, buffer[write - 1] == carriageReturn {
        write -= 1
      }
      field.end = UInt32(write)
      let isTrailing = mergesDelimiters && isLastField && field.start == field.end && !field.isQuoted
      if !isTrailing || read == position { fields.append(field) }
      if atLineEnd { nextLine += 1 }
      if read < limit { read += 1 }
      if isLastField {
        position = read
        return true
      }
    }
  }

  /// Takes the inside of a quoted field and its closing quote.
  private func takeQuoted(_ read: inout Int, _ write: inout Int, _ field: inout Field) throws(TableIOError) {
    let line = nextLine
    while true {
      var stop = read
      while stop < limit, buffer[stop] != quote {
        if buffer[stop] == newline { nextLine += 1 }
        stop += 1
      }
      if write != read { memmove(buffer + write, buffer + read, stop - read) }
      write += stop - read
      read = stop
      if stop + 1 >= limit, !sourceIsExhausted {
        try fillKeeping(&read, &write, &field)
        continue
      }
      guard stop < limit else {
        throw TableIOError(
          .malformed, "A quoted field that begins in this record never ends. Repair the file.", line: line)
      }
      read += 1
      guard read < limit, buffer[read] == quote else { return }
      buffer[write] = quote
      write += 1
      read += 1
    }
  }

  /// The place of the next delimiter or line end, or the end of the buffer.
  private func findStop(from start: Int, pattern: UInt64) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index < limit {
      let word = UInt64(littleEndian: UnsafeRawPointer(buffer + index).loadUnaligned(as: UInt64.self))
      let a = word ^ pattern
      let b = word ^ 0x0a0a_0a0a_0a0a_0a0a
      // The lowest marked byte of each is a true hit; higher ones may be carries.
      let hits = ((a &- ones) & ~a | (b &- ones) & ~b) & highs
      if hits != 0 { return min(index + hits.trailingZeroBitCount >> 3, limit) }
      index += 8
    }
    return limit
  }

  private func fillKeeping(_ read: inout Int) throws(TableIOError) {
    let offset = read - position
    try fill(recordStart: position)
    read = position + offset
  }

  private func fillKeeping(_ read: inout Int, _ write: inout Int, _ field: inout Field) throws(TableIOError) {
    let start = position
    try fill(recordStart: position)
    let distance = start - position
    read -= distance
    write -= distance
    field.start -= UInt32(distance)
  }

  /// Gets more bytes behind those in the buffer, which may move: `position` and the block move with them.
  private func fill(recordStart: Int) throws(TableIOError) {
    if limit == capacity {
      if blockStart > 0 { moveBlockToFront() } else { try grow(recordStart: recordStart) }
    }
    let count = try source.read(into: UnsafeMutableRawBufferPointer(start: buffer + limit, count: capacity - limit))
    limit += count
    sourceIsExhausted = count == 0
  }

  private func moveBlockToFront() {
    let distance = blockStart
    memmove(buffer, buffer + distance, limit - distance)
    for index in fields.indices {
      fields[index].start -= UInt32(distance)
      fields[index].end -= UInt32(distance)
    }
    blockStart = 0
    position -= distance
    limit -= distance
  }

  private func grow(recordStart: Int) throws(TableIOError) {
    guard limit - recordStart < maximumRecordSize, capacity < Int(Int32.max) / 2 else {
      throw TableIOError(
        .limit, "The record is longer than \(maximumRecordSize) bytes; a closing quote may be missing.", line: nextLine)
    }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 8)
    larger.initialize(repeating: 0, count: capacity * 2 + 8)
    larger.update(from: buffer, count: limit)
    buffer.deallocate()
    buffer = larger
    capacity *= 2
  }
}

private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
