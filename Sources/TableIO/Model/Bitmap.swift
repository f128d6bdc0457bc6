/// A row of bits, 64 to a word.
public struct Bitmap: Sendable, Hashable {
  /// Number of bits.
  public private(set) var count: Int
  private var words: [UInt64]

  /// All bits off.
  public init(count: Int = 0) {
    self.count = count
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  /// A bit.
  public subscript(index: Int) -> Bool {
    get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }

  /// Adds a bit at the end.
  public mutating func append(_ bit: Bool) {
    if count & 63 == 0 { words.append(0) }
    count += 1
    if bit { self[count - 1] = true }
  }

  /// Whether any bit is on.
  public var containsTrue: Bool { words.contains { $0 != 0 } }

  /// Removes all bits and keeps the memory.
  public mutating func removeAll() {
    count = 0
    words.removeAll(keepingCapacity: true)
  }
}
