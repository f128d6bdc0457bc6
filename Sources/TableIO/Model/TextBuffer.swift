/// Many strings as UTF-8 bytes in one buffer, with the place where each ends.
public struct TextBuffer: Sendable, Hashable {
  /// The bytes of all strings, one after the other.
  public var bytes: [UInt8] = []
  /// Where each string ends in ``bytes``.
  public var ends: [Int] = []

  /// No strings.
  public init() {}

  /// Number of strings.
  public var count: Int { ends.count }

  /// The bytes of a string.
  public func range(at index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  /// A string.
  public func string(at index: Int) -> String { String(decoding: bytes[range(at: index)], as: UTF8.self) }

  /// Adds a string.
  public mutating func append(_ string: some StringProtocol) {
    bytes.append(contentsOf: string.utf8)
    ends.append(bytes.count)
  }

  /// Adds a string given as UTF-8.
  public mutating func append(utf8 string: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: string)
    ends.append(bytes.count)
  }

  /// Ends the string whose bytes have been appended to ``bytes`` since the last one ended.
  public mutating func endString() { ends.append(bytes.count) }

  /// Removes all strings and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
