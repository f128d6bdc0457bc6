extension OutputBuffer {
  /// Adds all that stands before the rows of a VOTable, up to the last element before DATA.
  mutating func append(votableHead metadata: TableMetadata) {
    let identifiers = DocumentIdentifiers(metadata)
    let systems = metadata.coordinateSystems.filter { identifiers.isKnown($0.id) }
    let version = systems.contains { $0.needsVersion15 } ? "1.5" : "1.4"
    append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    append(element: "VOTABLE", [("version", version), ("xmlns", "http://www.ivoa.net/xml/VOTable/v1.3")])
    append(element: "RESOURCE", [("type", "results")])
    for info in metadata.infos { append(info, identifiers) }
    for system in systems {
      append(
        element: "COOSYS",
        [
          ("ID", system.id), ("system", system.system), ("equinox", system.equinox), ("epoch", system.epoch),
          ("refposition", system.refposition),
        ], isEmpty: true)
    }
    for system in metadata.timeSystems where identifiers.isKnown(system.id) {
      append(
        element: "TIMESYS",
        [
          ("ID", system.id), ("timeorigin", system.timeorigin), ("timescale", system.timescale ?? "UNKNOWN"),
          ("refposition", system.refposition ?? "UNKNOWN"),
        ], isEmpty: true)
    }
    append(
      element: "TABLE",
      [
        ("ID", identifiers.known(metadata.id)), ("name", metadata.name), ("ucd", metadata.ucd),
        ("utype", metadata.utype),
      ])
    append(description: metadata.description)
    for column in metadata.columns { append(column, "FIELD", nil, identifiers) }
    for param in metadata.params { append(param.column, "PARAM", param.value, identifiers) }
    for group in metadata.groups { append(group, identifiers) }
    for link in metadata.links { append(link) }
  }

  /// Adds the services that can be asked with values of the columns, which stand after the table.
  mutating func append(servicesOf metadata: TableMetadata) {
    guard !metadata.services.isEmpty else { return }
    let identifiers = DocumentIdentifiers(metadata)
    for service in metadata.services {
      append(element: "RESOURCE", [("name", service.name), ("type", "meta"), ("utype", "adhoc:service")])
      append(description: service.description)
      for param in service.params { append(param.column, "PARAM", param.value, identifiers) }
      append(element: "GROUP", [("name", "inputParams")])
      for param in service.inputs { append(param.column, "PARAM", param.value, identifiers) }
      append(utf8: "</GROUP>\n</RESOURCE>\n")
    }
  }

  /// Adds an INFO element.
  mutating func append(_ info: Info, _ identifiers: DocumentIdentifiers? = nil) {
    let attributes = [
      ("ID", identifiers?.known(info.id)), ("name", info.name), ("value", info.value), ("unit", info.unit),
      ("ucd", info.ucd), ("utype", info.utype),
    ]
    guard let content = info.content, !content.isEmpty else {
      return append(element: "INFO", attributes, isEmpty: true)
    }
    append(element: "INFO", attributes, lineEnd: "")
    append(xmlText: content)
    append("</INFO>\n")
  }

  private mutating func append(
    _ column: Column, _ element: String, _ value: String?, _ identifiers: DocumentIdentifiers
  ) {
    let attributes = [
      ("ID", identifiers.known(column.id)), ("name", column.name), ("datatype", column.datatype.rawValue),
      ("arraysize", column.shape.text), ("unit", column.unit), ("ucd", column.ucd), ("utype", column.utype),
      ("xtype", column.xtype), ("ref", identifiers.reference(column.ref)),
      ("width", column.width.flatMap { $0 > 0 ? String($0) : nil }),
      ("precision", column.precision.flatMap { $0.isPrecision ? $0 : nil }), ("value", value),
    ]
    let literal = column.datatype.isInteger ? column.nullLiteral : nil
    let isEmpty = (column.description ?? "").isEmpty && column.domain == nil && literal == nil && column.links.isEmpty
    append(element: element, attributes, isEmpty: isEmpty)
    guard !isEmpty else { return }
    append(description: column.description)
    append(column.domain, literal)
    for link in column.links { append(link) }
    append(utf8: "</\(element)>\n")
  }

  private mutating func append(_ domain: ValueDomain?, _ literal: Int64?) {
    guard domain != nil || literal != nil else { return }
    append(element: "VALUES", [("null", literal.map(String.init))], isEmpty: domain == nil)
    guard let domain else { return }
    for (element, bound) in [("MIN", domain.minimum), ("MAX", domain.maximum)] {
      guard let bound else { continue }
      append(
        element: element, [("value", bound.value), ("inclusive", bound.isInclusive ? nil : "no")], isEmpty: true)
    }
    for option in domain.options {
      append(element: "OPTION", [("name", option.name), ("value", option.value)], isEmpty: true)
    }
    append("</VALUES>\n")
  }

  private mutating func append(_ group: Group, _ identifiers: DocumentIdentifiers) {
    append(
      element: "GROUP",
      [("ID", identifiers.known(group.id)), ("name", group.name), ("ucd", group.ucd), ("utype", group.utype)])
    append(description: group.description)
    for reference in group.columnRefs.compactMap(identifiers.reference) {
      append(element: "FIELDref", [("ref", reference)], isEmpty: true)
    }
    for reference in group.paramRefs.compactMap(identifiers.reference) {
      append(element: "PARAMref", [("ref", reference)], isEmpty: true)
    }
    for param in group.params { append(param.column, "PARAM", param.value, identifiers) }
    for inner in group.groups { append(inner, identifiers) }
    append("</GROUP>\n")
  }

  private mutating func append(_ link: Link) {
    append(
      element: "LINK",
      [
        ("href", link.href), ("content-role", link.contentRole), ("content-type", link.contentType),
        ("title", link.title),
      ], isEmpty: true)
  }

  private mutating func append(description: String?) {
    guard let description, !description.isEmpty else { return }
    append("<DESCRIPTION>")
    append(xmlText: description)
    append("</DESCRIPTION>\n")
  }

  private mutating func append(xmlText text: String) {
    var text = text
    text.withUTF8 { append(xml: $0) }
  }

  /// Adds a start tag, with the attributes that have a value.
  private mutating func append(
    element: String, _ attributes: [(name: String, value: String?)], isEmpty: Bool = false, lineEnd: String = "\n"
  ) {
    append(utf8: "<" + element)
    for attribute in attributes {
      guard let value = attribute.value else { continue }
      append(utf8: " \(attribute.name)=\"")
      append(xmlAttribute: value)
      append(UInt8(ascii: "\""))
    }
    append(utf8: (isEmpty ? "/>" : ">") + lineEnd)
  }
}

extension CoordinateSystem {
  /// Whether the schema of VOTable 1.4 has no place for it: that has the old frames only and no reference position.
  fileprivate var needsVersion15: Bool {
    let old = [
      "eq_FK4", "eq_FK5", "ICRS", "ecl_FK4", "ecl_FK5", "galactic", "supergalactic", "xy", "barycentric", "geo_app",
    ]
    return refposition != nil || system.map { !old.contains($0) } ?? false
  }
}

extension String {
  /// Whether VOTable takes it as a precision: digits, after `E` or `F` if need be.
  fileprivate var isPrecision: Bool {
    let digits = first == "E" || first == "F" ? dropFirst() : self[...]
    return !digits.isEmpty && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
