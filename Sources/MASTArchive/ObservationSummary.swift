import Holdings

/// One line of the summary: an observation number of a programme and what was selected of it.
public struct ObservationSummary: Sendable, Hashable {
  /// Programme number.
  public var program: Int?
  /// Observation number, `nil` for the line of products whose number is unknown.
  public var obsnum: Int?
  /// Selected products by file type, in the order of ``ProductSelection/fileTypes``.
  public var counts: [Int]
  /// Start of the first observation as ISO text, UTC.
  public var dateStart: String?

  /// The lines in the order they arise.
  static func summaries(of selection: ProductSelection) -> [ObservationSummary] {
    let counts = CountTable(selection)
    var lines: [ObservationSummary] = []
    var programs: [Int?] = []
    for row in selection.observations where !programs.contains(row.program) { programs.append(row.program) }
    for program in programs {
      let rows = selection.observations.filter { $0.program == program }
      var numbers: [Int?] = []
      for row in rows where row.obsnum != nil && !numbers.contains(row.obsnum) { numbers.append(row.obsnum) }
      if rows.contains(where: { $0.obsnum == nil }) { numbers.append(nil) }
      for number in numbers {
        let members = rows.filter { $0.obsnum == number }
        lines.append(
          ObservationSummary(
            program: program, obsnum: number,
            counts: selection.fileTypes.map { type in
              members.reduce(0) { $0 + (counts[$1.observation.obsid, type] ?? 0) }
            },
            dateStart: members.compactMap(\.dateMin).min()))
      }
    }
    return lines
  }

  /// The columns that usually order the lines.
  static let usualOrder = ["date_start", "proposal_id", "obsnum"]

  /// Lines in the order of columns of their table.
  static func sorted(_ lines: [Self], by order: [String] = usualOrder, of selection: ProductSelection) -> [Self] {
    RowOrder.sorted(lines) { line in order.map { line.cell(named: $0, selection.fileTypes) } }
  }

  /// The value in a column of the table: a count under its file type, null under names that are no columns.
  func cell(named name: String, _ fileTypes: [String?]) -> Cell {
    switch name {
    case "proposal_id": Cell(program)
    case "obsnum": Cell(obsnum)
    case "date_start": Cell(dateStart)
    default: Cell(fileTypes.firstIndex { ($0 ?? "NaN") == name }.map { counts[$0] })
    }
  }
}
