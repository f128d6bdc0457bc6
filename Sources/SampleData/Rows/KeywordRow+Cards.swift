import Holdings
import SkyGeometry

extension KeywordRow {
  /// Makes a row from a file's header: each keyword that the service knows becomes a cell of the column's type.
  init(service: KeywordService, cards: [FITSCard]) {
    var types: [String: ColumnType] = [:]
    for column in service.columns { types[column.name] = column.type }
    var cells: [String: Cell] = [:]
    for card in cards {
      let name =
        card.name == "FILENAME" ? service.filenameColumn : String(card.name.lowercased().map { $0 == "-" ? "_" : $0 })
      guard let type = types[name] else { continue }
      if type == .date {
        guard case .text(let text) = card.value, let date = ModifiedJulianDate(iso: text) else { continue }
        cells.setDate(name, date.unixMilliseconds, known: types)
      } else if let cell = card.value.cell(type) {
        cells[name] = cell
      }
    }
    // The services give the full time where the header has the day alone.
    if case .integer(let start)? = cells["date_beg"] { cells.setDate("date_obs", start, known: types) }
    self.init(service: service, cells: cells)
  }

  /// Sets a date column and its twin in days.
  mutating func setDate(_ name: String, _ milliseconds: Int64) {
    cells[name] = .integer(milliseconds)
    cells[name + "_mjd"] = .real(ModifiedJulianDate(unixMilliseconds: milliseconds).rawValue)
  }
}

extension [String: Cell] {
  fileprivate mutating func setDate(_ name: String, _ milliseconds: Int64, known: [String: ColumnType]) {
    self[name] = .integer(milliseconds)
    if known[name + "_mjd"] != nil {
      self[name + "_mjd"] = .real(ModifiedJulianDate(unixMilliseconds: milliseconds).rawValue)
    }
  }
}

extension FITSCard.Value {
  /// The value in a column of a type; the services declare truth values of headers as text, `t` and `f`.
  fileprivate func cell(_ type: ColumnType) -> Cell? {
    let plain: Cell
    switch self {
    case .text(let text): plain = .text(text)
    case .integer(let value): plain = .integer(value)
    case .real(let value): plain = .real(value)
    case .logical(let flag): plain = type == .boolean ? .boolean(flag) : .text(flag ? "t" : "f")
    case .remark: return nil
    }
    switch type {
    case .integer: return plain.integerValue.map(Cell.integer)
    case .real: return plain.realValue.map(Cell.real)
    case .text: return plain.textValue.map(Cell.text)
    case .boolean: return plain
    case .date: return nil
    }
  }
}
