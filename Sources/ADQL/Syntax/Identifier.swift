/// A name in a query.
public struct Identifier: Sendable {
  /// The name itself: without quotes, with `""` read as one, as it was typed.
  public var name: String
  /// Whether it stood between double quotes. Only then does its case matter.
  public var isDelimited: Bool
  /// Where it stands.
  public var span: SourceSpan

  /// A name.
  public init(_ name: String, isDelimited: Bool = false, span: SourceSpan) {
    self.name = name
    self.isDelimited = isDelimited
    self.span = span
  }
}

extension Identifier: Equatable {
  /// Two names are the same when they are spelled the same, wherever they stand.
  public static func == (left: Identifier, right: Identifier) -> Bool {
    left.name == right.name && left.isDelimited == right.isDelimited
  }
}
