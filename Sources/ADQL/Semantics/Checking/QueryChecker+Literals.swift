extension QueryChecker {
  /// Values that shall be of one type: literals follow the others, as PostgreSQL has it.
  func unified(
    _ values: [(CheckedExpression, SourceSpan)], _ users: String
  ) throws(ADQLError) -> ([CheckedExpression], ADQLType) {
    var type = ADQLType.unknown
    for (value, span) in values where !value.isTextLiteral {
      guard let joined = type.joined(with: value.type) else {
        throw ADQLError(
          .type, "\(users) are \(type.name) and \(value.type.name); CAST one of them.", at: span)
      }
      type = joined
    }
    if let (_, span) = values.first(where: { $0.0.isTextLiteral }) {
      if type == .unknown { type = .varchar }
      guard type.isOrdered else {
        throw ADQLError(.type, "\(users) are \(type.name) and text; CAST one of them.", at: span)
      }
    }
    if type == .opaque, joined(values.map(\.0)) == nil {
      throw ADQLError(.type, "\(users) are arrays of several kinds; they must be alike.", at: values[0].1)
    }
    return (try values.map { (value, span) throws(ADQLError) in try adapted(value, to: type, at: span) }, type)
  }

  /// A text literal as a value of the type of what it stands beside; other values as they are.
  func adapted(
    _ value: CheckedExpression, to type: ADQLType, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    guard case .text(let text) = value else {
      return type == .timestamp && value.type.isText ? .cast(value, .timestamp, length: nil) : value
    }
    switch type {
    case .timestamp: return try timestamp(text, at: span)
    case .boolean:
      switch text.trimmed.asciiLowercased {
      case "true", "t", "1", "yes", "y", "on": return .number("1", .boolean)
      case "false", "f", "0", "no", "n", "off": return .number("0", .boolean)
      default: throw ADQLError(.type, "'\(text)' is neither true nor false.", at: span)
      }
    case _ where type.isNumeric:
      let digits = text.trimmed
      guard let first = digits.utf8.first, Double(literal: digits) != nil, digits.utf8.allSatisfy(Self.isNumberByte)
      else { throw ADQLError(.type, "'\(text)' is text; \(type.name) values go with numbers only.", at: span) }
      let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
      let value = try number(isSigned ? String(digits.dropFirst()) : digits, at: span)
      return first == UInt8(ascii: "-") ? .negated(value) : value
    default: return value
    }
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || "+-.eE".utf8.contains(byte)
  }

  /// A literal as a timestamp, in the one form in which comparing texts compares times.
  func timestamp(_ text: String, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    guard let canonical = TimestampText.canonical(text.trimmed) else {
      throw ADQLError(
        .type, "'\(text)' is no timestamp; one looks like '2022-07-12' or '2022-07-12T14:30:00.000'.", at: span)
    }
    return .cast(.text(canonical), .timestamp, length: nil)
  }
}

extension CheckedExpression {
  var isTextLiteral: Bool {
    if case .text = self { true } else { false }
  }
}

extension CastTarget.Name {
  /// The type of the value that a cast gives.
  var type: ADQLType {
    switch self {
    case .smallint: .smallint
    case .integer: .integer
    case .bigint: .bigint
    case .real: .real
    case .doublePrecision: .double
    case .char: .char
    case .varchar: .varchar
    case .timestamp: .timestamp
    case .point: .point
    case .circle: .circle
    case .polygon: .polygon
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
