internal import GRDB
internal import Holdings

extension ArchiveTable {
  /// What an upsert does to a row that is already there.
  enum Conflict: Hashable {
    /// The new values take the place of the old ones.
    case replace
    /// Those of some columns do; the others were not said, and stay.
    case replaceOnly(Set<String>)
    /// New values win, but a missing one leaves the old one.
    case keepKnown
  }

  /// An identifier between double quotes.
  static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

  var quotedName: String { Self.quoted(name) }

  /// `row` counts rows in the order they arrived: the archive's order of answers.
  var creationSQL: String {
    let definitions = columns.map { "\(Self.quoted($0.name)) \($0.storage)" }.joined(separator: ", ")
    let unique = key.map(Self.quoted).joined(separator: ", ")
    return "CREATE TABLE \(quotedName) (\"row\" INTEGER PRIMARY KEY, \(definitions), UNIQUE (\(unique)))"
  }

  /// A statement with one parameter for each of the columns.
  func insertionSQL(columns: [Column], onConflict conflict: Conflict) -> String {
    let names = columns.map { Self.quoted($0.name) }
    let updates = columns.compactMap { column in
      let name = Self.quoted(column.name)
      return merged(column, with: "excluded." + name, onConflict: conflict).map { "\(name) = \($0)" }
    }
    let parameters = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let target = key.map(Self.quoted).joined(separator: ", ")
    return "INSERT INTO \(quotedName) (\(names.joined(separator: ", "))) VALUES (\(parameters)) "
      + "ON CONFLICT (\(target)) DO "
      + (updates.isEmpty ? "NOTHING" : "UPDATE SET " + updates.joined(separator: ", "))
  }

  /// What an upsert makes of a column of a row that is already there; `nil` where it leaves it alone.
  /// - Parameter value: the new value, in SQL.
  func merged(_ column: Column, with value: String, onConflict conflict: Conflict) -> String? {
    guard !key.contains(column.name) else { return nil }
    if case .replaceOnly(let said) = conflict, !said.contains(column.name) { return nil }
    // A right that is known is not taken back by silence.
    let keepsKnown = conflict == .keepKnown || column.name == DataRights.column
    return keepsKnown ? "COALESCE(\(value), \(Self.quoted(column.name)))" : value
  }
}

extension ArchiveTable.Column {
  var storage: String {
    if isIdentifier { return "INTEGER" }
    return switch type {
    case .integer, .boolean, .date: "INTEGER"
    case .real: "REAL"
    case .text: "TEXT"
    }
  }

  /// The value as the database keeps it; what does not fit the type is null.
  func databaseValue(_ cell: Cell) -> DatabaseValue {
    if isIdentifier { return cell.integerValue.databaseValue }
    return switch type {
    case .integer: cell.integerValue.databaseValue
    case .real: cell.realValue.flatMap { $0.isFinite ? $0 : nil }.databaseValue
    case .boolean: cell.booleanValue.databaseValue
    case .date: (cell.integerValue ?? cell.textValue.flatMap { MASTDate.milliseconds($0) }).databaseValue
    case .text: (cell == .text("") ? nil : cell.textValue).databaseValue
    }
  }

  /// The value as the archive's rows hold it; dates are milliseconds.
  func cell(_ value: DatabaseValue) -> Cell {
    switch value.storage {
    case .null, .blob: .null
    case .int64(let number):
      type == .boolean ? .boolean(number != 0) : type == .real ? .real(Double(number)) : .integer(number)
    case .double(let number): .real(number)
    case .string(let text): .text(text)
    }
  }
}

extension Optional where Wrapped: DatabaseValueConvertible {
  var databaseValue: DatabaseValue { self?.databaseValue ?? .null }
}
