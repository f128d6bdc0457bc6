internal import GRDBSQLite

/// Functions on text.
extension SQLFunction {
  static let strings: [SQLFunction] = [
    SQLFunction("lower", 1) { call in changeCase(call, 0x41...0x5a) { $0.lowercased() } },
    SQLFunction("upper", 1) { call in changeCase(call, 0x61...0x7a) { $0.uppercased() } },
    SQLFunction("like", 2) { call in like(call, ignoresCase: false) },
    SQLFunction("ilike", 2) { call in like(call, ignoresCase: true) },
    SQLFunction("hasword", 2) { call in
      guard let text = call.text(0), let words = call.bytes(1) else { return call.give(Bool?.none) }
      guard isBounded(words, call) else { return }
      var patience = call.patience
      guard let found = hasWords(String(decoding: words, as: UTF8.self), in: text, &patience) else {
        return call.giveUp()
      }
      call.give(found)
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

  private static func like(_ call: SQLCall, ignoresCase: Bool) {
    guard let value = call.bytes(0), let written = call.bytes(1) else { return call.give(Bool?.none) }
    var patience = call.patience
    let matches: Bool?
    if let pointer = call.kept(1) {
      matches = Unmanaged<TextPattern>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.matches(value, &patience) }
    } else {
      guard isBounded(written, call) else { return }
      let pattern = TextPattern(String(decoding: written, as: UTF8.self), ignoresCase: ignoresCase)
      matches = pattern.matches(value, &patience)
      call.keep(pattern, beside: 1)
    }
    if let matches { call.give(matches) } else { call.giveUp() }
  }

  /// Whether a pattern is no longer than it may be; else the statement fails.
  private static func isBounded(_ pattern: UnsafeRawBufferPointer, _ call: SQLCall) -> Bool {
    if pattern.count <= call.limit(SQLITE_LIMIT_LIKE_PATTERN_LENGTH) { return true }
    call.fail(DatabaseLimit.patternTooLong)
    return false
  }

  /// Whether words stand in a text one after the other, whatever their case and what separates them; `nil` when the time is over.
  private static func hasWords(_ words: String, in text: String, _ patience: inout Patience) -> Bool? {
    func split(_ text: String) -> [String] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }
    let (wanted, present) = (split(words), split(text))
    guard !wanted.isEmpty, wanted.count <= present.count else { return wanted.isEmpty }
    for start in 0...present.count - wanted.count {
      var count = 0
      while count < wanted.count, present[start + count] == wanted[count] {
        guard patience.step() else { return nil }
        count += 1
      }
      if count == wanted.count { return true }
    }
    return false
  }
}
