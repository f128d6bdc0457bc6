/// A circle on the sky.
public struct SkyCircle: Hashable, Sendable {
  /// The centre.
  public var center: SkyPosition
  /// The radius, degrees.
  public var radius: Double

  /// Makes a circle from its centre and its radius in degrees.
  public init(center: SkyPosition, radius: Double) {
    self.center = center
    self.radius = radius
  }

  /// Whether a position lies inside or on the rim, within 1e-10 degrees.
  public func contains(_ position: SkyPosition) -> Bool { Cap(self).contains(position.vector) }

  /// Whether two circles share a point.
  public func intersects(_ other: SkyCircle) -> Bool { Cap(self).intersects(Cap(other)) }
}
