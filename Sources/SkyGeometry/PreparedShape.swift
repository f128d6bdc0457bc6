#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One shape in the form that tests want.
enum PreparedShape: Sendable {
  case circle(Cap)
  case polygon(Outline)
  case range(RangeOutline)

  init(_ shape: SkyRegion.Shape) {
    switch shape {
    case .circle(let circle): self = .circle(Cap(circle))
    case .polygon(let polygon): self = .polygon(polygon.outline)
    case .range(let range): self = .range(RangeOutline(range))
    }
  }

  /// A cap around the shape.
  var cap: Cap {
    switch self {
    case .circle(let cap): cap
    case .polygon(let outline): outline.cap
    case .range(let range): range.cap
    }
  }

  /// Whether a direction lies in the shape or on its boundary.
  func contains(_ point: UnitVector) -> Bool {
    switch self {
    case .circle(let cap): cap.contains(point)
    case .polygon(let outline): outline.contains(point)
    case .range(let range): range.contains(point)
    }
  }

  /// The boundary; nothing for the whole sphere.
  var boundary: [BoundaryArc] {
    switch self {
    case .circle(let cap): cap.boundary
    case .polygon(let outline): outline.boundary
    case .range(let range): range.boundary
    }
  }

  /// The angle from a direction to the nearest point of the boundary, radians; infinite where there is no boundary.
  func distanceToBoundary(from point: UnitVector) -> Double {
    if case .polygon(let outline) = self { return outline.distance(to: point) }
    return boundary.map { $0.distance(to: point) }.min() ?? .infinity
  }
}

extension Cap {
  fileprivate var boundary: [BoundaryArc] {
    isSphere ? [] : [BoundaryArc(around: center, radius: radius, from: center.perpendicular, length: 2 * .pi)]
  }
}

extension Outline {
  fileprivate var boundary: [BoundaryArc] {
    guard corners.count > 1 else {
      return corners.map { BoundaryArc(around: $0.pole, radius: .pi / 2, from: $0.vector, length: 0) }
    }
    let next = corners.dropFirst() + corners.prefix(1)
    return zip(corners, next).map {
      BoundaryArc(around: $0.pole, radius: .pi / 2, from: $0.vector, length: $0.vector.angle(to: $1.vector))
    }
  }

  /// The angle to the nearest point of the outline, radians.
  func distance(to point: UnitVector) -> Double {
    var nearest = Double.infinity
    var last = corners[corners.count - 1]
    for corner in corners {
      nearest = min(nearest, point.angle(toArcFrom: last.vector, to: corner.vector, pole: last.pole))
      last = corner
    }
    return nearest
  }
}

extension UnitVector {
  /// The angle to the nearest point of an arc whose pole is known, radians.
  fileprivate func angle(toArcFrom start: Self, to end: Self, pole: Self) -> Double {
    if pole.cross(start).dot(self) >= 0, end.cross(pole).dot(self) >= 0, (start + end).dot(self) > 0 {
      return abs(asin(max(-1, min(1, pole.dot(self)))))
    }
    return min(angle(to: start), angle(to: end))
  }
}
