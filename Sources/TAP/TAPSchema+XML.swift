import TableIO

extension TAPSchema {
  /// Reads a list of tables (VOSI 1.1, section 4), or one table alone, whose schema then has no name.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  static func schemas(reading bytes: [UInt8], url: String) throws(TAPError) -> [TAPSchema] {
    let root = try XMLTree(bytes, roots: ["tableset", "table"], what: "tables", url: url)
    if root.name.local == "table" { return [TAPSchema(name: "", tables: [TAPTable(root, schemaName: nil)])] }
    // The element between is not the standard's, but seen.
    let elements = root.elements("schema") + root.elements("schemas").flatMap { $0.elements("schema") }
    return elements.map { element in
      let name = element.words("name") ?? ""
      return TAPSchema(
        name: name, title: element.words("title"), description: element.words("description"),
        utype: element.words("utype"), tables: element.elements("table").map { TAPTable($0, schemaName: name) })
    }
  }
}

extension TAPTable {
  init(_ element: XMLTree, schemaName: String?) {
    self.init(name: element.words("name") ?? "", schemaName: schemaName)
    title = element.words("title")
    description = element.words("description")
    utype = element.words("utype")
    kind = element.attribute("type")
    rowCount = (element.words("nrows") ?? element.attribute("size")).flatMap { Int64($0) }
    byteCount = element.attribute("size_bytes").flatMap { Int64($0) }
    plusFlags = element.attribute("flags").flatMap { Int($0) }
    columns = element.elements("column").map(TAPColumn.init)
    foreignKeys = element.elements("foreignKey").map { key in
      TAPForeignKey(
        targetTable: key.words("targetTable") ?? "",
        columns: key.elements("fkColumn").map { pair in
          TAPForeignKey.ColumnPair(from: pair.words("fromColumn") ?? "", target: pair.words("targetColumn") ?? "")
        }, description: key.words("description"), utype: key.words("utype"))
    }
  }
}

extension TAPColumn {
  init(_ element: XMLTree) {
    self.init(name: element.words("name") ?? "")
    description = element.words("description")
    unit = element.words("unit")
    ucd = element.words("ucd")
    utype = element.words("utype")
    if let type = element.element("dataType") {
      datatype = type.words
      // A database type has its length apart.
      arraysize = type.attribute("arraysize") ?? type.attribute("size")
      xtype = type.attribute("extendedType")
    }
    flags = element.elements("flag").compactMap(\.words)
    isStandard = element.attribute("std") == "true" || element.attribute("std") == "1"
    plusFlags = element.attribute("flags").flatMap { Int($0) }
  }
}
