/// The encodings that documents come in.
enum XMLEncoding {
  case utf8, ascii, latin1, utf16BigEndian, utf16LittleEndian

  /// Finds the encoding by the byte order mark or the XML declaration, as XML 1.0, appendix F, has it.
  /// - Returns: the bytes read so far, without the byte order mark, and the encoding.
  static func sniff(_ source: any ByteSource) throws(TableIOError) -> ([UInt8], XMLEncoding) {
    var head: [UInt8] = []
    while try needsMore(head), try read(from: source, into: &head) {}
    switch (head.first ?? 0, head.dropFirst().first ?? 0, head.dropFirst(2).first ?? 0) {
    case (0xEF, 0xBB, 0xBF): return (Array(head.dropFirst(3)), .utf8)
    case (0xFE, 0xFF, _): return (Array(head.dropFirst(2)), .utf16BigEndian)
    case (0xFF, 0xFE, _): return (Array(head.dropFirst(2)), .utf16LittleEndian)
    case (0x00, 0x3C, _): return (head, .utf16BigEndian)
    case (0x3C, 0x00, _): return (head, .utf16LittleEndian)
    default: return (head, try declared(in: head))
    }
  }

  private static let declarationLimit = 1024

  private static func needsMore(_ head: [UInt8]) throws(TableIOError) -> Bool {
    let opening = Array("<?xml".utf8)
    if head.count < opening.count { return true }
    return head.starts(with: opening) && head.count < declarationLimit && !head.contains(UInt8(ascii: ">"))
  }

  private static func read(from source: any ByteSource, into head: inout [UInt8]) throws(TableIOError) -> Bool {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: declarationLimit, alignment: 1)
    defer { piece.deallocate() }
    let count = try source.read(into: piece)
    head.append(contentsOf: piece.prefix(max(0, count)))
    return count > 0
  }

  private static func declared(in head: [UInt8]) throws(TableIOError) -> XMLEncoding {
    guard head.count > 5, head.starts(with: Array("<?xml".utf8)), XMLCharacters.isSpace(head[5]),
      let close = head.firstIndex(of: UInt8(ascii: ">"))
    else {
      return .utf8
    }
    let declaration = String(decoding: head[..<close], as: UTF8.self)
    let words = declaration.split { $0 == "\"" || $0 == "'" }
    guard let key = words.firstIndex(where: { $0.filter { !$0.isWhitespace }.hasSuffix("encoding=") }),
      key + 1 < words.count
    else { return .utf8 }
    switch words[key + 1].lowercased() {
    case "utf-8", "utf8": return .utf8
    case "us-ascii", "ascii": return .ascii
    case "iso-8859-1", "iso-latin-1", "iso_8859-1", "latin1", "latin-1": return .latin1
    case let name:
      throw TableIOError(
        .unsupported, "The encoding '\(name)' is not supported; convert the document to UTF-8.", line: 1, column: 1)
    }
  }
}

/// Turns another encoding into UTF-8.
final class XMLTranscoder: ByteSource {
  private let source: any ByteSource
  private let encoding: XMLEncoding
  private var input: [UInt8]
  private var highSurrogate: UInt32?
  private var failure: TableIOError?

  /// - Parameter head: bytes that have been read from the source already.
  init(head: [UInt8], source: any ByteSource, encoding: XMLEncoding) {
    input = head
    self.source = source
    self.encoding = encoding
  }

  var consumedByteCount: Int64 { source.consumedByteCount }
  var byteCount: Int64? { source.byteCount }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    if let failure { throw failure }
    var written = 0
    while written == 0 {
      // No input byte becomes more than three bytes, a surrogate pair four in place of four.
      let room = max(4, buffer.count / 3)
      if input.count < 2 {
        let old = input.count
        var count = 0
        var problem: TableIOError?
        input = [UInt8](unsafeUninitializedCapacity: old + room) { piece, size in
          for index in 0..<old { piece[index] = input[index] }
          do throws(TableIOError) {
            count = try source.read(
              into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(piece)[old...]))
          } catch { problem = error }
          size = old + max(0, count)
        }
        if let problem { throw problem }
        if count <= 0, input.isEmpty || encoding == .utf16BigEndian || encoding == .utf16LittleEndian {
          guard input.isEmpty, highSurrogate == nil else { throw Self.broken("ends in the middle of a character") }
          return 0
        }
      }
      written = transcode(to: buffer)
      if written == 0, let failure { throw failure }
    }
    return written
  }

  private func transcode(to buffer: UnsafeMutableRawBufferPointer) -> Int {
    var written = 0
    var used = 0
    func put(_ scalar: UInt32) {
      guard let scalar = Unicode.Scalar(scalar) else { return }
      for byte in UTF8.encode(scalar)! {
        buffer[written] = byte
        written += 1
      }
    }
    switch encoding {
    case .utf8, .ascii, .latin1:
      while used < input.count, written + 2 <= buffer.count {
        if encoding == .ascii, input[used] >= 0x80 {
          failure = Self.broken("declares ASCII and holds other characters")
          break
        }
        put(UInt32(input[used]))
        used += 1
      }
    case .utf16BigEndian, .utf16LittleEndian:
      let high = encoding == .utf16BigEndian ? 0 : 1
      while used + 2 <= input.count, written + 4 <= buffer.count {
        let unit = UInt32(input[used + high]) << 8 | UInt32(input[used + 1 - high])
        switch (unit, highSurrogate) {
        case (0xDC00...0xDFFF, let first?):
          put(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00))
          highSurrogate = nil
        case (0xD800...0xDBFF, nil): highSurrogate = unit
        case (0xD800...0xDFFF, _), (_, .some):
          failure = Self.broken("holds half a surrogate pair")
          input.removeFirst(used)
          return written
        default: put(unit)
        }
        used += 2
      }
    }
    input.removeFirst(used)
    return written
  }

  private static func broken(_ what: String) -> TableIOError {
    TableIOError(.malformed, "The document \(what); its encoding is damaged.")
  }
}
