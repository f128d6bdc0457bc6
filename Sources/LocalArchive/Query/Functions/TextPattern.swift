/// A LIKE pattern: `%` stands for any characters, `_` for one.
final class TextPattern {
  private let ignoresCase: Bool
  private let bytes: [UInt8]
  private let isASCII: Bool
  private let scalars: [Unicode.Scalar]

  init(_ pattern: String, ignoresCase: Bool) {
    self.ignoresCase = ignoresCase
    let folded = ignoresCase ? pattern.lowercased() : pattern
    bytes = Array(folded.utf8)
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    scalars = ignoresCase ? Array(folded.unicodeScalars) : []
  }

  /// Whether a text is like the pattern; `nil` when the time is over.
  func matches(_ text: UnsafeRawBufferPointer, _ patience: inout Patience) -> Bool? {
    let (any, one) = (UInt8(ascii: "%"), UInt8(ascii: "_"))
    if !ignoresCase {
      return bytes.withUnsafeBytes { pattern in
        Self.matches(text, pattern, any: any, one: one, &patience, fold: { $0 }) { here in
          // A character ends where the next one begins.
          var next = here + 1
          while next < text.count, text[next] & 0xc0 == 0x80 { next += 1 }
          return next
        }
      }
    }
    if isASCII, text.allSatisfy({ $0 < 0x80 }) {
      return bytes.withUnsafeBytes { pattern in
        Self.matches(
          text, pattern, any: any, one: one, &patience, fold: { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        ) { $0 + 1 }
      }
    }
    let folded = Array(String(decoding: text, as: UTF8.self).lowercased().unicodeScalars)
    return Self.matches(folded, scalars, any: "%", one: "_", &patience, fold: { $0 }) { $0 + 1 }
  }

  /// Goes back only to the last `%`, so that the time is at most the product of the lengths.
  @inline(__always)
  private static func matches<Text: RandomAccessCollection>(
    _ text: Text, _ pattern: Text, any: Text.Element, one: Text.Element, _ patience: inout Patience,
    fold: (Text.Element) -> Text.Element, after: (Int) -> Int
  ) -> Bool? where Text.Element: Equatable, Text.Index == Int {
    var (here, place) = (0, 0)
    var retry: (here: Int, place: Int)?
    while here < text.count {
      guard patience.step() else { return nil }
      if place < pattern.count, pattern[place] == any {
        place += 1
        retry = (here, place)
      } else if place < pattern.count, pattern[place] == one {
        here = after(here)
        place += 1
      } else if place < pattern.count, pattern[place] == fold(text[here]) {
        here += 1
        place += 1
      } else if let last = retry {
        here = after(last.here)
        place = last.place
        retry = (here, place)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == any }
  }
}
