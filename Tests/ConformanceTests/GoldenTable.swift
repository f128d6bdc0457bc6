/// A printed table taken apart, for comparisons that a rule of ``GoldenRules`` asks for.
///
/// Columns are right-justified one blank apart, so that each ends where its header ends.
struct GoldenTable: Equatable {
  var columns: [String]
  var rows: [[String]]

  init(_ text: String) {
    let lines = text.split(separator: "\n").map { Array($0.unicodeScalars) }
    guard let header = lines.first else {
      columns = []
      rows = []
      return
    }
    let ends = header.indices.filter { header[$0] != " " && ($0 + 1 == header.count || header[$0 + 1] == " ") }
    let cells = { (line: [Unicode.Scalar]) in
      ends.indices.map { position -> String in
        let start = position == 0 ? 0 : ends[position - 1] + 1
        let slice = line[min(start, line.count)..<min(ends[position] + 1, line.count)]
        var text = String(String.UnicodeScalarView(slice))[...]
        while text.first == " " { text = text.dropFirst() }
        return String(text)
      }
    }
    columns = cells(header)
    rows = lines.dropFirst().map(cells)
  }

  /// The cells of a row by column; `nil` when the table has no such column.
  func cell(_ row: [String], _ column: String) -> String? {
    columns.firstIndex(of: column).map { row[$0] }
  }

  /// The table without some columns.
  func dropping(_ isUnwanted: (String) -> Bool) -> GoldenTable {
    let kept = columns.indices.filter { !isUnwanted(columns[$0]) }
    var table = self
    table.columns = kept.map { columns[$0] }
    table.rows = rows.map { row in kept.map { row[$0] } }
    return table
  }

  /// The table without some rows.
  func filter(_ isWanted: ([String]) -> Bool) -> GoldenTable {
    var table = self
    table.rows = rows.filter(isWanted)
    return table
  }

  /// The table with its rows in the order of their text.
  var inAnyOrder: GoldenTable {
    var table = self
    table.rows.sort { $0.joined(separator: "\u{1}") < $1.joined(separator: "\u{1}") }
    return table
  }

  /// What tells a row's file: its path, name, or observation and type.
  func file(_ row: [String]) -> String {
    if let path = cell(row, "outfilename") { return String(path.split(separator: "/").last ?? "") }
    if let name = cell(row, "productFilename") { return name }
    return (cell(row, "obs_id") ?? "") + (cell(row, "filetype") ?? "") + (cell(row, "description") ?? "")
  }
}
