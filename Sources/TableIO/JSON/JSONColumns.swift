/// Column descriptions as the archives' JSON has them.
enum JSONColumns {
  /// Reads a list of descriptions: ESA's `metadata`, MAST's `fields`, `Fields` and `Columns`.
  /// - Returns: `nil` when the value is no such list.
  static func columns(_ value: JSONValue) -> [Column]? {
    guard let entries = value.arrayValue else { return nil }
    var columns: [Column] = []
    for entry in entries {
      if let name = entry.stringValue {
        columns.append(Column(name, .unicodeChar, shape: .variable))
      } else if let column = column(entry) {
        columns.append(column)
      } else {
        return nil
      }
    }
    return columns
  }

  private static func column(_ entry: JSONValue) -> Column? {
    let details = entry["ExtendedProperties"]
    func text(_ name: String) -> String? {
      let text = entry[name]?.stringValue ?? details?["vot." + name]?.stringValue
      return text == "" ? nil : text
    }
    guard let name = text("name") ?? text("dataIndex") ?? text("column_name") else { return nil }
    let type = datatype(entry, details)
    var shape = ArrayShape(text("arraysize")) ?? .scalar
    // Services leave the size of text out; a text of one character is a text all the same.
    if type.isText, shape.isScalar { shape = .variable }
    return Column(
      name, type, shape: shape, xtype: text("xtype"), unit: text("unit"), ucd: text("ucd"), utype: text("utype"),
      description: text("description"))
  }

  /// VOTable's names, and those of MAST and of databases; anything else is text.
  private static func datatype(_ entry: JSONValue, _ details: JSONValue?) -> Datatype {
    if let name = entry["datatype"]?.stringValue ?? details?["vot.datatype"]?.stringValue,
      let type = Datatype(rawValue: name)
    {
      return type
    }
    // MAST's own names: its float holds modified Julian dates and its int identifiers beyond 32 bits.
    switch (entry["type"] ?? entry["datatype"])?.stringValue?.lowercased() {
    case "boolean", "bool": return .boolean
    case "int", "integer", "long", "bigint", "smallint", "short": return .long
    case "float", "double", "number", "numeric", "decimal", "real": return .double
    default: return .unicodeChar
    }
  }
}
