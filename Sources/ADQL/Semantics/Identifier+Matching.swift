extension Identifier {
  /// Whether it means what has this name in the schema or in the query.
  func matches(_ other: String) -> Bool {
    name == other || (!isDelimited && name.isEqualIgnoringCase(to: other))
  }

  /// Of things whose names match but for case, those meant: one whose case agrees is preferred to others.
  func choose<Thing>(_ found: [Thing], name of: (Thing) -> String) -> [Thing] {
    if isDelimited { return found.filter { of($0) == name } }
    guard found.count > 1 else { return found }
    let exact = found.filter { of($0) == name }
    return exact.count == 1 ? exact : found
  }
}

extension String {
  /// The text with A to Z made small; ADQL folds no other letters.
  var asciiLowercased: String {
    guard utf8.contains(where: { (65...90).contains($0) }) else { return self }
    return String(decoding: utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// Whether two texts are the same but for the case of A to Z.
  func isEqualIgnoringCase(to other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { $0 == $1 || ($0 | 0x20 == $1 | 0x20 && (97...122).contains($0 | 0x20)) }
  }
}
