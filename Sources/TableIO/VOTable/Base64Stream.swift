/// The bytes of a `STREAM` element in base64: decoded as the text arrives, any white space allowed.
final class Base64Stream: ByteSource {
  private let xml: XMLReader
  private(set) var isAtEnd = false
  private var decoded: [UInt8] = []
  private var start = 0
  private var bits: UInt32 = 0
  private var digitCount = 0
  private var paddingCount = 0
  private var total: Int64 = 0

  /// - Parameter xml: a reader that has just given the start of the element.
  init(_ xml: XMLReader) { self.xml = xml }

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
    while !isAtEnd, decoded.count - before < 96 << 10 {
      switch try xml.next() {
      case .text: try decode(xml.text)
      case .comment, .instruction: break
      case .end: try finish()
      case .start: throw xml.failure("STREAM must not hold the element '\(xml.name.qualified)'.")
      case nil: isAtEnd = true
      }
    }
    return decoded.count > before
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
    guard digitCount == 0 else { throw xml.failure("The base64 text of STREAM ends in the middle of a group.") }
  }

  private func decode(_ text: UnsafeBufferPointer<UInt8>) throws(TableIOError) {
    guard let base = text.baseAddress else { return }
    let old = decoded.count
    decoded.append(contentsOf: repeatElement(0, count: text.count / 4 * 3 + 6))
    var at = 0
    let written = decoded.withUnsafeMutableBufferPointer { buffer in
      var out = buffer.baseAddress! + old
      Self.digits.withUnsafeBufferPointer { digits in
        while at < text.count {
          if digitCount == 0 {
            while at + 4 <= text.count {
              let group =
                UInt32(digits[Int(base[at])]) << 18 | UInt32(digits[Int(base[at + 1])]) << 12
                | UInt32(digits[Int(base[at + 2])]) << 6 | UInt32(digits[Int(base[at + 3])])
              let marks = digits[Int(base[at])] | digits[Int(base[at + 1])] | digits[Int(base[at + 2])] | digits[Int(base[at + 3])]
              if marks & 0x80 != 0 { break }
              out[0] = UInt8(truncatingIfNeeded: group >> 16)
              out[1] = UInt8(truncatingIfNeeded: group >> 8)
              out[2] = UInt8(truncatingIfNeeded: group)
              out += 3
              at += 4
            }
            guard at < text.count else { break }
          }
          guard take(digits[Int(base[at])], &out) else { break }
          at += 1
        }
      }
      return out - buffer.baseAddress!
    }
    decoded.removeLast(decoded.count - written)
    guard at == text.count else {
      throw xml.failure("The text of STREAM is not base64: there is a byte \(base[at]) in it.")
    }
  }

  /// Takes one byte at the border of groups.
  private func take(_ digit: UInt8, _ out: inout UnsafeMutablePointer<UInt8>) -> Bool {
    switch digit {
    case Self.space: return true
    case Self.padding:
      guard digitCount + paddingCount >= 2, digitCount > 0 else { return false }
      paddingCount += 1
      guard digitCount + paddingCount == 4 else { return true }
      bits <<= UInt32(6 * paddingCount)
      for shift in [16, 8].prefix(3 - paddingCount) {
        out[0] = UInt8(truncatingIfNeeded: bits >> UInt32(shift))
        out += 1
      }
    case 0..<64:
      guard paddingCount == 0 else { return false }
      bits = bits << 6 | UInt32(digit)
      digitCount += 1
      guard digitCount == 4 else { return true }
      for shift in [16, 8, 0] as [UInt32] {
        out[0] = UInt8(truncatingIfNeeded: bits >> shift)
        out += 1
      }
    default: return false
    }
    bits = 0
    digitCount = 0
    paddingCount = 0
    return true
  }

  private static let illegal: UInt8 = 0xFF
  private static let space: UInt8 = 0xFE
  private static let padding: UInt8 = 0xFD

  private static let digits: [UInt8] = (0...255).map { (byte: UInt8) in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 0x41
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x61 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    case UInt8(ascii: "="): padding
    case 0x20, 0x09, 0x0A, 0x0D: space
    default: illegal
    }
  }
}
