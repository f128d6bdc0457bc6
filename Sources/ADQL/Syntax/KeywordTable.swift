/// Finds the keyword that some bytes spell, in any case of letters.
enum KeywordTable {
  /// The longest keyword has ten letters, so a word fits into one number.
  private static let words: [UInt128: Keyword] = Dictionary(
    uniqueKeysWithValues: Keyword.allCases.map { keyword in
      (keyword.rawValue.utf8.reduce(0) { $0 << 8 | UInt128($1) }, keyword)
    })

  static func find(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Keyword? {
    guard end - start <= 10 else { return nil }
    var key: UInt128 = 0
    for index in start..<end {
      let byte = bytes[index]
      key = key << 8 | UInt128(byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 32 : byte)
    }
    return words[key]
  }
}
