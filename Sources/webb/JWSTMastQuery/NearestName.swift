/// The name that someone may have meant.
enum NearestName {
  /// The most similar of some names, `nil` when none is similar.
  static func of(_ name: String, among names: [String]) -> String? {
    let wanted = Array(DropInOption.folded(name).unicodeScalars.prefix(60))
    let distances = names.map { name in
      let letters = Array(DropInOption.folded(name).unicodeScalars)
      // A name may be cut short as well as misspelt.
      let beginning = distance(wanted, Array(letters.prefix(wanted.count)))
      return (name: name, distance: min(distance(wanted, letters), wanted.count > 3 ? beginning : .max))
    }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, wanted.count / 3) ? best.name : nil
  }

  /// A question to append to a message, empty when nothing is similar.
  static func question(_ name: String, among names: [String]) -> String {
    of(name, among: names).map { " Did you mean \($0)?" } ?? ""
  }

  /// The number of letters to insert, remove or replace.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}
