extension VOTableReader {
  /// The most bytes of all metadata of a document.
  private static var metadataLimit: Int { 64 << 20 }

  /// Counts what is kept of the document beside its rows.
  mutating func charge(_ byteCount: Int) throws(TableIOError) {
    metadataByteCount += byteCount + 200
    guard metadataByteCount <= Self.metadataLimit else {
      throw xml.failure("The document has more than \(Self.metadataLimit) bytes of metadata.", .limit)
    }
  }

  private mutating func chargeAttributes() throws(TableIOError) {
    try charge(xml.attributes.reduce(0) { $0 + $1.value.utf8.count })
  }

  mutating func readInfo() throws(TableIOError) -> Info {
    try chargeAttributes()
    var info = Info(
      name: xml.attribute("name") ?? "", value: xml.attribute("value") ?? "", id: xml.attribute("ID"),
      unit: xml.attribute("unit"), ucd: xml.attribute("ucd"), utype: xml.attribute("utype"))
    if xml.attribute("name") == nil { try log.report("An INFO has no name.", xml.position) }
    let place = xml.position
    let content = try readText()
    info.content = content.isEmpty ? nil : content
    let isError = info.value.uppercased() == "ERROR" && info.name.uppercased() == "QUERY_STATUS"
    if isError, options.throwsServiceErrors {
      throw TableIOError(
        .serviceError, content.isEmpty ? "The service reports an error without a message." : content, line: place.line,
        column: place.column)
    }
    // The simple protocols before DALI put the message into an INFO or PARAM of this name.
    if info.name.lowercased() == "error" { errorNotes.append(content.isEmpty ? info.value : content) }
    return info
  }

  mutating func readLink() throws(TableIOError) -> Link {
    try chargeAttributes()
    let link = Link(
      href: xml.attribute("href"), contentRole: xml.attribute("content-role"),
      contentType: xml.attribute("content-type"), title: xml.attribute("title"))
    try skipElement()
    return link
  }

  mutating func readCoordinateSystem() throws(TableIOError) {
    try chargeAttributes()
    let id = xml.attribute("ID")
    if id == nil { try log.report("A COOSYS has no ID.", xml.position) }
    catalogue.coordinateSystems.append(
      CoordinateSystem(
        id: id ?? "", system: xml.attribute("system"), equinox: xml.attribute("equinox"), epoch: xml.attribute("epoch"),
        refposition: xml.attribute("refposition")))
    try skipElement()
  }

  mutating func readTimeSystem() throws(TableIOError) {
    try chargeAttributes()
    let id = xml.attribute("ID")
    if id == nil { try log.report("A TIMESYS has no ID.", xml.position) }
    catalogue.timeSystems.append(
      TimeSystem(
        id: id ?? "", timescale: xml.attribute("timescale"), refposition: xml.attribute("refposition"),
        timeorigin: xml.attribute("timeorigin")))
    try skipElement()
  }

  mutating func readParam() throws(TableIOError) -> Param {
    let value = xml.attribute("value")
    if value == nil { try log.report("A PARAM has no value.", xml.position) }
    let (column, _) = try readField(number: nil)
    if column.name.lowercased() == "error" { errorNotes.append(value ?? "") }
    return Param(column, value: value ?? "")
  }

  mutating func readGroup() throws(TableIOError) -> Group {
    try chargeAttributes()
    var group = Group(
      name: xml.attribute("name"), id: xml.attribute("ID"), ucd: xml.attribute("ucd"), utype: xml.attribute("utype"))
    while let event = try xml.next(), event != .end {
      guard event == .start else { continue }
      switch xml.name.local {
      case "DESCRIPTION": group.description = try readText()
      case "PARAM": group.params.append(try readParam())
      case "GROUP": group.groups.append(try readGroup())
      case "FIELDref", "PARAMref":
        try chargeAttributes()
        if let reference = xml.attribute("ref") {
          if xml.name.local == "FIELDref" {
            group.columnRefs.append(reference)
          } else {
            group.paramRefs.append(reference)
          }
        }
        try skipElement()
      default: try skipElement()
      }
    }
    return group
  }

