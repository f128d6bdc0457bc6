/// What the identifiers in a request for data links stand for. More may come.
public struct LinkingParameter: RawRepresentable, Sendable, Hashable {
  /// The service's word.
  public var rawValue: String

  /// A meaning by the service's word.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Sources, which is what the service takes them for when nothing is said.
  public static let source = LinkingParameter(rawValue: "SOURCE_ID")
  /// Transits.
  public static let transit = LinkingParameter(rawValue: "TRANSIT_ID")
  /// Images.
  public static let image = LinkingParameter(rawValue: "IMAGE_ID")
}
