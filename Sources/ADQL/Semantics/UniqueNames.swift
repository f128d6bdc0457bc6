/// Gives names of which no two are alike, case left aside.
struct UniqueNames {
  private var taken: Set<String> = []
  /// The number to try next behind a name that was asked for before.
  private var next: [String: Int] = [:]

  init(taken names: some Sequence<String> = []) { taken = Set(names.map(\.asciiLowercased)) }

  /// A name, with a number behind it when it is taken: `ra`, `ra_2`, `ra_3`.
  mutating func name(_ base: String) -> String {
    let key = base.asciiLowercased
    guard !taken.insert(key).inserted else { return base }
    // Counting goes on where it ended: a name asked for ten thousand times would else be counted through each time.
    var number = next[key] ?? 2
    while !taken.insert("\(key)_\(number)").inserted { number += 1 }
    next[key] = number + 1
    return "\(base)_\(number)"
  }
}
