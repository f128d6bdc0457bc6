/// Sizes for people: decimal units, three figures.
enum ByteCount {
  static func text(_ bytes: Int64) -> String {
    var value = Double(bytes)
    var unit = 0
    let units = ["B", "kB", "MB", "GB", "TB"]
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    if unit == 0 { return "\(bytes) B" }
    let decimals = value < 9.995 ? 100.0 : value < 99.95 ? 10.0 : 1.0
    let rounded = (value * decimals).rounded() / decimals
    let text = decimals == 1 ? String(Int(rounded)) : rounded.description
    return "\(text) \(units[unit])"
  }
}
