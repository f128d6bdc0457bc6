/// Writes tables in astropy's enhanced character-separated values, version 1.0.
struct ECSVTable {
  private var lines: [String]

  init(columns: [(name: String, type: String, unit: String?)]) {
    lines = ["# %ECSV 1.0", "# ---", "# datatype:"]
    for column in columns {
      let unit = column.unit.map { ", unit: \($0)" } ?? ""
      lines.append("# - {name: \(column.name)\(unit), datatype: \(column.type)}")
    }
    lines.append("# schema: astropy-2.0")
    lines.append(columns.map(\.name).joined(separator: " "))
  }

  mutating func append(_ row: [String]) { lines.append(row.joined(separator: " ")) }

  var text: String { lines.joined(separator: "\n") + "\n" }
}

/// A number with a fixed count of decimals.
func decimal(_ value: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 9e18 else { return value.description }
  let digits = String(Int64(scaled))
  let long = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return (value < 0 && scaled != 0 ? "-" : "") + long.dropLast(decimals) + "." + long.suffix(decimals)
}
