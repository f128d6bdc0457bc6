/// Finds what may have been meant by a misspelt word.
enum Spelling {
  /// The candidate that is nearest to a word, if one is near enough: one slip in four letters, one at least, three at most.
  /// Words of one or two letters are like too many others.
  ///
  /// - Parameters:
  ///   - word: what was written; case does not matter.
  ///   - candidates: what is known.
  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().utf8)
    guard (3...100).contains(letters.count) else { return nil }
    let tolerance = min(3, max(1, (letters.count + 1) / 4))
    var best: (distance: Int, candidate: String)?
    for candidate in candidates where abs(candidate.utf8.count - letters.count) <= tolerance {
      let distance = distance(letters, Array(candidate.lowercased().utf8))
      if distance <= tolerance, distance < (best?.distance ?? .max) { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// The number of slips between two words: a letter too many, missing, wrong, or two letters exchanged.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
        row.append(least)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
