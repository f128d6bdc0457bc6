import Holdings
import TableIO

/// One answer of the invoke API. Source: `mast-protocol` a.3.
struct InvokeAnswer {
  enum Status: String {
    case executing = "EXECUTING"
    case complete = "COMPLETE"
    case error = "ERROR"
  }

  var status: Status
  var message: String
  var rows: [[String: Cell]]
  /// Number of pages, when the answer says.
  var pages: Int?
  /// Number of rows of the whole result, when the answer says.
  var total: Int?

  /// Reads an answer in any of the shapes seen: `fields` and `data`, `Tables` with `Fields` and `Rows`, or the name resolver's
  /// list of positions.
  init(parsing body: [UInt8]) throws(MASTArchiveError) {
    let document: JSONValue
    do { document = try JSONValue(parsing: body) } catch {
      throw MASTArchiveError(
        .malformedAnswer, "The archive did not answer with JSON: \(error) \(Self.excerpt(body))", cause: error)
    }
    if let tables = document["Tables"]?.arrayValue {
      status = .complete
      message = ""
      rows = try tables.first.map(Self.rows(ofTable:)) ?? []
      return
    }
    if let positions = document["resolvedCoordinate"]?.arrayValue {
      status = .complete
      message = ""
      rows = positions.compactMap { position in
        guard case .object(let object) = position else { return nil }
        return Dictionary(object.members.map { ($0.name, Cell($0.value, missingInteger: false)) }) { first, _ in first }
      }
      return
    }
    guard let word = document["status"]?.stringValue, let status = Status(rawValue: word) else {
      throw MASTArchiveError(
        .malformedAnswer, "The archive's answer has no status that is known. \(Self.excerpt(body))")
    }
    self.status = status
    message = document["msg"]?.stringValue ?? ""
    let paging = document["paging"]
    pages = paging?["pagesFiltered"]?.integerValue.map(Int.init(clamping:))
    total = (paging?["rowsFiltered"] ?? paging?["rowsTotal"])?.integerValue.map(Int.init(clamping:))
    rows = []
    guard status == .complete else { return }
    guard let data = document["data"]?.arrayValue else {
      throw MASTArchiveError(.malformedAnswer, "The archive's answer is complete but holds no rows.")
    }
    let integers = Self.integerColumns(document["fields"])
    rows.reserveCapacity(data.count)
    for element in data {
      guard case .object(let object) = element else {
        throw MASTArchiveError(.malformedAnswer, "A row of the archive's answer is not an object.")
      }
      var cells: [String: Cell] = [:]
      cells.reserveCapacity(object.members.count)
      for member in object.members {
        cells[member.name] = Cell(member.value, missingInteger: integers.contains(member.name))
      }
      rows.append(cells)
    }
  }

  private static func rows(ofTable table: JSONValue) throws(MASTArchiveError) -> [[String: Cell]] {
    guard let fields = table["Fields"]?.arrayValue, let rows = table["Rows"]?.arrayValue else {
      throw MASTArchiveError(.malformedAnswer, "A table of the archive's answer has no Fields or no Rows.")
    }
    let names = fields.map { ($0["name"] ?? $0["Name"])?.stringValue ?? "" }
    return rows.map { row in
      var cells: [String: Cell] = [:]
      for (name, value) in zip(names, row.arrayValue ?? []) { cells[name] = Cell(value, missingInteger: false) }
      return cells
    }
  }

  private static func integerColumns(_ fields: JSONValue?) -> Set<String> {
    var names: Set<String> = []
    for field in fields?.arrayValue ?? [] {
      if let name = field["name"]?.stringValue, ["int", "short", "long", "number"].contains(field["type"]?.stringValue)
      {
        names.insert(name)
      }
    }
    return names
  }

  /// The first words of an answer that cannot be read, for the message.
  private static func excerpt(_ body: [UInt8]) -> String {
    if body.isEmpty { return "It is empty." }
    return "It begins: " + oneLine(String(decoding: body.prefix(120), as: UTF8.self))
  }

  /// Text of the archive on one line, without control characters.
  static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

extension Cell {
  /// A JSON value as a cell; in integer columns MAST sends −999 for a missing value.
  init(_ value: JSONValue, missingInteger: Bool) {
    switch value {
    case .null, .array, .object: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = missingInteger && value == -999 ? .null : .integer(value)
    case .real(let value): self = .real(value)
    case .string(let text): self = .text(text)
    }
  }
}
