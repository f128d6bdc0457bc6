#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A range as tests want it: angles in radians.
struct RangeOutline: Sendable {
  let west, width, south, north: Double
  let cap: Cap

  init(_ range: SkyRange) {
    (west, width) = (range.west.radians, range.width.radians)
    (south, north) = (range.south.radians, range.north.radians)
    cap = Self.cap(west: west, width: width, south: south, north: north)
  }

  func contains(_ point: UnitVector) -> Bool {
    let radius = (point.x * point.x + point.y * point.y).squareRoot()
    let latitude = atan2(point.z, radius)
    guard latitude >= south - touchingAngle, latitude <= north + touchingAngle else { return false }
    let step = (atan2(point.y, point.x) - west).truncatingRemainder(dividingBy: 2 * .pi)
    let east = step < 0 ? step + 2 * .pi : step
    let slack = touchingAngle / max(radius, touchingAngle / 4)
    return east <= width + slack || east >= 2 * .pi - slack
  }

  var boundary: [BoundaryArc] {
    var arcs: [BoundaryArc] = []
    let start = Self.direction(west, 0)
    let axis = UnitVector(x: 0, y: 0, z: 1)
    // A parallel at a pole is a point inside, unless it is all there is.
    for latitude in [south, north] where abs(latitude) < .pi / 2 || south == north {
      arcs.append(BoundaryArc(around: axis, radius: .pi / 2 - latitude, from: start, length: width))
    }
    if width < 2 * .pi {
      for longitude in [west, west + width] {
        let pole = UnitVector(x: sin(longitude), y: -cos(longitude), z: 0)
        arcs.append(
          BoundaryArc(
            around: pole, radius: .pi / 2, from: Self.direction(longitude, south), length: north - south))
      }
    }
    return arcs
  }

  private static func direction(_ longitude: Double, _ latitude: Double) -> UnitVector {
    UnitVector(x: cos(latitude) * cos(longitude), y: cos(latitude) * sin(longitude), z: sin(latitude))
  }

  /// The smallest of three caps: around the middle, and around either pole.
  private static func cap(west: Double, width: Double, south: Double, north: Double) -> Cap {
    let pole = UnitVector(x: 0, y: 0, z: 1)
    var caps = [Cap(center: pole, radius: .pi / 2 - south), Cap(center: -pole, radius: .pi / 2 + north)]
    if width <= .pi {
      // Up to 180° of right ascension the corners are the farthest points.
      let middle = direction(west + width / 2, (south + north) / 2)
      let reach = max(middle.angle(to: direction(west, south)), middle.angle(to: direction(west, north)))
      caps.append(Cap(center: middle, radius: reach))
    }
    return caps.min { $0.radius < $1.radius } ?? caps[0]
  }
}
