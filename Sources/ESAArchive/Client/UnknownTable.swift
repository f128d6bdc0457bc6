/// Reads in a service's message whether it means that a table does not exist.
enum UnknownTable {
  /// Words that say so when they stand beside the table's name: `Unknown table "jwst.main"`, `Table jwst.main not found`,
  /// `relation "jwst.main" does not exist`. The query itself, which messages like to repeat, has none of them there.
  private static let signs: Set<String> = ["unknown", "unresolved", "exist", "exists", "found", "such", "undefined"]
  private static let reach = 3
  private static let quotes: Set<Character> = ["\"", "'", "`", "[", "]", "“", "”", "‘", "’"]

  /// Whether a message says that there is no such table.
  static func isMeant(by message: String, _ table: String) -> Bool {
    // Names may be quoted whole or in parts: "jwst"."main", [jwst].[main].
    let plain = message.lowercased().filter { !quotes.contains($0) }
    let words = plain.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "_" }
    return words.indices.contains { index in
      guard words[index].trimmingDots == table else { return false }
      let before = words[max(0, index - reach)..<index]
      let after = words[(index + 1)...].prefix(reach)
      return (before + after).contains { signs.contains($0.trimmingDots) }
    }
  }
}

extension Substring {
  fileprivate var trimmingDots: String { String(self).split(separator: ".").joined(separator: ".") }
}
