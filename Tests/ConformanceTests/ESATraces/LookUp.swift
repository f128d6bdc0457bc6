import TableIO

/// A question of the Python client for the planes that belong to one plane (section 7.1 of the specification).
struct LookUp {
  enum Kind: Hashable {
    /// Planes of the same observation.
    case siblings
    /// Planes of the observations it is made of.
    case members
  }

  var kind: Kind
  var plane: String
  private let query: String

  /// Recognises the question; `nil` for any other.
  init?(_ request: TraceRequest) {
    guard request.path.hasSuffix("/sync"), let query = request.field("QUERY"),
      let match = query.firstMatch(of: #/p\.planeid ='([^']*)'\s*$/#)
    else { return nil }
    if query.contains("sp.planeid") {
      kind = .siblings
    } else if query.contains("mp.planeid") {
      kind = .members
    } else {
      return nil
    }
    plane = String(match.output.1)
    self.query = query
  }

  /// The question with another condition on the planes.
  func text(with condition: String) -> String {
    query.replacing(#/='[^']*'\s*$/#, with: condition)
  }

  /// The answer to the joined question: the rows of all answers in one table.
  static func joined(_ responses: [TraceResponse]) -> TraceResponse {
    guard var first = responses.first else { return .text("") }
    let tables = responses.compactMap { try? ObservedTable.read($0.body) }.map { $0["$result_table"] ?? .null }
    guard tables.count == responses.count, let head = tables.first else { return first }
    let fields = head.list("columns").map { column -> String in
      let isNumber = column["name"]?.stringValue?.hasSuffix("level") ?? false
      return "<FIELD name=\"\(column["name"]?.stringValue ?? "")\" "
        + (isNumber ? "datatype=\"int\"/>" : "datatype=\"char\" arraysize=\"*\"/>")
    }
    let rows = tables.flatMap { $0.list("rows") }.map { row in
      "<TR>"
        + (row.arrayValue ?? []).map { "<TD>\($0.stringValue ?? $0.integerValue.map { String($0) } ?? "")</TD>" }
        .joined() + "</TR>"
    }
    first.headers = [TracePair(name: "Content-Type", value: "application/x-votable+xml")]
    first.body = Array(
      """
      <?xml version="1.0"?><VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">\
      <INFO name="QUERY_STATUS" value="OK"/><TABLE>\(fields.joined())<DATA><TABLEDATA>\(rows.joined())</TABLEDATA></DATA>\
      </TABLE></RESOURCE></VOTABLE>
      """.utf8)
    return first
  }
}
