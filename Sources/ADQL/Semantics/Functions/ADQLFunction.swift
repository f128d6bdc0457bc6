/// A function that queries may call: what it is called, what it takes and what it gives.
public struct ADQLFunction: Hashable, Sendable {
  /// Which function it is.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case abs, ceiling, degrees, exp, floor, log, log10, mod, pi, power, radians, rand, round, sqrt, truncate
    case acos, asin, atan, atan2, cos, cot, sin, tan
    case lower, upper, coalesce
    case inUnit = "in_unit"
    case point, circle, box, polygon, region
    case contains, intersects, distance, area, centroid, coord1, coord2, coordsys
    case ivoHealpixIndex = "ivo_healpix_index"
    case ivoStringAgg = "ivo_string_agg"
    case ivoHasWord = "ivo_hasword"
    case ivoNoCaseMatch = "ivo_nocasematch"
    case ivoToMJD = "ivo_to_mjd"
    case ivoToJD = "ivo_to_jd"
    case gavoToMJD = "gavo_to_mjd"
    case gavoToJD = "gavo_to_jd"
  }

  /// What kind of function it is; TAPRegExt lists geometry and user-defined functions by themselves.
  public enum Group: Hashable, Sendable {
    case mathematical
    case trigonometric
    case string
    case conditional
    case unit
    case geometry
    case userDefined
  }

  /// What an argument must be.
  public enum Requirement: Hashable, Sendable {
    case number
    case integer
    case text
    case timestamp
    case point
    case geometry
    case any
  }

  /// An argument.
  public struct Parameter: Hashable, Sendable {
    /// Its name, for people.
    public var name: String
    /// What it must be.
    public var requirement: Requirement
    /// Whether it may be left out; only the last ones may.
    public var isOptional: Bool
  }

  /// Of which type the result is.
  public enum Result: Hashable, Sendable {
    /// Always this one.
    case type(ADQLType)
    /// That of the first argument.
    case first
    /// One that holds all arguments.
    case joined
  }

  /// One way to call it.
  public struct Signature: Hashable, Sendable {
    /// The arguments.
    public var parameters: [Parameter]
    /// Whether the last argument may be repeated.
    public var isVariadic: Bool
    /// Of which type the result is.
    public var result: Result
  }

  /// Which function it is.
  public var name: Name
  /// What kind of function it is.
  public var group: Group
  /// The ways to call it.
  public var signatures: [Signature]
  /// What it does, in a sentence or two.
  public var description: String

  /// The name as it is written: the language's own in capitals.
  public var writtenName: String { group == .userDefined ? name.rawValue : name.rawValue.uppercased() }

  /// The ways to call it as TAPRegExt writes them: `ivo_hasword(haystack VARCHAR, needle VARCHAR) -> INTEGER`.
  public var forms: [String] {
    signatures.map { signature in
      var parameters = signature.parameters.map { parameter in
        let text = "\(parameter.name) \(parameter.requirement.typeName)"
        return parameter.isOptional ? "[\(text)]" : text
      }
      if signature.isVariadic { parameters.append("...") }
      return "\(writtenName)(\(parameters.joined(separator: ", "))) -> \(resultName(signature))"
    }
  }

  private func resultName(_ signature: Signature) -> String {
    switch signature.result {
    case .type(let type): type.name
    case .first, .joined: signature.parameters.first?.requirement.typeName ?? ADQLType.double.name
    }
  }
}

extension ADQLFunction.Requirement {
  /// The type as a form of a function names it.
  var typeName: String {
    switch self {
    case .number: "DOUBLE PRECISION"
    case .integer: "INTEGER"
    case .text: "VARCHAR"
    case .timestamp: "TIMESTAMP"
    case .point: "POINT"
    case .geometry: "REGION"
    case .any: "ANY"
    }
  }

  /// What it is called in a message.
  var phrase: String {
    switch self {
    case .number: "a number"
    case .integer: "a whole number"
    case .text: "text"
    case .timestamp: "a timestamp"
    case .point: "a point"
    case .geometry: "a point or a region"
    case .any: "a value"
    }
  }
}
