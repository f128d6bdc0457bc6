/// A part of the sky made of circles and polygons: a footprint.
public struct SkyRegion: Hashable, Sendable {
  /// One part of a region.
  public enum Shape: Hashable, Sendable {
    case circle(SkyCircle)
    case polygon(SkyPolygon)
  }

  /// The parts; a position belongs to the region when it belongs to one of them.
  public var shapes: [Shape]

  /// Makes a region from its parts.
  public init(shapes: [Shape]) { self.shapes = shapes }

  /// Whether a position lies in the region.
  public func contains(_ position: SkyPosition) -> Bool { shapes.contains { $0.contains(position) } }

  /// Whether the region and a circle share a point.
  public func intersects(_ circle: SkyCircle) -> Bool { shapes.contains { $0.intersects(circle) } }

  /// A circle that encloses the region; radius 0 for a region without parts.
  public var boundingCircle: SkyCircle {
    if shapes.count == 1 { return shapes[0].boundingCircle }
    var points: [(UnitVector, Double)] = []
    for shape in shapes {
      switch shape {
      case .circle(let circle): points.append((circle.center.vector, circle.radius))
      case .polygon(let polygon): points += polygon.vertices.map { ($0.vector, 0) }
      }
    }
    return SkyCircle(enclosing: points)
  }
}

extension SkyRegion.Shape {
  /// Whether a position lies in the shape or on its outline.
  public func contains(_ position: SkyPosition) -> Bool {
    switch self {
    case .circle(let circle): circle.contains(position)
    case .polygon(let polygon): polygon.contains(position)
    }
  }

  /// Whether the shape and a circle share a point.
  public func intersects(_ other: SkyCircle) -> Bool {
    switch self {
    case .circle(let circle): circle.intersects(other)
    case .polygon(let polygon): polygon.intersects(other)
    }
  }

  /// A circle that encloses the shape.
  public var boundingCircle: SkyCircle {
    switch self {
    case .circle(let circle): circle
    case .polygon(let polygon): polygon.boundingCircle
    }
  }
}
