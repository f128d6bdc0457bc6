/// Writes a table as ECSV 1.0 (Astropy Proposal for Enhancement 6): a header in YAML with types, units and descriptions, then
/// CSV with commas.
///
/// Missing cells are `""`, so that a missing and an empty string are the same. Arrays are JSON lists, typed by their `subtype`
/// with the slowest dimension first; those that ECSV has no type for (of strings, of complex numbers, of several dimensions with
/// an open one) have the subtype `json`. Bits are bytes. UCD, utype and xtype are kept as `meta` of their column, name,
/// description, params and notes as `meta` of the table; notes that come after the rows are lost.
public struct ECSVTableWriter: TableWriter {
  private var rows: DelimitedOutput

  /// Writes to a sink.
  public init(sink: any ByteSink) { rows = DelimitedOutput(sink: sink) }

  /// Writes the header and the columns' names.
  public mutating func begin(_ metadata: TableMetadata) throws(TableIOError) {
    appendHeader(metadata, to: &rows.buffer)
    rows.begin(
      metadata.columns, CSVCellStyle(separator: UInt8(ascii: ","), isECSV: true), lineEnd: "\n", null: "\"\"")
  }

  /// Writes rows.
  public mutating func write(_ batch: TableBatch) throws(TableIOError) { try rows.write(batch) }

  /// Gives all bytes to the sink; notes that come after the rows have no place.
  public mutating func end(infos: [Info]) throws(TableIOError) { try rows.end() }

  private func appendHeader(_ metadata: TableMetadata, to output: inout OutputBuffer) {
    output.append("# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n")
    for column in metadata.columns {
      output.append("# - ")
      output.append(yaml: column)
      output.append("\n")
    }
    let lines = metaLines(metadata)
    if !lines.isEmpty { output.append("# meta:\n") }
    for line in lines { output.append(utf8: "#   \(line)\n") }
  }

  private func metaLines(_ metadata: TableMetadata) -> [String] {
    var lines: [String] = []
    if let name = metadata.name { lines.append("name: " + name.yamlText) }
    if let description = metadata.description { lines.append("description: " + description.yamlText) }
    if !metadata.params.isEmpty {
      lines.append("params:")
      for param in metadata.params {
        var buffer = OutputBuffer(capacity: 256)
        buffer.append(yaml: param.column, value: param.value)
        lines.append("- " + buffer.text)
      }
    }
    if !metadata.infos.isEmpty {
      lines.append("infos:")
      for info in metadata.infos {
        let content = info.content.map { ", content: " + $0.yamlText } ?? ""
        lines.append("- {name: \(info.name.yamlText), value: \(info.value.yamlText)\(content)}")
      }
    }
    return lines
  }
}

extension OutputBuffer {
  /// Adds a column as a YAML flow mapping.
  fileprivate mutating func append(yaml column: Column, value: String? = nil) {
    let (datatype, subtype) = column.ecsvTypes
    append(utf8: "{name: \(column.name.yamlText)")
    if let unit = column.unit, !unit.isEmpty { append(utf8: ", unit: " + unit.yamlText) }
    append(utf8: ", datatype: " + datatype)
    if let subtype { append(utf8: ", subtype: '\(subtype)'") }
    if let description = column.description { append(utf8: ", description: " + description.yamlText) }
    if let value { append(utf8: ", value: " + value.yamlText) }
    let meta = [("ucd", column.ucd), ("utype", column.utype), ("xtype", column.xtype)].compactMap { name, value in
      value.map { "\(name): " + $0.yamlText }
    }
    if !meta.isEmpty { append(utf8: ", meta: {\(meta.joined(separator: ", "))}") }
    append("}")
  }
}

extension Column {
  /// The `datatype` and `subtype` of ECSV.
  fileprivate var ecsvTypes: (datatype: String, subtype: String?) {
    let scalar =
      switch datatype {
      case .boolean: "bool"
      case .bit, .unsignedByte: "uint8"
      case .short: "int16"
      case .int: "int32"
      case .long: "int64"
      case .float: "float32"
      case .double: "float64"
      case .floatComplex: "complex64"
      case .doubleComplex: "complex128"
      case .char, .unicodeChar: "string"
      }
    let shape = elementShape
    if shape.isScalar { return (scalar, nil) }
    let isComplex = datatype == .floatComplex || datatype == .doubleComplex
    if datatype.isText || isComplex || shape.isVariable && !shape.dimensions.isEmpty { return ("string", "json") }
    let sizes = shape.isVariable ? ["null"] : shape.dimensions.reversed().map(String.init)
    return ("string", "\(scalar)[\(sizes.joined(separator: ","))]")
  }
}

extension String {
  /// A YAML scalar in double quotes, whose escapes are those of JSON.
  fileprivate var yamlText: String {
    var buffer = OutputBuffer(capacity: utf8.count + 16)
    buffer.append(json: self)
    return buffer.text
  }
}
