internal import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension SkyRegion.Shape {
  /// The area, square degrees.
  var sphericalArea: Double {
    let degree = Double.pi / 180
    switch self {
    case .circle(let circle):
      let half = sin(circle.radius * degree / 2)
      return 4 * .pi * half * half / (degree * degree)
    case .polygon(let polygon): return polygon.sphericalArea / (degree * degree)
    }
  }
}

extension SkyPolygon {
  /// The area, steradians: the spherical excesses of the triangles that the first corner makes with each edge, added with their sign.
  fileprivate var sphericalArea: Double {
    let corners = vertices.map(\.vector)
    guard let first = corners.first else { return 0 }
    var excess = 0.0
    for (b, c) in zip(corners.dropFirst(), corners.dropFirst(2)) {
      excess += 2 * atan2(first.dot(b.cross(c)), 1 + first.dot(b) + b.dot(c) + c.dot(first))
    }
    let area = abs(excess)
    return min(area, 4 * .pi - area)
  }
}
