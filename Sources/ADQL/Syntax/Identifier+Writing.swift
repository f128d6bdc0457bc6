extension Identifier {
  /// Whether a name can stand in a query without quotes: it has the form of a regular identifier and is not a reserved word.
  public static func isRegular(_ name: String) -> Bool {
    hasRegularForm(name) && !ReservedWords.contains(name)
  }

  /// Whether a name is a letter, then letters, digits and underscores, all ASCII. Source: ADQL 2.1, section 2.1.2.
  public static func hasRegularForm(_ name: some StringProtocol) -> Bool {
    guard let first = name.utf8.first, ByteClass.letters.contains(first) else { return false }
    return name.utf8.allSatisfy(ByteClass.nameBytes.contains)
  }

  /// A name as a query has to write it: between double quotes unless it is regular. A NUL, which ends the text for many
  /// databases, is left out.
  public static func written(_ name: String) -> String {
    isRegular(name) ? name : name.withoutNUL.quoted(with: "\"")
  }
}
