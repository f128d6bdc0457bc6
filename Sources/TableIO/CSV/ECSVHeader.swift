/// What the header of an ECSV file says.
struct ECSVHeader {
  var table = TableMetadata()
  var delimiter = UInt8(ascii: " ")
  var diagnostics: [Diagnostic] = []

  /// Reads the header's lines, without the `# ` they begin with; the first is `%ECSV 1.0`.
  init(lines: [String]) throws(TableIOError) {
    let document: YAMLNode
    do throws(YAMLError) {
      document = try YAMLReader.read(Array(lines.dropFirst()))
    } catch {
      throw TableIOError(
        .malformed, "The ECSV header is no YAML that can be read: \(error.message).", line: error.line + 2)
    }
    switch document["delimiter"]?.text {
    case nil, "", " ": break
    case ",": delimiter = UInt8(ascii: ",")
    case .some(let other):
      throw TableIOError(.malformed, "ECSV's delimiter is a blank or a comma, not \"\(other)\".", line: 1)
    }
    guard let entries = document["datatype"]?.items, !entries.isEmpty else {
      throw TableIOError(.malformed, "The ECSV header has no list of columns (datatype).", line: 1)
    }
    for entry in entries { table.columns.append(try column(entry)) }
    if let meta = document["meta"] { try read(meta: meta) }
  }

  /// Reads a column's entry.
  private mutating func column(_ entry: YAMLNode) throws(TableIOError) -> Column {
    guard let name = entry["name"]?.text else {
      throw TableIOError(.malformed, "A column of the ECSV header has no name.", line: 1)
    }
    let subtype = entry["subtype"]?.text
    var column = Column(name, .unicodeChar, shape: .variable)
    if let subtype, let open = subtype.firstIndex(of: "["), subtype.hasSuffix("]") {
      let sizes = subtype[subtype.index(after: open)...].dropLast().split(separator: ",").map {
        $0.filter { $0 != " " }
      }
      column.datatype = try datatype(String(subtype[..<open]), of: name)
      column.shape = try shape(sizes, of: name)
      if column.datatype.isText { column = Column(name, .unicodeChar, shape: .variable) }
    } else if subtype == nil {
      column.datatype = try datatype(entry["datatype"]?.text ?? "", of: name)
      column.shape = column.datatype.isText ? .variable : .scalar
    }
    column.unit = entry["unit"].flatMap(nonempty)
    column.description = entry["description"].flatMap(nonempty)
    if let meta = entry["meta"] {
      column.ucd = meta["ucd"].flatMap(nonempty)
      column.utype = meta["utype"].flatMap(nonempty)
      column.xtype = meta["xtype"].flatMap(nonempty)
    }
    return column
  }

  private func nonempty(_ node: YAMLNode) -> String? { node.text == "" ? nil : node.text }

  private mutating func datatype(_ text: String, of name: String) throws(TableIOError) -> Datatype {
    switch text {
    case "bool": return .boolean
    case "uint8": return .unsignedByte
    case "int8", "int16": return .short
    case "uint16", "int32": return .int
    case "uint32", "int64", "uint64": return .long
    case "float16", "float32": return .float
    case "float64": return .double
    case "float128":
      diagnostics.append(
        Diagnostic(.warning, "Column \"\(name)\" is of type float128 and is read as a double.", line: 1))
      return .double
    case "complex64": return .floatComplex
    case "complex128", "complex256": return .doubleComplex
    case "string", "object": return .unicodeChar
    default:
      throw TableIOError(
        .malformed, "Column \"\(name)\" has the type \"\(text)\", which ECSV does not have.", line: 1)
    }
  }

  /// Sizes stand with the fastest last, and `null` for an open one.
  private mutating func shape(_ sizes: [String], of name: String) throws(TableIOError) -> ArrayShape {
    let numbers = sizes.reversed().map { $0 == "null" ? -1 : Int($0) ?? -2 }
    let product = numbers.reduce(1) { $0.multipliedReportingOverflow(by: max(1, $1)).partialValue }
    guard !numbers.isEmpty, !numbers.contains(-2), 0...1 << 28 ~= product else {
      throw TableIOError(.malformed, "Column \"\(name)\" has a subtype whose sizes cannot be read.", line: 1)
    }
    guard let open = numbers.firstIndex(of: -1) else { return ArrayShape(dimensions: numbers) }
    if open == numbers.count - 1 { return ArrayShape(dimensions: Array(numbers.dropLast()), isVariable: true) }
    diagnostics.append(
      Diagnostic(
        .warning, "The arrays of column \"\(name)\" lose their inner dimensions, of which one is open.", line: 1))
    return .variable
  }

  /// Takes name, description, params and notes from the table's `meta`, and what else is a single value as params.
  private mutating func read(meta: YAMLNode) throws(TableIOError) {
    for member in meta.members {
      switch (member.key, member.value) {
      case ("name", .scalar(let text)): table.name = text
      case ("description", .scalar(let text)): table.description = text
      case ("params", .sequence(let entries)):
        for entry in entries where entry["datatype"] != nil {
          table.params.append(Param(try column(entry), value: entry["value"]?.text ?? ""))
        }
      case ("infos", .sequence(let entries)):
        for entry in entries {
          guard let name = entry["name"]?.text, let value = entry["value"]?.text else { continue }
          table.infos.append(Info(name: name, value: value, content: entry["content"]?.text))
        }
      case (let key, .scalar(let text)):
        table.params.append(Param(Column(key, .unicodeChar, shape: .variable), value: text))
      case ("comments", .sequence(let lines)):
        for line in lines { table.infos.append(Info(name: "comment", value: line.text ?? "")) }
      default: continue
      }
    }
  }
}
