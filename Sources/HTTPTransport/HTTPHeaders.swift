/// Header fields of a request or a response: in their order, with names that ignore case.
///
/// A description shows the names and values of all fields but those that carry secrets.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// One header field.
  public struct Field: Sendable, Hashable {
    /// The name as it was written.
    public var name: String
    /// The value without blanks around it.
    public var value: String

    /// Describes one header field.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// All fields in their order; a name may come more than once.
  public private(set) var fields: [Field] = []

  /// No fields.
  public init() {}

  /// Fields in the order they are written.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field(name: $0.0, value: $0.1) }
  }

  /// The first value of a field; setting replaces all fields of that name, `nil` removes them.
  public subscript(name: String) -> String? {
    get { fields.first { Self.isSame($0.name, name) }?.value }
    set {
      let place = fields.firstIndex { Self.isSame($0.name, name) }
      fields.removeAll { Self.isSame($0.name, name) }
      guard let newValue else { return }
      fields.insert(Field(name: name, value: newValue), at: min(place ?? fields.count, fields.count))
    }
  }

  /// All values of a field, for fields such as `Set-Cookie` that come more than once.
  public func values(of name: String) -> [String] {
    fields.filter { Self.isSame($0.name, name) }.map(\.value)
  }

  /// Adds a field behind the others, even if the name is there already.
  public mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).allSatisfy { lowercase($0) == lowercase($1) }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Names of fields whose values are never shown and never follow a redirect to another origin.
  static let secretNames = ["Authorization", "Cookie", "Proxy-Authorization", "Set-Cookie"]

  /// One line per field; values of fields that carry secrets are left out.
  public var description: String {
    fields.map { field in
      let isSecret = Self.secretNames.contains { Self.isSame($0, field.name) }
      return "\(field.name): \(isSecret ? "(not shown)" : field.value)"
    }.joined(separator: "\n")
  }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Shows no more than `description`, so that `dump` gives nothing away either.
  public var customMirror: Mirror { Mirror(self, unlabeledChildren: description.split(separator: "\n")) }
}
