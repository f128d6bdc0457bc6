internal import GRDB
internal import Holdings

/// A condition in SQL with its bound arguments.
struct SQLCondition {
  var sql: String
  var arguments: [DatabaseValue] = []

  /// Conditions that all have to hold.
  static func all(_ conditions: [SQLCondition]) -> SQLCondition {
    guard !conditions.isEmpty else { return SQLCondition(sql: "1") }
    return SQLCondition(
      sql: conditions.map { "(\($0.sql))" }.joined(separator: " AND "), arguments: conditions.flatMap(\.arguments))
  }
}

extension Filter {
  /// The condition in SQL.
  /// - Throws: ``LocalArchiveError`` of kind `unknownColumn` or `unsuitableValue`.
  func condition(in table: ArchiveTable) throws(LocalArchiveError) -> SQLCondition {
    let column = try table.column(named: column)
    let name = ArchiveTable.quoted(column.name)
    try checkSize()
    var parts: [SQLCondition] = []
    if !values.isEmpty {
      if let separator, !separator.isEmpty, !column.isNumeric {
        parts += values.map { part(of: name, equals: $0, separator: separator) }
      } else {
        parts.append(try equality(column, name))
      }
    }
    for range in ranges { parts.append(try condition(range, column, name)) }
    if let pattern {
      parts.append(
        SQLCondition(sql: "\(name) LIKE ? ESCAPE '\\'", arguments: [Self.likePattern(pattern).databaseValue]))
    }
    // Without any wish there is nothing that could fit.
    guard !parts.isEmpty else { return SQLCondition(sql: "0") }
    return SQLCondition(
      sql: parts.map { "(\($0.sql))" }.joined(separator: " OR "), arguments: parts.flatMap(\.arguments))
  }

  /// Keeps a request from asking more than SQLite takes, or for a pattern that matches only after ages.
  private func checkSize() throws(LocalArchiveError) {
    let isSplit = separator?.isEmpty == false
    guard values.count <= (isSplit ? 500 : 10_000), ranges.count <= 400 else {
      throw LocalArchiveError(
        .unsuitableValue, "The filter on '\(column)' has too many values. Ask for fewer at a time.")
    }
    guard let pattern else { return }
    guard pattern.utf8.count <= 1000, pattern.utf8.count(where: { $0 == 0x25 || $0 == 0x2a }) <= 8 else {
      throw LocalArchiveError(
        .unsuitableValue, "The pattern for '\(column)' is too long or has more than 8 wildcards.")
    }
  }

  private func equality(_ column: ArchiveTable.Column, _ name: String) throws(LocalArchiveError) -> SQLCondition {
    var arguments: [DatabaseValue] = []
    for value in values {
      let cell = Cell.text(value)
      if column.name == "proposal_id" {
        arguments.append(String(value.drop { $0 == "0" || $0 == " " }).databaseValue)
      } else if column.type == .boolean {
        guard let truth = cell.booleanValue ?? cell.integerValue.flatMap({ Cell.integer($0).booleanValue }) else {
          throw unsuitable(value, column)
        }
        arguments.append(truth.databaseValue)
      } else if column.isNumeric {
        if let number = cell.integerValue ?? MASTDate.milliseconds(value) {
          arguments.append(number.databaseValue)
        } else if let number = cell.realValue, number.isFinite {
          arguments.append(number.databaseValue)
        } else {
          throw unsuitable(value, column)
        }
      } else {
        arguments.append(value.databaseValue)
      }
    }
    let left =
      column.name == "proposal_id"
      ? "ltrim(\(name), '0')" : column.isNumeric || column.type == .boolean ? name : name + " COLLATE NOCASE"
    let list = Array(repeating: "?", count: values.count).joined(separator: ", ")
    return SQLCondition(sql: "\(left) IN (\(list))", arguments: arguments)
  }

  /// One of the parts between separators equals a value; blanks after separators do not count.
  private func part(of name: String, equals value: String, separator: String) -> SQLCondition {
    let pattern = "%" + Self.escaped(separator) + Self.escaped(value) + Self.escaped(separator) + "%"
    return SQLCondition(
      sql: "(? || replace(\(name), ? || ' ', ?) || ?) LIKE ? ESCAPE '\\'",
      arguments: [separator, separator, separator, separator, pattern].map(\.databaseValue))
  }

  private func condition(
    _ range: Range, _ column: ArchiveTable.Column, _ name: String
  ) throws(LocalArchiveError) -> SQLCondition {
    guard column.isNumeric else {
      throw LocalArchiveError(
        .unsuitableValue,
        "The column '\(column.name)' is \(column.type.rawValue), so it has no range. Give values instead.")
    }
    var condition = SQLCondition(sql: "\(name) IS NOT NULL")
    if let min = range.min, min != -.infinity {
      condition.sql += " AND \(name) >= ?"
      condition.arguments.append(min.databaseValue)
    }
    if let max = range.max, max != .infinity {
      condition.sql += " AND \(name) <= ?"
      condition.arguments.append(max.databaseValue)
    }
    return condition
  }

  private func unsuitable(_ value: String, _ column: ArchiveTable.Column) -> LocalArchiveError {
    LocalArchiveError(
      .unsuitableValue,
      "'\(value.prefix(60))' is not a value of the column '\(column.name)', which is \(column.type.rawValue).")
  }

  /// A LIKE pattern in which only `%` (and `*`, which means the same) stand for other characters.
  static func likePattern(_ pattern: String) -> String {
    escaped(pattern, keepingPercent: true).replacing("*", with: "%")
  }

  private static func escaped(_ text: String, keepingPercent: Bool = false) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("_", with: "\\_")
    return keepingPercent ? escaped : escaped.replacing("%", with: "\\%")
  }
}
