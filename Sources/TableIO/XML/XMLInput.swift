/// The window of a document that the reader looks at: checked UTF-8 with line ends made one line feed.
///
/// Bytes are checked when they arrive, so the reader need not look at them twice; a byte that is no legal character ends the
/// window, and the error is thrown only when the reader asks for more, so that errors come in the order of the document.
struct XMLInput: ~Copyable {
  private let source: any ByteSource
  /// The window's first byte.
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// The next byte to read.
  var cursor = 0
  /// The end of the checked bytes.
  private(set) var end = 0
  private var uncheckedEnd = 0
  private var isSourceAtEnd = false
  private var failure: TableIOError?
  private var windowMark = (offset: 0, line: 1, column: 1)
  private var mark = (offset: 0, line: 1, column: 1)

  private static let initialCapacity = 256 << 10
  private static let spare = 4

  /// Room for the bytes of one character beside the window.
  var scratch: UnsafeMutablePointer<UInt8> { base + capacity }

  init(source: any ByteSource) throws(TableIOError) {
    // An initialiser that throws frees nothing, so memory comes after all that can fail.
    let (head, encoding) = try XMLEncoding.sniff(source)
    capacity = Self.initialCapacity
    base = .allocate(capacity: capacity + Self.spare)
    if encoding == .utf8 {
      self.source = source
      base.update(from: head, count: head.count)
      uncheckedEnd = head.count
    } else {
      self.source = XMLTranscoder(head: head, source: source, encoding: encoding)
    }
    check()
  }

  deinit { base.deallocate() }

  /// Bytes in the window that have not been read.
  var available: Int { end - cursor }

  /// Lengthens the window; bytes before the cursor are given up.
  /// - Returns: whether there are more bytes than before.
  mutating func fill() throws(TableIOError) -> Bool {
    if let failure { throw failure }
    if cursor > 0 {
      windowMark = position(at: cursor)
      windowMark.offset = 0
      mark = windowMark
      base.update(from: base + cursor, count: uncheckedEnd - cursor)
      end -= cursor
      uncheckedEnd -= cursor
      cursor = 0
    }
    if uncheckedEnd > capacity / 2 { grow() }
    let before = end
    while end == before, !isSourceAtEnd {
      let count = try source.read(
        into: UnsafeMutableRawBufferPointer(start: base + uncheckedEnd, count: capacity - uncheckedEnd))
      if count <= 0 { isSourceAtEnd = true }
      uncheckedEnd += max(0, count)
      check()
      if let failure, end == before { throw failure }
    }
    return end > before
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + Self.spare)
    larger.update(from: base, count: uncheckedEnd)
    base.deallocate()
    base = larger
    capacity *= 2
  }

  /// Line and column, from 1, of a place in the window; counted on from the last place that was asked for.
  mutating func position(at offset: Int) -> (offset: Int, line: Int, column: Int) {
    if offset < mark.offset { mark = windowMark }
    let bytes = UnsafeBufferPointer(start: base + mark.offset, count: offset - mark.offset)
    let breaks = XMLScan.lineFeedCount(bytes)
    if breaks > 0 {
      mark.line += breaks
      mark.column = bytes.count - bytes.lastIndex(of: 0x0A)!
    } else {
      mark.column += bytes.count
    }
    mark.offset = offset
    return mark
  }

  /// Checks what has arrived and turns CR LF and CR into LF.
  private mutating func check() {
    let base = self.base
    let limit = uncheckedEnd
    var from = end
    var to = end
    scan: while from < limit {
      while from + 8 <= limit {
        let word = UnsafeRawPointer(base + from).loadUnaligned(as: UInt64.self)
        let low = (word &- 0x2020_2020_2020_2020) & ~word
        if (low | word) & 0x8080_8080_8080_8080 != 0 { break }
        if to != from { UnsafeMutableRawPointer(base + to).storeBytes(of: word, as: UInt64.self) }
        from += 8
        to += 8
      }
      guard from < limit else { break }
      let byte = base[from]
      var length = 1
      switch byte {
      case 0x20..<0x80, 0x09, 0x0A: base[to] = byte
      case 0x0D:
        guard from + 1 < limit || isSourceAtEnd else { break scan }
        if from + 1 < limit, base[from + 1] == 0x0A { length = 2 }
        base[to] = 0x0A
      case 0x80...:
        switch UTF8Check.sequence(base + from, count: limit - from) {
        case .character(let count):
          length = count
          for index in 0..<count { base[to + index] = base[from + index] }
          to += count - 1
        case .incomplete where !isSourceAtEnd: break scan
        default:
          fail(
            "The document holds bytes that are not UTF-8; it may be in an encoding that it does not declare.", at: to)
          break scan
        }
      default:
        fail("The document holds the control character \(byte), which XML does not allow.", at: to)
        break scan
      }
      from += length
      to += 1
    }
    end = to
    base.advanced(by: to).update(from: base + from, count: limit - from)
    uncheckedEnd = to + limit - from
  }

  private mutating func fail(_ message: String, at offset: Int) {
    let place = position(at: offset)
    failure = TableIOError(.malformed, message, line: place.line, column: place.column)
  }
}

/// Tells whole, cut and wrong UTF-8 sequences apart.
enum UTF8Check {
  enum Outcome { case character(Int), incomplete, illegal }

  /// Looks at a sequence that begins with a byte of 0x80 or more; U+FFFE and U+FFFF are illegal in XML.
  static func sequence(_ bytes: UnsafePointer<UInt8>, count: Int) -> Outcome {
    let lead = bytes[0]
    let length: Int
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return .illegal
    }
    for index in 1..<length {
      guard index < count else { return .incomplete }
      let byte = bytes[index]
      guard byte & 0xC0 == 0x80 else { return .illegal }
      guard index == 1 else { continue }
      switch lead {
      case 0xE0 where byte < 0xA0, 0xED where byte > 0x9F, 0xF0 where byte < 0x90, 0xF4 where byte > 0x8F:
        return .illegal
      default: break
      }
    }
    if lead == 0xEF, bytes[1] == 0xBF, bytes[2] >= 0xBE { return .illegal }
    return .character(length)
  }
}
