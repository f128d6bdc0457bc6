#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension SkyPolygon {
  /// The area, square degrees, exact also where it is very small.
  ///
  /// Parts that an outline which crosses itself encloses in opposite senses are subtracted from each other.
  public var area: Double {
    let area = outline.cap.radius < Outline.smallRadius ? abs(Fan(self).area) : outline.areaInside
    return area.squareDegrees
  }

  /// The integral of the directions over the area, steradians; a very small one towards the middle of the corners where there is no area.
  var moment: UnitVector {
    let radius = outline.cap.radius
    guard radius < Self.flatRadius else { return outline.moment }
    let fan = Fan(self)
    guard abs(fan.area) > 1e-13 * radius * radius else { return outline.cap.center * smallestMoment }
    return fan.centroid * abs(fan.area)
  }

  /// Below this radius, radians, the centre of gravity of a triangle is the mean of its corners to 1e-13.
  private static let flatRadius = 1e-4
}

/// A polygon as triangles that share its first corner, taken from the differences of coordinates, which are exact for near neighbours.
private struct Fan {
  /// The area with the sign of the sense of rotation, steradians.
  private(set) var area = 0.0
  /// The mean of the triangles' middles, weighted with their areas.
  var centroid: UnitVector { apex + middles * (1 / area) }

  private let apex: UnitVector
  private var middles = UnitVector(x: 0, y: 0, z: 0)

  init(_ polygon: SkyPolygon) {
    let first = polygon.vertices[0]
    apex = first.vector
    // The computation is done in the frame whose zero of right ascension is at the first corner, and turned back at the end.
    let origin = SkyPosition(ra: 0, dec: first.dec).vector
    var last = UnitVector(x: 0, y: 0, z: 0)
    var turned = last
    for vertex in polygon.vertices.dropFirst() {
      let step = Self.step(from: first, to: vertex)
      let (a, b) = (origin + last, origin + step)
      let excess = 2 * atan2(origin.dot(last.cross(step)), 1 + origin.dot(a) + a.dot(b) + b.dot(origin))
      area += excess
      turned = turned + (last + step) * (excess / 3)
      last = step
    }
    let (sine, cosine) = (sin(first.ra.radians), cos(first.ra.radians))
    middles = UnitVector(
      x: turned.x * cosine - turned.y * sine, y: turned.x * sine + turned.y * cosine, z: turned.z)
  }

  /// The difference of two directions, right ascension counted from that of the first.
  private static func step(from first: SkyPosition, to other: SkyPosition) -> UnitVector {
    let (ra, dec) = (rightAscension(from: first.ra, to: other.ra).radians, (other.dec - first.dec).radians)
    let middle = (other.dec + first.dec) / 2
    let (half, width) = (2 * sin(dec / 2), sin(ra / 2))
    let radius = cosine(other.dec)
    return UnitVector(
      x: -half * sin(middle.radians) - 2 * radius * width * width, y: radius * sin(ra), z: half * cosine(middle))
  }

  /// The difference of two right ascensions in 0...360 in -180...180, degrees: taken so that nothing is lost across zero.
  private static func rightAscension(from first: Double, to other: Double) -> Double {
    let step = other - first
    return step > 180 ? other - 360 - first : step < -180 ? other - (first - 360) : step
  }

  /// The cosine of a declination, degrees, exact also near the poles, where that of the angle in radians is not.
  private static func cosine(_ dec: Double) -> Double { sin((90 - abs(dec)).radians) }
}

extension Outline {
  /// The area, steradians.
  fileprivate var areaInside: Double {
    let left = Self.areaToTheLeft(of: corners)
    return min(left, 4 * .pi - left)
  }

  /// The integral of the directions over the area is half the sum of the edges' poles, each times the length of its edge.
  fileprivate var moment: UnitVector {
    var sum = UnitVector(x: 0, y: 0, z: 0)
    for (corner, next) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      sum = sum + corner.pole * (corner.vector.angle(to: next.vector) / 2)
    }
    if cap.radius < Self.smallRadius {
      guard sum.length > 1e-13 * cap.radius * cap.radius else { return cap.center * smallestMoment }
      return sum.dot(cap.center) < 0 ? -sum : sum
    }
    return outside == 0 ? sum : -sum
  }
}
