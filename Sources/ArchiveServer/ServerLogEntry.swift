public import SkyGeometry

/// One answered request. Queries, headers and bodies, where tokens and names may stand, are left out.
public struct ServerLogEntry: Sendable, Hashable, CustomStringConvertible {
  /// When the request arrived.
  public var time: ModifiedJulianDate
  /// The method.
  public var method: String
  /// The path without query.
  public var path: String
  /// The status that was sent.
  public var status: Int
  /// Bytes of the body that were sent.
  public var byteCount: Int64
  /// Time from the request's arrival to the last byte, milliseconds.
  public var milliseconds: Double

  /// The entry on one line, without control characters.
  public var description: String {
    let shown = String(
      path.unicodeScalars.prefix(200).map { $0.properties.generalCategory == .control ? "?" : Character($0) })
    let tenths = (milliseconds * 10).rounded() / 10
    return "\(time.isoText(fractionDigits: 3)) \(method) \(shown) \(status) \(byteCount) \(tenths)"
  }
}
