/// The value of a FITS keyword as the header spells it: `'F200W   '`, `80.4957`, `T`. Source: FITS 4.0, section 4.2.
public struct FITSValue: RawRepresentable, Codable, Sendable, Hashable {
  /// The value's characters in the header, quotes included; empty for a keyword that the header does not have.
  public var rawValue: String

  /// A value by its spelling.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// What stands for a keyword that was looked for and not found.
  static let absent = FITSValue(rawValue: "")

  /// The value as text: a string without quotes and without blanks at its end; `nil` when there is none.
  public var text: String? {
    guard rawValue.hasPrefix("'") else { return rawValue.isEmpty ? nil : rawValue }
    var inner = rawValue.dropFirst()
    if inner.hasSuffix("'") { inner = inner.dropLast() }
    while inner.last == " " { inner = inner.dropLast() }
    return inner.isEmpty ? nil : String(inner.replacing("''", with: "'"))
  }

  /// The value as a whole number.
  public var integer: Int64? { Int64(rawValue) }

  /// The value as a number.
  public var real: Double? {
    rawValue.hasPrefix("'") ? nil : Double(String(rawValue.map { $0 == "D" || $0 == "d" ? "E" : $0 }))
  }

  /// The value as truth.
  public var logical: Bool? { rawValue == "T" ? true : rawValue == "F" ? false : nil }
}
