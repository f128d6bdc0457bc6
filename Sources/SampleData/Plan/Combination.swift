import Holdings
import SkyGeometry

/// A product of stage 3: what several exposures give together.
struct Combination: Sendable {
  var programme: Int
  var observation: Int
  var mode: Mode
  var target: SkyTarget
  var optics: Optics
  /// `t001`, or `s000004590` for a source.
  var targetID: String
  /// The source's number, for modes with products per source.
  var source: Int?
  var opticalName: String
  var members: [Exposure]
  var obsid: Int64 = 0
  var ordinal = 0

  var fileSet: String {
    "jw\(programme.padded(to: 5))-o\(observation.padded(to: 3))_\(targetID)_\(mode.instrument.rawValue)"
  }
  var root: String { "\(fileSet)_\(opticalName)" }
  var start: Int64 { members.map(\.start).min() ?? 0 }
  var end: Int64 { members.map(\.end).max() ?? 0 }
  /// Exposure time where the members overlap fully, seconds: the sum over dithers of one detector.
  var exposureTime: Double {
    let first = members.first?.detector
    return members.filter { $0.detector == first && ($0.segment ?? 1) == 1 }.reduce(0) { $0 + $1.exposureTime }
  }

  /// The smallest convex outline around the members, in the tangent plane of the target.
  var outline: [SkyPosition] {
    let plane = TangentPlane(center: target.position)
    let corners = members.flatMap { $0.outlines.flatMap { $0 } }.compactMap { plane.project($0) }
    return convexHull(corners.map { Point(x: $0.east, y: $0.north) }).map { plane.position(east: $0.x, north: $0.y) }
  }

  /// A grid that holds all members, turned like the first of them.
  func frame(longSide: Int) -> Frame {
    guard let first = members.first?.frame else { preconditionFailure("A combination has members.") }
    // Corners in a grid of 1″ pixels around the first member give the bounds.
    var unit = first
    (unit.width, unit.height, unit.xScale, unit.yScale) = (1, 1, 1, 1)
    let points = members.flatMap { $0.outlines.flatMap { $0 } }.compactMap { unit.pixel(of: $0) }
    let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 1)
    let (bottom, top) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 1)
    let scale = max(right - left, top - bottom) / Double(longSide)
    return Frame(
      center: unit.sky(x: (left + right) / 2, y: (bottom + top) / 2), positionAngle: first.positionAngle,
      width: max(1, Int(((right - left) / scale).rounded())), height: max(1, Int(((top - bottom) / scale).rounded())),
      xScale: scale, yScale: scale)
  }
}

struct Point: Sendable, Hashable {
  var x: Double
  var y: Double
}

/// The corners of the smallest convex polygon around points, anticlockwise.
func convexHull(_ points: [Point]) -> [Point] {
  let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  guard sorted.count > 2 else { return sorted }
  func chain(_ points: some Sequence<Point>) -> [Point] {
    var hull: [Point] = []
    for point in points {
      while hull.count > 1 {
        let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
        guard (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) <= 0 else { break }
        hull.removeLast()
      }
      hull.append(point)
    }
    return hull.dropLast()
  }
  return chain(sorted) + chain(sorted.reversed())
}
