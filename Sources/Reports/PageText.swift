import HTTPTransport

/// Values as text for a page.
enum PageText {
  /// A relative address of a path: every component percent-encoded, so that no name can become an address of another scheme.
  static func address(_ path: String) -> String {
    "./" + path.split(separator: "/").map { PercentEncoding.encode($0) }.joined(separator: "/")
  }

  /// A programme number as people write it, without zeros in front.
  static func program(_ digits: String) -> String { Int(digits).map(String.init) ?? digits }

  /// `1 file`, `2 files`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// `12.3 MB`.
  static func byteCount(_ bytes: Int64) -> String {
    var (value, unit) = (Double(bytes), "B")
    for larger in ["kB", "MB", "GB", "TB"] where value >= 1000 { (value, unit) = (value / 1000, larger) }
    return unit == "B" ? "\(bytes) B" : "\((value * 10).rounded() / 10) \(unit)"
  }

  /// A number with at most three decimals.
  static func number(_ value: Double) -> String {
    guard abs(value) < 1e15 else { return String(value) }
    let rounded = (value * 1000).rounded() / 1000
    return rounded == rounded.rounded() ? String(Int64(rounded)) : String(rounded)
  }

  /// Different words in the order of their first appearance, not too many.
  static func list(_ words: [String], limit: Int = 4) -> String {
    var seen: Set<String> = []
    let distinct = words.filter { !$0.isEmpty && seen.insert($0).inserted }
    return distinct.prefix(limit).joined(separator: ", ")
      + (distinct.count > limit ? " and \(distinct.count - limit) more" : "")
  }
}
