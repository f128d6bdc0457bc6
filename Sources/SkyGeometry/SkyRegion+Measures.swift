#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension SkyRegion {
  /// The area, square degrees: the sum over the shapes, so that what several of them cover counts several times.
  public var area: Double { shapes.reduce(0) { $0 + $1.area } }

  /// The centre of gravity of the area; that of several shapes counts each with its area, or the same where none has one.
  /// - Returns: `nil` for a region without parts, and where there is no such direction, as for the whole sphere.
  public var centroid: SkyPosition? {
    if shapes.count == 1 { return shapes[0].centroid }
    let isFlat = shapes.allSatisfy { $0.area == 0 }
    var sum = UnitVector(x: 0, y: 0, z: 0)
    for shape in shapes {
      guard let moment = shape.moment else { continue }
      sum = sum + (isFlat ? moment * (1 / moment.length) : moment)
    }
    return sum.length > 0 ? SkyPosition(sum) : nil
  }
}

extension SkyRegion.Shape {
  /// The area, square degrees.
  public var area: Double {
    switch self {
    case .circle(let circle): circle.area
    case .polygon(let polygon): polygon.area
    case .range(let range): range.area
    }
  }

  /// The centre of gravity of the area, or of the corners where there is none; `nil` where no direction is it, as for the whole sphere.
  public var centroid: SkyPosition? {
    if case .circle(let circle) = self { return circle.radius < 180 ? circle.center : nil }
    return moment.map { SkyPosition($0) }
  }

  /// The integral of the directions in the shape over its area, steradians; `nil` where it vanishes. A shape without area has a small one
  /// towards its middle.
  fileprivate var moment: UnitVector? {
    let moment =
      switch self {
      case .circle(let circle): circle.center.vector * max(circle.moment, smallestMoment)
      case .polygon(let polygon): polygon.moment
      case .range(let range): range.moment
      }
    return moment.length > 0 ? moment : nil
  }
}

extension SkyCircle {
  /// The area, square degrees.
  public var area: Double {
    let half = sin(max(0, min(radius, 180)).radians / 2)
    return (4 * .pi * half * half).squareDegrees
  }

  fileprivate var moment: Double {
    let sine = sin(max(0, min(radius, 180)).radians)
    return .pi * sine * sine
  }
}

extension SkyRange {
  /// The area, square degrees.
  public var area: Double { (width.radians * heightOfZone).squareDegrees }

  /// The difference of the sines of the declinations.
  private var heightOfZone: Double { 2 * cos((north.radians + south.radians) / 2) * sin((north - south).radians / 2) }

  fileprivate var moment: UnitVector {
    let (low, high, half) = (south.radians, north.radians, width.radians / 2)
    let across = ((north - south).radians + cos(high + low) * sin((north - south).radians)) * sin(half)
    let along = half * heightOfZone * (sin(high) + sin(low))
    let middle = west.radians + half
    let moment = UnitVector(x: across * cos(middle), y: across * sin(middle), z: along)
    guard area == 0 else { return moment }
    return SkyPosition(ra: west + width / 2, dec: (south + north) / 2).vector * smallestMoment
  }
}

/// The length of the moment of a shape without area: below that of any other.
let smallestMoment = 1e-100

extension Double {
  /// A number of steradians in square degrees.
  var squareDegrees: Double { degrees.degrees }
}
