internal import LocalArchive
internal import TableIO

/// What an invoke request asks for. Source: `mast-protocol` a.2 and a.4.
struct InvokeRequest {
  var service: String
  var params: JSONValue
  var page: Int
  var pageSize: Int

  /// Reads the JSON of a request.
  init(_ json: JSONValue) throws(InvokeFailure) {
    guard case .object = json else { throw InvokeFailure("The request is not a JSON object.", status: 400) }
    guard let service = json["service"]?.looseText, !service.isEmpty else {
      throw InvokeFailure("The request names no service.", status: 400)
    }
    self.service = service
    params = json["params"] ?? .object([:])
    page = try Self.positive(json["page"], name: "page", or: 1)
    // The archive has a ceiling of its own, so that one answer cannot fill the memory of a client.
    pageSize = min(try Self.positive(json["pagesize"], name: "pagesize", or: 1000), 500_000)
    if let format = json["format"]?.looseText, !["json", "extjs"].contains(format.lowercased()) {
      throw InvokeFailure("This server answers in json only, not in '\(format.prefix(20))'.")
    }
  }

  private static func positive(_ value: JSONValue?, name: String, or standard: Int) throws(InvokeFailure) -> Int {
    guard let text = value?.looseText, !text.isEmpty else { return standard }
    guard let number = Int(text), number > 0 else {
      throw InvokeFailure("'\(name)' has to be a whole number from 1.", status: 400)
    }
    return number
  }

  /// The filters of the request.
  func filters() throws(InvokeFailure) -> [Filter] {
    guard let list = params["filters"], list != .null else { return [] }
    guard let entries = list.arrayValue else { throw InvokeFailure("'filters' has to be a list.") }
    var filters: [Filter] = []
    for entry in entries { filters.append(try Self.filter(entry)) }
    return filters
  }

  private static func filter(_ entry: JSONValue) throws(InvokeFailure) -> Filter {
    guard let name = entry["paramName"]?.looseText else { throw InvokeFailure("A filter has no 'paramName'.") }
    var filter = Filter(name, separator: entry["separator"]?.stringValue)
    if let pattern = entry["freeText"]?.looseText, !pattern.isEmpty { filter.pattern = pattern }
    for value in entry["values"]?.arrayValue ?? entry["values"].map({ [$0] }) ?? [] {
      switch value {
      case .null: continue
      case .object:
        filter.ranges.append(
          Filter.Range(min: try bound(value["min"], of: name), max: try bound(value["max"], of: name)))
      case .array: throw InvokeFailure("The values of '\(name)' hold a list; give plain values or ranges.")
      default: filter.values.append(value.looseText ?? "")
      }
    }
    return filter
  }

  private static func bound(_ value: JSONValue?, of name: String) throws(InvokeFailure) -> Double? {
    guard let text = value?.looseText, !text.isEmpty else { return nil }
    guard let number = Double(text), !number.isNaN else {
      throw InvokeFailure("An end of the range of '\(name)' is not a number: '\(text.prefix(40))'.")
    }
    return number
  }
}

/// Why a request cannot be answered. MAST sends most failures with HTTP status 200.
struct InvokeFailure: Error {
  var message: String
  var status: Int

  init(_ message: String, status: Int = 200) {
    self.message = message
    self.status = status
  }

  var response: ServerResponse {
    .json(
      .object(["status": .string("ERROR"), "msg": .string(message), "data": .array([]), "fields": .array([])]),
      status: status)
  }
}

extension JSONValue {
  /// Numbers, strings and truth values as text; clients send either.
  var looseText: String? {
    switch self {
    case .string(let text): String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    case .integer(let value): String(value)
    case .real(let value): Int64(exactly: value).map(String.init) ?? value.description
    case .boolean(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