  /// Reads a FIELD or PARAM.
  /// - Parameter number: which column it is, from 1, for one without a name.
  mutating func readField(number: Int?) throws(TableIOError) -> (Column, ColumnTraits) {
    try chargeAttributes()
    var traits = ColumnTraits()
    let id = xml.attribute("ID")
    var name = xml.attribute("name")
    if name == nil {
      try log.report("A \(xml.name.local) has no name.", xml.position)
      name = id ?? number.map { "col\($0)" } ?? ""
    }
    let (datatype, forcedShape) = try readDatatype(&traits)
    var shape = forcedShape
    if shape == nil {
      let text = xml.attribute("arraysize")
      shape = ArrayShape(text)
      if shape == nil {
        traits.binaryProblem =
          "The array size '\(text ?? "")' of column '\(name ?? "")' is none; its cells cannot be told apart."
        try log.report("The array size '\(text ?? "")' is none; it is read as '*'.", xml.position)
      }
    }
    var column = Column(
      name ?? "", datatype, shape: shape ?? .variable, id: id, xtype: xml.attribute("xtype"),
      unit: xml.attribute("unit"), ucd: xml.attribute("ucd"), utype: xml.attribute("utype"), ref: xml.attribute("ref"),
      width: xml.attribute("width").flatMap { Int($0) }, precision: xml.attribute("precision"))
    while let event = try xml.next(), event != .end {
      guard event == .start else { continue }
      switch xml.name.local {
      case "DESCRIPTION": column.description = try readText()
      case "VALUES": try readValues(&column, &traits)
      case "LINK": column.links.append(try readLink())
      default:
        try log.report("A column must not hold the element '\(xml.name.qualified)'.", xml.position)
        try skipElement()
      }
    }
    return (column, traits)
  }

  /// Types that are not in the standard and whose meaning is plain.
  private static let aliases: [String: Datatype] = [
    "unicodeString": .unicodeChar, "string": .char, "String": .char, "int8": .short, "int16": .short, "int32": .int,
    "integer": .int, "int64": .long, "float32": .float, "float64": .double, "unsignedShort": .int, "unsignedInt": .long,
    "bool": .boolean, "byte": .unsignedByte,
  ]

  private mutating func readDatatype(_ traits: inout ColumnTraits) throws(TableIOError) -> (Datatype, ArrayShape?) {
    let text = xml.attribute("datatype") ?? ""
    if let datatype = Datatype(rawValue: text) { return (datatype, nil) }
    if let datatype = Self.aliases[text] {
      try log.report(
        "The datatype '\(text)' is not in the standard and is read as '\(datatype.rawValue)'.", xml.position)
      return (datatype, datatype.isText ? .variable : nil)
    }
    try log.report("The datatype '\(text)' is not known; the cells are kept as text.", xml.position)
    traits.binaryProblem = "The datatype '\(text)' is not known, so binary rows cannot be told apart."
    return (.char, .variable)
  }

  private mutating func readValues(_ column: inout Column, _ traits: inout ColumnTraits) throws(TableIOError) {
    try chargeAttributes()
    var domain = ValueDomain()
    var options: [(name: String?, value: String)] = []
    let id = xml.attribute("ID")
    if let reference = xml.attribute("ref") { traits.nullText = catalogue.nullTexts[reference] ?? traits.nullText }
    if let null = xml.attribute("null"), !null.isEmpty { traits.nullText = null }
    if let id, let null = traits.nullText { catalogue.nullTexts[id] = null }
    if let null = traits.nullText, column.datatype.isInteger {
      let trimmed = Array(null.utf8).withUnsafeBufferPointer { LongCodec.parse(NumberParsing.trimmed($0)) }
      if case .value(let value) = trimmed {
        column.nullLiteral = value
      } else {
        try log.report("null=\"\(null)\" is no whole number.", xml.position)
      }
    }
    while let event = try xml.next(), event != .end {
      guard event == .start else { continue }
      let bound = ValueDomain.Bound(
        value: xml.attribute("value") ?? "", isInclusive: xml.attribute("inclusive") != "no")
      switch xml.name.local {
      case "MIN": domain.minimum = bound
      case "MAX": domain.maximum = bound
      case "OPTION": options.append((xml.attribute("name"), bound.value))
      default: break
      }
      try chargeAttributes()
      try skipElement()
    }
    domain.options = options
    if domain != ValueDomain() { column.domain = domain }
  }
}
