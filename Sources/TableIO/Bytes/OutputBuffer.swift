/// Bytes on their way out: grows at the end, is emptied into a sink, and keeps its memory.
///
/// Behind the bytes in use there are always ``slack`` more that may be read and written, so that short pieces are copied
/// without counting.
struct OutputBuffer: Sendable {
  /// Bytes in use.
  private(set) var count = 0
  private var storage: [UInt8]

  /// Bytes that may be touched behind the last one in use.
  static let slack = 32
  /// When a buffer is handed to its sink.
  static let flushSize = 128 << 10

  init(capacity: Int = 4096) {
    storage = [UInt8](repeating: 0, count: capacity + Self.slack)
  }

  /// Adds what a closure writes.
  /// - Parameters:
  ///   - limit: the most bytes that the closure writes.
  ///   - write: writes from the address on and returns the address behind its last byte.
  @inline(__always)
  mutating func append(
    atMost limit: Int, _ write: (UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
  ) {
    if count + limit + Self.slack > storage.count { grow(by: limit) }
    let start = count
    count = storage.withUnsafeMutableBufferPointer {
      let base = $0.baseAddress!
      return write(base + start) - base
    }
  }

  /// Adds a byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count + 1 + Self.slack > storage.count { grow(by: 1) }
    storage[count] = byte
    count += 1
  }

  /// Adds bytes.
  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    append(atMost: bytes.count) { $0.put(bytes) }
  }

  /// Adds bytes.
  @inline(__always)
  mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { append($0) }
  }

  /// Adds fixed text.
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append($0) }
  }

  /// Adds text.
  mutating func append(utf8 text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Adds a whole number in network order.
  @inline(__always)
  mutating func append(bigEndian value: some FixedWidthInteger) {
    let swapped = value.bigEndian
    append(atMost: swapped.bitWidth / 8) {
      UnsafeMutableRawPointer($0).storeBytes(of: swapped, as: type(of: swapped))
      return $0 + swapped.bitWidth / 8
    }
  }

  /// Adds the same byte several times.
  mutating func append(_ byte: UInt8, times: Int) {
    guard times > 0 else { return }
    append(atMost: times) {
      $0.update(repeating: byte, count: times)
      return $0 + times
    }
  }

  /// Removes all bytes.
  mutating func removeAll() { count = 0 }

  /// Removes the first bytes.
  mutating func removeFirst(_ number: Int) {
    let rest = count - number
    let end = count
    storage.withUnsafeMutableBufferPointer {
      $0.baseAddress!.update(from: $0.baseAddress! + number, count: end - number)
    }
    count = rest
  }

  /// Puts a byte in place of each of the last ones.
  mutating func replaceLast(_ number: Int, with byte: UInt8) {
    for index in count - number..<count { storage[index] = byte }
  }

  /// Writes a whole number in network order over bytes in use.
  @inline(__always)
  mutating func replace(bigEndian value: Int32, at position: Int) {
    storage.withUnsafeMutableBytes {
      $0.storeBytes(of: value.bigEndian, toByteOffset: position, as: Int32.self)
    }
  }

  /// The bytes in use; ``slack`` more may be read.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(start: $0.baseAddress, count: count)) }
  }

  /// The bytes as text, for tests and messages.
  var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// Hands the bytes to a sink once there are enough.
  mutating func flush(to sink: any ByteSink, over limit: Int = OutputBuffer.flushSize) throws(TableIOError) {
    guard count > limit else { return }
    var failure: TableIOError?
    withBytes { bytes in
      do throws(TableIOError) { try sink.write(UnsafeRawBufferPointer(bytes)) } catch { failure = error }
    }
    if let failure { throw failure }
    count = 0
  }

  @inline(never)
  private mutating func grow(by number: Int) {
    let wanted = max(storage.count * 2, count + number + Self.slack)
    storage.append(contentsOf: repeatElement(0, count: wanted - storage.count))
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Writes bytes and returns the address behind them.
  @inline(__always)
  func put(_ bytes: UnsafeBufferPointer<UInt8>) -> Self {
    if let source = bytes.baseAddress { update(from: source, count: bytes.count) }
    return self + bytes.count
  }
}
