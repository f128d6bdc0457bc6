/// A `Content-Range` field: `bytes 100-199/200`, `bytes 100-199/*` or `bytes */200`.
struct ContentRange: Sendable, Hashable {
  /// First and last byte; `nil` in the answer to a range that cannot be served.
  var bytes: ClosedRange<Int64>?
  /// The size of the whole, where it is given.
  var total: Int64?

  /// Reads a field; `nil` when it is not one that makes sense.
  init?(_ text: String?) {
    guard let text, text.lowercased().hasPrefix("bytes ") else { return nil }
    let halves = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    if halves[1] != "*" {
      guard let total = Self.number(halves[1]) else { return nil }
      self.total = total
    }
    if halves[0] == "*" { return }
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]), first <= last,
      total.map({ last < $0 }) ?? true
    else { return nil }
    bytes = first...last
  }

  private static func number(_ text: Substring) -> Int64? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int64(text) : nil
  }
}
