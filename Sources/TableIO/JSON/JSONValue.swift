/// A JSON document as values (RFC 8259). Numbers without fraction or exponent that fit stay 64-bit integers.
public enum JSONValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case real(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// The members of a JSON object in the order they were written; where a name stands twice, the last one counts.
public struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// A name and its value.
  public struct Member: Sendable, Hashable {
    /// The member's name.
    public var name: String
    /// The member's value.
    public var value: JSONValue

    /// Pairs a name with a value.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// All members as written.
  public var members: [Member]

  /// Makes an object of members.
  public init(members: [Member] = []) { self.members = members }

  /// Makes an object that keeps the order of the literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    members = elements.map { Member(name: $0.0, value: $0.1) }
  }

  /// The value under a name.
  public subscript(name: String) -> JSONValue? {
    members.last { $0.name == name }?.value
  }
}

extension JSONValue {
  /// The member of an object, `nil` for anything else.
  public subscript(name: String) -> JSONValue? {
    if case .object(let object) = self { object[name] } else { nil }
  }

  /// The elements of an array, `nil` for anything else.
  public var arrayValue: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text of a string, `nil` for anything else.
  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number, when it is whole; strings are not read.
  public var integerValue: Int64? {
    switch self {
    case .integer(let value): value
    case .real(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The number, `nil` for anything else.
  public var realValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  /// The truth value, `nil` for anything else.
  public var booleanValue: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }
}

/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, CustomStringConvertible {
  /// What was found and what was expected.
  public var message: String
  /// Line, from 1.
  public var line: Int
  /// Byte in the line, from 1.
  public var column: Int

  /// The message with its place.
  public var description: String { "\(message) at line \(line), column \(column)." }
}
