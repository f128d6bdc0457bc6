internal import LocalArchive
internal import TableIO

/// What TAP+'s form says of the columns of one table: flags, UCDs, utypes and indexes.
struct TableDescriptionEdit {
  private struct Change {
    var column: String
    var ucd: String?
    var utype: String?
    var isIndexed: Bool
    var flag: UserTable.Flag
  }

  let table: String
  private var changes: [Change] = []

  /// Reads the fields `TABLE0`, `TABLE0_NUMCOLS`, `TABLE0_COL0`, `TABLE0_COL0_UCD` and so on.
  init(_ form: RequestForm, prefix: String) throws(ServiceError) {
    table = try form.required(prefix)
    // Looked up once: a form may have thousands of fields.
    let fields = Dictionary(
      form.items.map { ($0.name.uppercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    let count = try form.requiredNumber(prefix + "_NUMCOLS")
    guard (1...2000).contains(count) else { throw ServiceError(400, "\(prefix)_NUMCOLS is from 1 to 2000.") }
    for index in 0..<count {
      let name = "\(prefix)_COL\(index)"
      guard let column = fields[name], !column.isEmpty else {
        throw ServiceError(400, "The parameter \(name) is missing.")
      }
      let word = fields[name + "_FLAGS"] ?? ""
      guard let flag = UserTable.Flag(word: word) else {
        throw ServiceError(400, "\(name)_FLAGS is Ra, Dec, Flux, Mag, PK or nothing.")
      }
      let isKey = [.ra, .dec, .primaryKey].contains(flag)
      changes.append(
        Change(
          column: column, ucd: Self.text(fields[name + "_UCD"]), utype: Self.text(fields[name + "_UTYPE"]),
          isIndexed: isKey || fields[name + "_INDEXED"]?.lowercased() == "true", flag: flag))
    }
  }

  /// Clients write `None` for what is not there.
  private static func text(_ value: String?) -> String? {
    guard let value, !value.isEmpty, value != "None" else { return nil }
    return String(
      value.unicodeScalars.lazy.filter { $0.properties.generalCategory != .control }.prefix(200).map(Character.init))
  }

  /// Changes the columns that the form lists.
  func apply(to columns: inout [UserTable.Column]) throws {
    for change in changes {
      let index = try columns.place(of: change.column)
      columns[index].field.ucd = change.ucd
      columns[index].field.utype = change.utype
      columns[index].isIndexed = change.isIndexed
      columns[index].flag = change.flag
    }
    let positions = columns.filter { $0.flag == .ra || $0.flag == .dec }
    guard positions.isEmpty || Set(positions.map(\.flag)).count == 2 && positions.count == 2 else {
      throw ServiceError(400, "A position is one column with the flag Ra and one with the flag Dec.")
    }
    try Self.checkNumbers(positions)
  }

  /// Makes two columns the position of the table's rows, in place of those that were.
  static func setPosition(ra: String, dec: String, in columns: inout [UserTable.Column]) throws {
    let (ra, dec) = (try columns.place(of: ra), try columns.place(of: dec))
    guard ra != dec else { throw ServiceError(400, "Right ascension and declination are two columns.") }
    try checkNumbers([columns[ra], columns[dec]])
    for index in columns.indices where columns[index].flag == .ra || columns[index].flag == .dec {
      columns[index].flag = .none
      columns[index].isIndexed = false
    }
    columns[ra].flag = .ra
    columns[dec].flag = .dec
    columns[ra].isIndexed = true
    columns[dec].isIndexed = true
  }

  private static func checkNumbers(_ columns: [UserTable.Column]) throws(ServiceError) {
    for column in columns {
      let field = column.field
      guard field.elementShape.isScalar, field.datatype.isInteger || [.float, .double].contains(field.datatype) else {
        throw ServiceError(400, "The column '\(field.name)' holds no numbers, so that it is no part of a position.")
      }
    }
  }
}
