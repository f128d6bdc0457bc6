import Foundation

/// What the Python client does to a query before it sends it to `sync` (section 5.3 of the specification).
enum PeerQuery {
  /// The query with the Python client's ` TOP 2000 ` in the place where that client puts it.
  static func withTop(_ query: String) -> String {
    let characters = Array(query.unicodeScalars)
    let upper = query.uppercased()
    guard !characters.isEmpty || !upper.isEmpty else { return inserting(in: characters, at: 6) }
    if upper.firstMatch(of: #/\s*SELECT\s+(ALL\s+|DISTINCT\s+)?TOP\s+\d+\s+/#) != nil { return query }
    if let match = upper.firstMatch(of: #/\s*SELECT\s+(ALL\s+|DISTINCT\s+)/#) {
      let end = upper.unicodeScalars.distance(from: upper.startIndex, to: match.range.upperBound)
      return inserting(in: characters, at: end)
    }
    let flat = upper.replacing("\n", with: " ")
    guard let found = flat.firstRange(of: "SELECT ") else { return inserting(in: characters, at: 6) }
    return inserting(in: characters, at: flat.unicodeScalars.distance(from: flat.startIndex, to: found.lowerBound) + 7)
  }

  private static func inserting(in characters: [Unicode.Scalar], at index: Int) -> String {
    let index = min(index, characters.count)
    return text(characters[..<index]) + " TOP 2000 " + text(characters[index...])
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
