/// The name that somebody meant who wrote another one.
enum NearestName {
  /// The candidate that is nearest to a name, when one is near enough to be worth a mention.
  static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let written = Array(name.asciiLowercased.utf8.prefix(64))
    let limit = max(1, min(3, written.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.asciiLowercased.utf8.prefix(64))
      guard abs(other.count - written.count) <= limit else { continue }
      let distance = distance(written, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// How many letters must be put in, left out, changed or swapped with their neighbour.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
