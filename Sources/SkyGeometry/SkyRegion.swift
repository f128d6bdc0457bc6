/// A part of the sky made of circles, polygons and ranges: a footprint.
///
/// All tests are exact on the sphere, and what touches within 1e-10 degrees belongs together. Where the same region is tested again and
/// again, a ``PreparedRegion`` is faster.
public struct SkyRegion: Hashable, Sendable {
  /// One part of a region.
  public enum Shape: Hashable, Sendable {
    /// A circle; a single position is one of radius 0.
    case circle(SkyCircle)
    case polygon(SkyPolygon)
    case range(SkyRange)
  }

  /// The parts; a position belongs to the region when it belongs to one of them.
  public var shapes: [Shape]

  /// Makes a region from its parts.
  public init(shapes: [Shape]) { self.shapes = shapes }

  /// Whether a position lies in the region.
  public func contains(_ position: SkyPosition) -> Bool {
    let direction = position.vector
    return shapes.contains { PreparedShape($0).contains(direction) }
  }

  /// Whether the region and a circle share a point.
  public func intersects(_ circle: SkyCircle) -> Bool {
    let circle = PreparedShape.circle(Cap(circle))
    return shapes.contains { PreparedShape($0).intersects(circle) }
  }

  /// Whether two regions share a point.
  public func intersects(_ other: SkyRegion) -> Bool { PreparedRegion(self).intersects(PreparedRegion(other)) }

  /// Whether all of another region lies in this one, which may cover it with several shapes together.
  public func contains(_ other: SkyRegion) -> Bool { PreparedRegion(self).contains(PreparedRegion(other)) }

  /// A circle that encloses the region; radius 0 for a region without parts.
  public var boundingCircle: SkyCircle {
    shapes.count == 1 ? shapes[0].boundingCircle : Cap(enclosing: shapes.map { PreparedShape($0) }).circle
  }
}

extension SkyRegion.Shape {
  /// Whether a position lies in the shape or on its boundary.
  public func contains(_ position: SkyPosition) -> Bool { PreparedShape(self).contains(position.vector) }

  /// Whether the shape and a circle share a point.
  public func intersects(_ other: SkyCircle) -> Bool { PreparedShape(self).intersects(.circle(Cap(other))) }

  /// Whether two shapes share a point.
  public func intersects(_ other: Self) -> Bool { PreparedShape(self).intersects(PreparedShape(other)) }

  /// Whether all of another shape lies in this one.
  public func contains(_ other: Self) -> Bool { PreparedShape(self).contains(PreparedShape(other)) }

  /// A circle that encloses the shape.
  public var boundingCircle: SkyCircle {
    if case .circle(let circle) = self { return circle }
    return PreparedShape(self).cap.circle
  }
}
