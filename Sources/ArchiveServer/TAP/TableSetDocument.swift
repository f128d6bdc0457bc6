internal import LocalArchive

/// The tables of a service. Source: VOSI 1.1, section 4; VODataService 1.2, section 3; TAP+'s attributes beside them.
///
/// The children of the root are in no name space and have no prefix, as TapPlus compares raw names. It fails where a column has no
/// `esatapplus:flags`, which the standard's schema has no place for: there are two dialects.
struct TableSetDocument {
  /// How much to tell.
  enum Detail { case tables, columns }

  /// What the archive shows.
  let schema: ArchiveSchema
  /// Whether TAP+'s attributes are written.
  let isPlus: Bool

  private var namespaces: XMLText.Attributes {
    [
      "xmlns:vosi": "http://www.ivoa.net/xml/VOSITables/v1.0", "xmlns:vs": "http://www.ivoa.net/xml/VODataService/v1.1",
      "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
      "xmlns:esatapplus": isPlus ? "http://esa.int/xml/EsaTapPlus" : nil,
    ]
  }

  /// All tables, or some.
  func tableSet(detail: Detail, _ isWanted: (ArchiveSchema.Table) -> Bool = { _ in true }) -> XMLText {
    var xml = XMLText()
    xml.element("vosi:tableset", namespaces) { xml in
      for group in schema.groups {
        let tables = schema.tables.filter { $0.group == group.name && isWanted($0) }
        guard !tables.isEmpty else { continue }
        xml.element("schema", ["esatapplus:public": isPlus ? "true" : nil]) { xml in
          xml.element("name", group.name)
          xml.element("description", group.description)
          if let utype = group.utype { xml.element("utype", utype) }
          for table in tables {
            xml.element("table", attributes(table)) { append(table, detail, to: &$0) }
          }
        }
      }
    }
    return xml
  }

  /// One table, the root of its document.
  func table(_ table: ArchiveSchema.Table) -> XMLText {
    var xml = XMLText()
    xml.element("vosi:table", namespaces) { append(table, .columns, to: &$0) }
    return xml
  }

  private func attributes(_ table: ArchiveSchema.Table) -> XMLText.Attributes {
    ["type": table.isView ? "view" : "table", "esatapplus:flags": isPlus ? "1" : nil]
  }

  private func append(_ table: ArchiveSchema.Table, _ detail: Detail, to xml: inout XMLText) {
    xml.element("name", table.name)
    xml.element("description", table.description)
    if let utype = table.utype { xml.element("utype", utype) }
    guard detail == .columns else { return }
    for column in table.columns { append(column, to: &xml) }
    for key in table.foreignKeys {
      xml.element("foreignKey") { xml in
        xml.element("targetTable", key.target)
        for (from, to) in zip(key.from, key.to) {
          xml.element("fkColumn") { xml in
            xml.element("fromColumn", from)
            xml.element("targetColumn", to)
          }
        }
      }
    }
  }

  private func append(_ column: ArchiveSchema.Column, to xml: inout XMLText) {
    let attributes: XMLText.Attributes = [
      "std": column.isStandard ? "true" : "false", "esatapplus:flags": isPlus ? String(column.plusMark) : nil,
    ]
    xml.element("column", attributes) { xml in
      xml.element("name", column.queryName)
      xml.element("description", column.description)
      if let unit = column.unit { xml.element("unit", unit) }
      if let ucd = column.ucd { xml.element("ucd", ucd) }
      if let utype = column.utype { xml.element("utype", utype) }
      xml.element(
        "dataType",
        ["xsi:type": "vs:VOTableType", "arraysize": column.arraySize, "extendedType": column.xtype],
        column.datatype)
      if column.isIndexed { xml.element("flag", "indexed") }
    }
  }
}

extension ArchiveSchema.Column {
  /// TAP+'s mark of a column: 1 for right ascension, 2 for declination, and what owners say of their tables' columns.
  fileprivate var plusMark: Int {
    if let plusFlags { return plusFlags }
    return switch ucd {
    case "pos.eq.ra;meta.main": 1
    case "pos.eq.dec;meta.main": 2
    default: 0
    }
  }
}
