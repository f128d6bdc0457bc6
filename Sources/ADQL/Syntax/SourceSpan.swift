/// A piece of a query's text, as offsets of UTF-8 bytes: `start` is its first byte, `end` the byte after its last.
public struct SourceSpan: Sendable, Hashable {
  /// Offset of the first byte.
  public var start: Int
  /// Offset of the byte after the last.
  public var end: Int

  /// A piece of text by its offsets.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// From the beginning of this piece to the end of another, later one.
  public func through(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(start, other.end)
  }
}
