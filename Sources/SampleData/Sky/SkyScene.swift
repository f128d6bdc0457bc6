import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A star: place in the target's tangent plane (arcseconds east and north), brightness at 2 µm and colour.
struct SceneStar: Sendable {
  var east: Float
  var north: Float
  var flux: Float
  /// Exponent of the brightness against the wavelength.
  var slope: Float
}

/// What the sky around a target shows, the same for every exposure that sees it.
struct SkyScene: Sendable {
  let target: SkyTarget
  let stars: [SceneStar]
  let plane: TangentPlane
  private let noise: Noise
  private let galaxies: [SceneGalaxy]

  /// Radius of the field with stars, arcseconds.
  private static let radius = 260.0

  init(target: SkyTarget, seed: UInt64) {
    self.target = target
    plane = TangentPlane(center: target.position)
    var random = RandomSource(seed: seed, name: "sky " + target.name)
    noise = Noise(seed: random.next())
    let area = Double.pi * Self.radius * Self.radius / 3600
    var stars: [SceneStar] = []
    if target.look == .star { stars.append(SceneStar(east: 0, north: 0, flux: 60_000, slope: -1.2)) }
    for _ in 0..<Int(area * target.starDensity) {
      let distance = Self.radius * random.uniform().squareRoot()
      let angle = 2 * Double.pi * random.uniform()
      // Counts rise tenfold for a tenth of the brightness to the power 0.85; the brightest are kept apart by the ceiling.
      let flux = min(9_000, 12 * pow(1 - random.uniform(), -1 / 0.85))
      stars.append(
        SceneStar(
          east: Float(distance * cos(angle)), north: Float(distance * sin(angle)), flux: Float(flux),
          slope: Float(random.uniform(-1.6...0.4))))
    }
    self.stars = stars
    galaxies = SceneGalaxy.galaxies(for: target.look, random: &random)
  }

  /// The position of a star on the sky.
  func position(of star: SceneStar) -> SkyPosition {
    plane.position(east: Double(star.east) / 3600, north: Double(star.north) / 3600)
  }

  /// Surface brightness of all that is not a star.
  /// - Parameters:
  ///   - x: arcseconds east of the target.
  ///   - y: arcseconds north of the target.
  ///   - micron: wavelength.
  func glow(_ x: Float, _ y: Float, micron: Float) -> Float {
    var sum = nebula(x, y, warm: max(0, min(1, (micron - 1) / 7)))
    for galaxy in galaxies { sum += galaxy.glow(x, y, noise: noise) }
    return sum
  }

  private func nebula(_ x: Float, _ y: Float, warm: Float) -> Float {
    switch target.look {
    case .cliffs:
      let (u, v) = (x / 45, y / 45)
      let edge = 1.1 * noise.cloud(u * 0.7 + 3, v * 0.35) - 0.55 + 0.25 * u
      let depth = edge - v * 0.8
      let cloud = noise.cloud(u * 1.3 + 40, v * 1.3)
      let body = depth > 0 ? (0.25 + cloud * cloud * 1.6) * min(1, depth * 3) : 0
      let rim = exp(-depth * depth * 60) * (0.6 + cloud)
      return 5 + 3 * noise.cloud(u * 0.5, v * 0.5 + 9) + body * (22 + 16 * warm) + rim * 26
        + noise.filaments(u * 1.2, v * 1.2 + 70) * (depth > 0 ? 22 : 5)
    case .pillars:
      let (u, v) = (x / 40, y / 40)
      var dark = Float(0)
      for (index, start) in [Float(-0.75), 0.05, 0.8].enumerated() {
        let top = Float(0.95) - 0.45 * Float(index)
        let axis = start + 0.18 * (noise.cloud(v * 1.5, Float(index) * 7) - 0.5) + 0.25 * v
        let width = 0.16 + 0.16 * max(0, top - v) * (0.5 + noise.cloud(u * 3, v * 3))
        let inside = 1 / (1 + exp((abs(u - axis) - width) * 28))
        dark = max(dark, inside / (1 + exp((v - top) * 18)))
      }
      let cloud = noise.cloud(u * 1.5 + 5, v * 1.5)
      let rim = 4 * dark * (1 - dark)
      return 7 + 14 * cloud + (dark * (0.45 + cloud) * (18 + 22 * warm)) + rim * 34
        + noise.filaments(u * 2, v * 2 + 30) * 16 * (0.3 + dark)
    case .ring(let radius):
      let r = (x * x * 1.15 + y * y * 0.95 - 0.12 * x * y).squareRoot() / Float(radius)
      let angle = atan2(y, x)
      let wave = noise.cloud(cos(angle) * 3 + 8, sin(angle) * 3 + 8)
      let shell = exp(-pow((r - 0.85 - 0.16 * wave) / 0.16, 2))
      let rays = noise.cloud(cos(angle) * 11 + 20, sin(angle) * 11 + r * 1.5)
      let halo = r > 0.9 ? exp(-(r - 0.9) * 2.1) * pow(rays, 3) * 30 : 0
      let inner = r < 1 ? (1 - r) * 9 : 0
      let grain = 0.7 + 0.6 * noise.cloud(x / 4, y / 4)
      return 2 + (shell * (55 + 25 * warm) + inner) * grain + halo
    case .group, .cluster, .deepField, .edgeOn, .star, .field:
      return 1
    }
  }
}
