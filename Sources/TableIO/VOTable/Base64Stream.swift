/// The bytes of a `STREAM` element in base64: decoded as the text arrives, any white space allowed, and inflated where they are gzip.
final class Base64Stream: ByteSource {
  private let xml: XMLReader
  private(set) var isAtEnd = false
  private var decoded: [UInt8] = []
  private var start = 0
  private var decoder = Base64Decoder()
  private var total: Int64 = 0

  /// What inflates, and the stream that it reads.
  private var gzip: (content: any ByteSource, stored: Base64Stream)?

  /// - Parameters:
  ///   - xml: a reader that has just given the start of the element.
  ///   - isGzip: whether the bytes are gzip.
  ///   - byteLimit: the most bytes, inflated.
  init(_ xml: XMLReader, isGzip: Bool = false, byteLimit: Int = .max) {
    self.xml = xml
    guard isGzip else { return }
    let stored = Base64Stream(xml)
    gzip = (BoundedByteSource(GzipByteSource(stored), byteLimit: byteLimit), stored)
  }

  var consumedByteCount: Int64 { total }
  var byteCount: Int64? { nil }

  /// Lends the bytes that have not been taken.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    decoded.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start...])) }
  }

  var availableCount: Int { decoded.count - start }

  func take(_ count: Int) {
    start += count
    total += Int64(count)
  }

  /// Adds bytes, some hundred thousand at a time.
  /// - Returns: `false` at the end of the element, when none were added.
  func pull() throws(TableIOError) -> Bool {
    decoded.removeSubrange(..<start)
    start = 0
    let before = decoded.count
    if let gzip {
      try inflate(gzip.content, gzip.stored)
      return decoded.count > before
    }
    while !isAtEnd, decoded.count - before < 96 << 10 {
      switch try xml.next() {
      case .text:
        guard decoder.decode(xml.text, into: &decoded) else { throw xml.failure("The text of STREAM is not base64.") }
      case .comment, .instruction: break
      case .end: try finish()
      case .start: throw xml.failure("STREAM must not hold the element '\(xml.name.qualified)'.")
      case nil: isAtEnd = true
      }
    }
    return decoded.count > before
  }

  private func inflate(_ content: any ByteSource, _ stored: Base64Stream) throws(TableIOError) {
    guard !isAtEnd else { return }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 96 << 10, alignment: 16)
    defer { piece.deallocate() }
    let count = try content.read(into: piece)
    decoded.append(contentsOf: piece[..<count])
    guard count == 0 else { return }
    isAtEnd = true
    // The element goes on to its end tag, whatever stands behind the gzip data.
    while try stored.pull() { stored.take(stored.availableCount) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    while availableCount == 0 { if try !pull(), isAtEnd { return 0 } }
    let count = min(buffer.count, availableCount)
    withBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0.prefix(count)))) }
    take(count)
    return count
  }

  private func finish() throws(TableIOError) {
    isAtEnd = true
    guard decoder.isAtBorder else { throw xml.failure("The base64 text of STREAM ends in the middle of a group.") }
  }
}
