import HTTPTransport

/// The form that changes the description of a user's table. The service wants all columns, changed or not.
struct TableEdit {
  private let table: String
  private let changes: [TableChange]

  /// Checks changes as far as is possible without knowing the table.
  /// - Throws: ``TAPError`` of kind `.badRequest`.
  init(_ table: String, _ changes: [TableChange]) throws(TAPError) {
    guard !table.isEmpty else { throw TAPError(.badRequest, "Say which table is to be changed.") }
    guard !changes.isEmpty else { throw TAPError(.badRequest, "Say what is to be changed in '\(table)'.") }
    guard Set(changes.map { [$0.column, $0.value.field] }).count == changes.count else {
      throw TAPError(.badRequest, "The same field of a column is changed twice. Leave one of the changes out.")
    }
    guard changes.contains(where: { $0.value == .flags(.ra) }) == changes.contains(where: { $0.value == .flags(.dec) })
    else {
      throw TAPError(
        .badRequest,
        "A position is two columns: give one of them the flag Ra and another the flag Dec in the same change.")
    }
    self.table = table
    self.changes = changes
  }

  /// The form for a table of these columns.
  /// - Throws: ``TAPError`` of kind `.notFound` when a changed column is not among them.
  func form(for columns: [TAPColumn]) throws(TAPError) -> FormBody {
    guard !columns.isEmpty else { throw TAPError(.notFound, "The service lists no columns of the table '\(table)'.") }
    for change in changes where !columns.contains(where: { Self.isSame($0.name, change.column) }) {
      throw TAPError(
        .notFound,
        "The table '\(table)' has no column '\(change.column)'. Its columns are \(columns.map(\.name).joined(separator: ", "))."
      )
    }
    var form: FormBody = FormBody([
      "ACTION": "edit", "NUMTABLES": "1", "TABLE0_NUMCOLS": "\(columns.count)", "TABLE0": table,
    ])
    for (index, column) in columns.enumerated() {
      let changed = changes.filter { Self.isSame(column.name, $0.column) }.reduce(Edited(column)) {
        $0.applying($1.value)
      }
      let prefix = "TABLE0_COL\(index)"
      form.append(prefix, column.name)
      form.append(prefix + "_UCD", changed.ucd)
      form.append(prefix + "_UTYPE", changed.utype)
      form.append(prefix + "_INDEXED", changed.isIndexed ? "True" : "False")
      form.append(prefix + "_FLAGS", (changed.newFlag ?? changed.oldFlag)?.rawValue ?? "None")
    }
    return form
  }

  private static func isSame(_ listed: String, _ asked: String) -> Bool {
    listed == asked || listed == "\"\(asked)\""
  }

  /// A column with its changes.
  private struct Edited {
    private let column: TAPColumn
    var ucd: String
    var utype: String
    var newFlag: ColumnFlag?
    var newIndex: Bool?

    init(_ column: TAPColumn) {
      self.column = column
      ucd = column.ucd ?? ""
      utype = column.utype ?? ""
    }

    func applying(_ value: TableChange.Value) -> Edited {
      var edited = self
      switch value {
      case .utype(let text): edited.utype = text
      case .ucd(let text): edited.ucd = text
      case .flags(let flag): edited.newFlag = flag
      case .indexed(let isIndexed): edited.newIndex = isIndexed
      }
      return edited
    }

    var oldFlag: ColumnFlag? { column.plusFlags.flatMap(ColumnFlag.init(code:)) }

    /// Source: the recorded behaviour of ESA's own client.
    var isIndexed: Bool {
      let wasKey = oldFlag?.isIndexed ?? false
      guard let newFlag else { return newIndex ?? (column.isIndexed || wasKey) }
      if newFlag == .none { return newIndex ?? false }
      return wasKey || (newIndex ?? column.isIndexed)
    }
  }
}
