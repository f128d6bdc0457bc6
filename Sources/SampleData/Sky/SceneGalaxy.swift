#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A galaxy: an elliptical disc with a core, perhaps arms, a wind or the bent shape of a lensed image.
struct SceneGalaxy: Sendable {
  var east: Float
  var north: Float
  /// Scale length along the long axis, arcseconds.
  var size: Float
  /// Short axis over long axis.
  var ratio: Float
  /// Angle of the long axis, radians from east.
  var angle: Float
  var brightness: Float
  /// Strength of two spiral arms.
  var arms: Float = 0
  /// Strength of a wind along the short axis.
  var wind: Float = 0
  /// Radius of the arc into which the galaxy is bent around the target, 0 for none.
  var bend: Float = 0

  func glow(_ x: Float, _ y: Float, noise: Noise) -> Float {
    if bend > 0 {
      let r = (x * x + y * y).squareRoot()
      var turn = atan2(y, x) - angle
      turn -= 2 * .pi * (turn / (2 * .pi)).rounded()
      let (along, across) = (turn * bend / (size * 8), (r - bend) / size)
      let square = along * along + across * across
      return square > 25 ? 0 : brightness * exp(-square)
    }
    let (dx, dy) = (x - east, y - north)
    let (sine, cosine) = (sin(angle), cos(angle))
    let (u, v) = (dx * cosine + dy * sine, (dy * cosine - dx * sine))
    let r = (u * u + v * v / (ratio * ratio)).squareRoot() / size
    var sum = Float(0)
    if r < 9 {
      var disc = exp(-r)
      if arms > 0 {
        let phase = 2 * atan2(v / ratio, u) - 2.4 * log(r + 0.25)
        disc *= 1 + arms * cos(phase) * min(1, r) + 0.5 * (noise.cloud(x / 3, y / 3) - 0.5)
      }
      sum = brightness * (disc + 2.2 * exp(-r * r * 22))
    }
    if wind > 0 {
      let (height, reach) = (abs(v) / size, abs(u) / (size * 0.45 + 0.5 * abs(v)))
      if height < 5, reach < 4 {
        sum += wind * exp(-height * 0.6 - reach * reach) * (0.15 + 2.2 * noise.filaments(x / 14, y / 14))
      }
    }
    return sum
  }

  static func galaxies(for look: SkyTarget.Look, random: inout RandomSource) -> [SceneGalaxy] {
    switch look {
    case .group:
      let members: [(Float, Float, Float, Float, Float, Float, Float)] = [
        (-4, 6, 12, 0.6, 0.5, 36, 0.75), (21, 12, 9, 0.7, 1.9, 44, 0.6), (27, -9, 7, 0.85, 0.2, 60, 0.3),
        (-34, -24, 11, 0.5, 2.4, 40, 0.8), (10, 46, 6, 0.9, 0, 55, 0),
      ]
      let near = members.map {
        SceneGalaxy(east: $0.0, north: $0.1, size: $0.2, ratio: $0.3, angle: $0.4, brightness: $0.5, arms: $0.6)
      }
      return near + faint(140, around: nil, random: &random)
    case .cluster:
      var all = [
        SceneGalaxy(east: 0, north: 0, size: 5, ratio: 0.7, angle: 0.4, brightness: 90),
        SceneGalaxy(east: 0, north: 0, size: 26, ratio: 0.6, angle: 0.4, brightness: 7),
      ]
      for index in 0..<7 {
        let radius = Float(random.uniform(13...36))
        let angle = Float(index) * 0.9 + Float(random.uniform(0...0.7))
        all.append(
          SceneGalaxy(
            east: radius * cos(angle), north: radius * sin(angle), size: Float(random.uniform(0.5...0.8)), ratio: 1,
            angle: angle, brightness: Float(random.uniform(10...34)), bend: radius))
      }
      return all + faint(90, around: 35, random: &random) + faint(280, around: nil, random: &random)
    case .deepField: return faint(420, around: nil, random: &random)
    case .edgeOn:
      return [
        SceneGalaxy(
          east: 0, north: 0, size: 26, ratio: 0.24, angle: 0.42, brightness: 120, arms: 0.25, wind: 60)
      ]
    case .star: return faint(40, around: nil, random: &random)
    case .field, .cliffs, .pillars, .ring: return []
    }
  }

  /// Small galaxies, evenly spread or crowded around the target within a radius.
  private static func faint(_ count: Int, around radius: Double?, random: inout RandomSource) -> [SceneGalaxy] {
    (0..<count).map { _ in
      let distance = radius.map { $0 * random.uniform() * 1.4 } ?? 220 * random.uniform().squareRoot()
      let angle = random.uniform(0...2 * .pi)
      return SceneGalaxy(
        east: Float(distance * cos(angle)), north: Float(distance * sin(angle)),
        size: Float(random.uniform(0.5...1.9)), ratio: Float(random.uniform(0.35...1)),
        angle: Float(random.uniform(0...Double.pi)), brightness: Float(8 * pow(1 - random.uniform(), -0.6)))
    }
  }
}
