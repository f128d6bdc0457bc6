#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A piece of the boundary of a shape: an arc of a great or a small circle.
struct BoundaryArc: Sendable {
  /// The pole around which the arc runs counter-clockwise.
  let pole: UnitVector
  /// The distance of all points of the arc from the pole, radians; π/2 on a great circle.
  let radius: Double
  /// How far around the pole the arc goes, radians; 2π for a full circle.
  let length: Double
  private let sine: Double
  private let cosine: Double
  /// At right angles to the pole and to each other, the first towards the start.
  private let axes: (UnitVector, UnitVector)
  /// The middle of the arc; no point of it is farther from there than ``reach`` in radians.
  private let middle: UnitVector
  private let reach: Double

  /// An arc.
  /// - Parameters:
  ///   - pole: what it runs around.
  ///   - radius: its distance from the pole, radians.
  ///   - start: a direction at right angles to the pole: where it starts.
  ///   - length: how far around it goes, radians.
  init(around pole: UnitVector, radius: Double, from start: UnitVector, length: Double) {
    self.pole = pole
    self.radius = radius
    self.length = length
    (sine, cosine) = radius == .pi / 2 ? (1, 0) : (sin(radius), cos(radius))
    axes = (start, pole.cross(start))
    let (across, along) = (sine * cos(length / 2), sine * sin(length / 2))
    middle = pole * cosine + axes.0 * across + axes.1 * along
    reach = sine * length / 2 + touchingAngle
  }

  var isFull: Bool { length >= 2 * .pi }

  /// How long a piece of the arc is, radians on the sky.
  func extent(of angle: Double) -> Double { angle * sine }

  /// The point at an angle around the pole from the start, radians.
  func point(at angle: Double) -> UnitVector {
    pole * cosine + axes.0 * (sine * cos(angle)) + axes.1 * (sine * sin(angle))
  }

  /// The angle at which a point is seen from the pole: in 0..<2π from the start on.
  func angle(of point: UnitVector) -> Double {
    let angle = atan2(axes.1.dot(point), axes.0.dot(point))
    return angle < 0 ? angle + 2 * .pi : angle
  }

  /// The point beside the arc: to its left by a small angle in radians, to its right by a negative one.
  func point(at angle: Double, leftBy distance: Double) -> UnitVector {
    let point = point(at: angle)
    let inwards = (pole - point * cosine) * (1 / max(sine, 1e-300))
    return (point + inwards * distance).normalized ?? point
  }

  /// The angle to the nearest point of the arc, radians.
  func distance(to point: UnitVector) -> Double {
    let angle = angle(of: point)
    if angle <= length { return abs(pole.angle(to: point) - radius) }
    return min(self.point(at: 0).angle(to: point), self.point(at: length).angle(to: point))
  }

  /// The angles, radians, at which another arc meets this one, and at which it begins or ends on it.
  func meetings(with other: BoundaryArc) -> [Double] {
    let farthest = reach + other.reach
    guard middle.squaredChord(to: other.middle) <= farthest * farthest else { return [] }
    var points = circlesMeet(other).filter { isOnArc($0) && other.isOnArc($0) }
    for end in other.isFull ? [] : [other.point(at: 0), other.point(at: other.length)] {
      if distance(to: end) <= touchingAngle { points.append(end) }
    }
    return points.map { min(angle(of: $0), length) }
  }

  /// Whether two arcs share a point.
  func meets(_ other: BoundaryArc) -> Bool {
    if !meetings(with: other).isEmpty { return true }
    return !isFull
      && (other.distance(to: point(at: 0)) <= touchingAngle || other.distance(to: point(at: length)) <= touchingAngle)
      || isFull && other.isFull && isSameCircle(as: other)
  }

  /// Whether a point of the circle belongs to the arc.
  private func isOnArc(_ point: UnitVector) -> Bool {
    let slack = touchingAngle / max(sine, touchingAngle)
    let angle = angle(of: point)
    return angle <= length + slack || angle >= 2 * .pi - slack
  }

  private func isSameCircle(as other: BoundaryArc) -> Bool {
    let angle = pole.angle(to: other.pole)
    return angle + abs(radius - other.radius) <= touchingAngle
      || .pi - angle + abs(radius + other.radius - .pi) <= touchingAngle
  }

  /// The points in which the whole circles meet; none when they are one circle.
  private func circlesMeet(_ other: BoundaryArc) -> [UnitVector] {
    let line = pole.cross(other.pole)
    let square = line.dot(line)
    guard square > 1e-28 else { return [] }
    let dot = pole.dot(other.pole)
    let (a, b) = ((cosine - other.cosine * dot) / square, (other.cosine - cosine * dot) / square)
    let foot = pole * a + other.pole * b
    let rest = 1 - foot.dot(foot)
    if rest <= 0 {
      // They may touch: the foot is the point between them then.
      guard let touch = foot.normalized, abs(pole.angle(to: touch) - radius) <= touchingAngle,
        abs(other.pole.angle(to: touch) - other.radius) <= touchingAngle
      else { return [] }
      return [touch]
    }
    let reach = line * (rest / square).squareRoot()
    return [foot + reach, foot - reach]
  }
}
