public import SkyGeometry
public import TableIO

/// A question to MAST's invoke API: a service and its parameters. Source: `mast-protocol` a.2.
public struct InvokeRequest: Sendable, Hashable {
  /// The service, for example `Mast.Caom.Filtered`.
  public var service: String
  /// The service's parameters.
  public var params: JSONObject
  /// Rows per page; the archive's own limit is 50,000.
  public var pageSize: Int

  /// Asks a service.
  public init(service: String, params: JSONObject, pageSize: Int = 50_000) {
    self.service = service
    self.params = params
    self.pageSize = pageSize
  }

  /// Asks one of the filtered services: rows that satisfy all filters, with the given columns (empty: all).
  /// - Parameters:
  ///   - service: the service.
  ///   - columns: names of columns; empty for all.
  ///   - filters: conditions, all of which hold.
  ///   - circle: for services with a position, the part of the sky.
  public init(service: String, columns: [String] = [], filters: [InvokeFilter], circle: SkyCircle? = nil) {
    var params: JSONObject = [
      "columns": .string(columns.isEmpty ? "*" : columns.joined(separator: ",")),
      "filters": .array(filters.map(\.json)),
    ]
    if let circle {
      let text = "\(circle.center.ra), \(circle.center.dec), \(circle.radius)"
      params.members.append(.init(name: "position", value: .string(text)))
    }
    self.init(service: service, params: params)
  }

  /// The same question for all columns.
  var withAllColumns: InvokeRequest {
    var request = self
    request.params.members.removeAll { $0.name == "columns" }
    request.params.members.append(.init(name: "columns", value: .string("*")))
    return request
  }

  /// The JSON document for one page.
  /// - Parameter cacheBreaker: one random text per question: the archive's cache is keyed by the parameters and may hold
  ///   yesterday's rows; pages of one question must share it.
  func json(page: Int, cacheBreaker: String) -> JSONValue {
    var params = params
    params.members.append(.init(name: "cacheBreaker", value: .string(cacheBreaker)))
    return .object([
      "service": .string(service),
      "params": .object(params),
      "format": .string("json"),
      "pagesize": .integer(Int64(pageSize)),
      "page": .integer(Int64(page)),
    ])
  }
}

/// A condition on one column of a filtered service. Conditions are joined by and. Source: `mast-protocol` a.4.
public struct InvokeFilter: Sendable, Hashable {
  /// The kinds of conditions.
  public enum Condition: Sendable, Hashable {
    /// Equal to one of the values.
    case values([String])
    /// Inside the limits, both included; `nil` is open.
    case range(min: Double?, max: Double?)
    /// Like a pattern in which `%` stands for any text.
    case like(String)
  }

  /// The column.
  public var column: String
  /// What its value must be.
  public var condition: Condition

  /// Makes a condition.
  public init(_ column: String, _ condition: Condition) {
    self.column = column
    self.condition = condition
  }

  var json: JSONValue {
    var object: JSONObject = ["paramName": .string(column)]
    switch condition {
    case .values(let values):
      object.members.append(.init(name: "values", value: .array(values.map(JSONValue.string))))
    case .range(let min, let max):
      let limits: JSONObject = ["min": min.map(JSONValue.real) ?? .null, "max": max.map(JSONValue.real) ?? .null]
      object.members.append(.init(name: "values", value: .array([.object(limits)])))
    case .like(let pattern):
      object.members.append(.init(name: "values", value: .array([])))
      object.members.append(.init(name: "freeText", value: .string(pattern)))
    }
    return .object(object)
  }
}
