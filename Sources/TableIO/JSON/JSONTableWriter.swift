/// Writes a table as JSON, in one of the layouts that the archives and their users know.
///
/// Numbers are the shortest decimal that reads back the same, 64-bit integers with all their digits; missing values are `null`;
/// arrays are nested lists, the fastest dimension innermost, and complex numbers lists of two. JSON has no NaN and no
/// infinities: they are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`, but `null` in MAST's layout, whose readers take
/// nothing but numbers. Where objects name their columns, a name that stands twice gets a number: `filter`, `filter_2`.
public struct JSONTableWriter: TableWriter {
  /// What the document looks like.
  public enum Layout: Sendable, Hashable {
    /// ESA's: `{"metadata":[{"name":…}],"data":[[…],…]}`.
    case metadataAndData
    /// MAST's: `{"status":"COMPLETE","fields":[{"name":…,"type":…}],"data":[{…},…],"paging":{…}}`.
    case fieldsAndData
    /// One object a row and line, and nothing else.
    case lines
  }

  private let sink: any ByteSink
  private let layout: Layout
  private var output = OutputBuffer(capacity: OutputBuffer.flushSize)
  private var firstRow: CellRenderer<JSONCellStyle>?
  private var otherRows: CellRenderer<JSONCellStyle>?
  private var rowCount = 0
  private var infos: [Info] = []

  /// Writes to a sink.
  public init(sink: any ByteSink, layout: Layout) {
    self.sink = sink
    self.layout = layout
  }

  /// Writes the columns.
  public mutating func begin(_ metadata: TableMetadata) throws(TableIOError) {
    let style = JSONCellStyle(nonFinite: layout == .fieldsAndData ? .null : .quoted)
    let names = metadata.columns.map(\.name).numberingRepeats()
    func renderer(separator: String) -> CellRenderer<JSONCellStyle> {
      CellRenderer(columns: metadata.columns, frames: frames(names, separator: separator), style: style)
    }
    firstRow = renderer(separator: "\n")
    otherRows = renderer(separator: ",\n")
    infos = metadata.infos
    switch layout {
    case .metadataAndData:
      output.append("{\"metadata\":[")
      for (index, column) in metadata.columns.enumerated() { append(column, isFirst: index == 0) }
      output.append("\n],\"data\":[")
    case .fieldsAndData:
      output.append("{\"status\":\"COMPLETE\",\"msg\":\"\",\"fields\":[")
      for (index, column) in metadata.columns.enumerated() {
        if index > 0 { output.append(",") }
        appendObject([("name", names[index]), ("type", column.mastType)])
      }
      output.append("],\"data\":[")
    case .lines: break
    }
  }

  /// Writes rows.
  public mutating func write(_ batch: TableBatch) throws(TableIOError) {
    try firstRow.beginMustComeFirst()
    let split = layout == .lines || rowCount > 0 ? 0 : min(1, batch.rowCount)
    try firstRow?.write(batch, rows: 0..<split, to: &output, sink: sink)
    try otherRows?.write(batch, rows: split..<batch.rowCount, to: &output, sink: sink)
    rowCount += batch.rowCount
  }

  /// Writes the end of the document; ESA's layout gets the notes as `infos`, where there are any.
  public mutating func end(infos: [Info]) throws(TableIOError) {
    switch layout {
    case .metadataAndData:
      output.append("\n]")
      let all = self.infos + infos
      if !all.isEmpty { output.append(",\"infos\":[") }
      for (index, info) in all.enumerated() {
        if index > 0 { output.append(",") }
        appendObject([("name", info.name), ("value", info.value), ("content", info.content)])
      }
      output.append(all.isEmpty ? "}\n" : "]}\n")
    case .fieldsAndData:
      output.append(
        utf8: "\n],\"paging\":{\"page\":1,\"pageSize\":\(rowCount),\"pagesFiltered\":1,\"rows\":\(rowCount),"
          + "\"rowsFiltered\":\(rowCount),\"rowsTotal\":\(rowCount)}}\n")
    case .lines: break
    }
    try output.flush(to: sink, over: 0)
    try sink.flush()
  }

  private func frames(_ names: [String], separator: String) -> [CellFrame] {
    let (open, close) = layout == .metadataAndData ? ("[", "]") : ("{", "}")
    return names.indices.map { index in
      let start = (index == 0 ? (layout == .lines ? "" : separator) + open : "")
      var label = OutputBuffer(capacity: 64)
      if layout != .metadataAndData {
        label.append(json: names[index])
        label.append(":")
      }
      let lead = start + label.text
      let trail = index < names.count - 1 ? "," : close + (layout == .lines ? "\n" : "")
      return CellFrame(lead: lead, trail: trail, null: lead + "null" + trail)
    }
  }

  private mutating func append(_ column: Column, isFirst: Bool) {
    output.append(isFirst ? "\n" : ",\n")
    // TapPlus fails where a column has no member for its unit or its description.
    appendObject(
      [
        ("name", column.name), ("datatype", column.datatype.rawValue), ("arraysize", column.shape.text),
        ("xtype", column.xtype), ("unit", column.unit), ("ucd", column.ucd), ("utype", column.utype),
        ("description", column.description),
      ], evenWithout: ["unit", "description"])
  }

  private mutating func appendObject(_ members: [(name: String, value: String?)], evenWithout names: [String] = []) {
    output.append("{")
    var isFirst = true
    for member in members where member.value != nil || names.contains(member.name) {
      if !isFirst { output.append(",") }
      isFirst = false
      output.append(json: member.name)
      output.append(":")
      if let value = member.value { output.append(json: value) } else { output.append("null") }
    }
    output.append("}")
  }
}

extension Column {
  /// MAST's word for the type.
  fileprivate var mastType: String {
    guard elementShape.isScalar else { return "array" }
    switch datatype {
    case .boolean: return "boolean"
    case .bit, .unsignedByte, .short, .int, .long: return "int"
    case .float, .double: return "float"
    case .floatComplex, .doubleComplex: return "array"
    case .char, .unicodeChar: return "string"
    }
  }
}

extension [String] {
  /// Gives each name that stands before already a number, one that no other has.
  fileprivate func numberingRepeats() -> [String] {
    var taken = Set(self)
    var seen: Set<String> = []
    return map { name in
      if seen.insert(name).inserted { return name }
      var number = 2
      while taken.contains("\(name)_\(number)") { number += 1 }
      taken.insert("\(name)_\(number)")
      return "\(name)_\(number)"
    }
  }
}
