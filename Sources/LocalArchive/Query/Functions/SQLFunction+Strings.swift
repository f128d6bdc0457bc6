internal import GRDBSQLite

/// Functions on text.
extension SQLFunction {
  static let strings: [SQLFunction] = [
    SQLFunction("lower", 1) { call in changeCase(call, 0x41...0x5a) { $0.lowercased() } },
    SQLFunction("upper", 1) { call in changeCase(call, 0x61...0x7a) { $0.uppercased() } },
    SQLFunction("ilike", 2) { call in
      guard let value = call.bytes(0) else { return call.give(Bool?.none) }
      if let pointer = call.kept(1) {
        return call.give(Unmanaged<TextPattern>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.matches(value) })
      }
      guard let text = call.text(1) else { return call.give(Bool?.none) }
      let pattern = TextPattern(text)
      call.give(pattern.matches(value))
      call.keep(pattern, beside: 1)
    },
    SQLFunction("hasword", 2) { call in
      guard let text = call.text(0), let word = call.text(1) else { return call.give(Bool?.none) }
      call.give(hasWords(word, in: text))
    },
  ]

  /// Letters of the range get their other case by one bit; where there are letters beyond ASCII, Unicode decides.
  private static func changeCase(
    _ call: SQLCall, _ letters: ClosedRange<UInt8>, _ convert: (String) -> String
  ) {
    guard let bytes = call.bytes(0) else { return call.give(String?.none) }
    if bytes.allSatisfy({ $0 < 0x80 }) {
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { copy in
        for (index, byte) in bytes.enumerated() {
          copy.initializeElement(at: index, to: letters.contains(byte) ? byte ^ 0x20 : byte)
        }
        call.give(text: UnsafeRawBufferPointer(copy))
      }
    } else {
      call.give(convert(String(decoding: bytes, as: UTF8.self)))
    }
  }

  /// Whether words stand in a text one after the other, whatever their case and what separates them.
  private static func hasWords(_ words: String, in text: String) -> Bool {
    func split(_ text: String) -> [String] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }
    let (wanted, present) = (split(words), split(text))
    guard !wanted.isEmpty, wanted.count <= present.count else { return wanted.isEmpty }
    return (0...present.count - wanted.count).contains { present[$0..<$0 + wanted.count].elementsEqual(wanted) }
  }
}

/// A LIKE pattern for comparisons that ignore case: `%` stands for any characters, `_` for one.
final class TextPattern {
  private let pattern: [Unicode.Scalar]
  private let ascii: [UInt8]?

  init(_ pattern: String) {
    let folded = pattern.lowercased()
    self.pattern = Array(folded.unicodeScalars)
    ascii = folded.utf8.allSatisfy { $0 < 0x80 } ? Array(folded.utf8) : nil
  }

  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    if let ascii, text.allSatisfy({ $0 < 0x80 }) {
      return Self.matches(text, ascii, any: UInt8(ascii: "%"), one: UInt8(ascii: "_")) { byte in
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      }
    }
    let scalars = Array(String(decoding: text, as: UTF8.self).lowercased().unicodeScalars)
    return Self.matches(scalars, pattern, any: "%", one: "_") { $0 }
  }

  /// Goes back only to the last `%`, so that the time is at most the product of the lengths.
  @inline(__always)
  private static func matches<Text: RandomAccessCollection>(
    _ text: Text, _ pattern: [Text.Element], any: Text.Element, one: Text.Element, fold: (Text.Element) -> Text.Element
  ) -> Bool where Text.Element: Equatable, Text.Index == Int {
    var (here, place) = (text.startIndex, 0)
    var retry: (here: Int, place: Int)?
    while here < text.endIndex {
      if place < pattern.count, pattern[place] == any {
        place += 1
        retry = (here, place)
      } else if place < pattern.count, pattern[place] == one || pattern[place] == fold(text[here]) {
        here += 1
        place += 1
      } else if let last = retry {
        here = last.here + 1
        place = last.place
        retry = (here, place)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == any }
  }
}
