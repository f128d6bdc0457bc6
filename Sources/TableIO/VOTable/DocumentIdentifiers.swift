/// The identifiers of a document that XML allows: names, each once.
struct DocumentIdentifiers: Sendable {
  private var counts: [String: Int] = [:]

  /// Collects the identifiers of a table's metadata.
  init(_ metadata: TableMetadata) {
    add(metadata.id)
    for info in metadata.infos { add(info.id) }
    for system in metadata.coordinateSystems { add(system.id) }
    for system in metadata.timeSystems { add(system.id) }
    for column in metadata.columns { add(column.id) }
    for param in metadata.params { add(param.column.id) }
    for group in metadata.groups { add(group) }
  }

  private mutating func add(_ group: Group) {
    add(group.id)
    for param in group.params { add(param.column.id) }
    for inner in group.groups { add(inner) }
  }

  private mutating func add(_ id: String?) {
    if let id, Self.isName(id) { counts[id, default: 0] += 1 }
  }

  /// Whether an identifier can be written and pointed to.
  func isKnown(_ id: String) -> Bool { counts[id] == 1 }

  /// An identifier, if it can be written.
  func known(_ id: String?) -> String? { id.flatMap { isKnown($0) ? $0 : nil } }

  /// A reference, if what it points to is written.
  func reference(_ id: String?) -> String? { known(id) }

  /// Whether XML takes a text as a name without colon (XML 1.0, section 2.3; of its ranges those in use).
  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    guard first == "_" || isLetter(first) else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      isLetter(scalar) || "_-.".unicodeScalars.contains(scalar)
        || (UnicodeScalar("0")...UnicodeScalar("9")).contains(scalar) || scalar == "\u{B7}"
    }
  }

  private static func isLetter(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: true
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x3001...0xD7FF: true
    default: false
    }
  }
}
