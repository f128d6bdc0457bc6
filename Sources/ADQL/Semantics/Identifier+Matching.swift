extension Identifier {
  /// Whether it means what has this name in the schema or in the query.
  func matches(_ other: String) -> Bool {
    name == other || (!isDelimited && name.isEqualIgnoringCase(to: other))
  }

  /// Whether two names of a query mean the same: case counts only where both are delimited.
  func isSame(as other: Identifier) -> Bool {
    isDelimited && other.isDelimited
      ? name == other.name : isDelimited ? other.matches(name) : matches(other.name)
  }

  /// Of things that go by the names of columns, those that it means. One whose case agrees is preferred to others.
  func choose<Thing>(_ things: some Sequence<Thing>, by column: (Thing) -> some ColumnName) -> [Thing] {
    let alike = things.filter { column($0).name.isEqualIgnoringCase(to: name) }
    let exact = alike.filter { column($0).name == name }
    guard isDelimited else { return exact.count == 1 ? exact : alike }
    return exact.isEmpty ? alike.filter { column($0).foldsCase } : exact
  }
}

/// What a column is called.
protocol ColumnName {
  /// The name, without quotes.
  var name: String { get }
  /// Whether the case of the name never counts, as it was written without quotes.
  var foldsCase: Bool { get }
}

extension ResultColumn: ColumnName {}

extension Scope.Column: ColumnName {}

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
