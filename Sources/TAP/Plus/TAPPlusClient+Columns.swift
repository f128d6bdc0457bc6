import HTTPTransport

extension TAPPlusClient {
  /// The columns of a table, as far as their editing needs them.
  /// - Throws: ``TAPError`` of kind `.notFound` when the service shows no such table; `CancellationError`.
  func columns(of table: String) async throws -> [TableEdit.Column] {
    let response = try await connection.get("tables", query: FormBody(["tables": table]))
    let root = try XMLTree(response.body, roots: ["tableset"], what: "tables", url: response.url)
    guard let element = Self.table(table, in: root) else {
      throw TAPError(
        .notFound,
        "The service shows no table '\(table)'. Check its name, with the schema, and whether you are logged in.",
        url: response.url)
    }
    return element.elements("column").map(TableEdit.Column.init)
  }

  /// A table by its name: the one that the service answers with, or one of many when it does not choose.
  private static func table(_ name: String, in root: XMLTree) -> XMLTree? {
    let tables = (root.elements("schema") + [root]).flatMap { schema in
      schema.elements("table").map { (schema: schema.words("name"), table: $0) }
    }
    if tables.count == 1 { return tables[0].table }
    return tables.first { entry in
      let own = entry.table.words("name") ?? ""
      let names = [own, (entry.schema ?? "") + "." + own].map { $0.lowercased() }
      return names.contains(name.lowercased())
    }?.table
  }
}

extension TableEdit.Column {
  fileprivate init(_ element: XMLTree) {
    name = element.words("name") ?? ""
    ucd = element.words("ucd") ?? ""
    utype = element.words("utype") ?? ""
    flag = element.attribute("flags").flatMap { Int($0) }.flatMap(ColumnFlag.init(code:))
    isIndexed = element.elements("flag").contains { $0.words == "indexed" }
  }
}
