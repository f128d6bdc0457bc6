#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The image of a star behind a hexagonal, segmented mirror: a core, a halo, six spikes and two weak ones along V2.
struct PointSpread: Sendable {
  /// Full width of the core at half maximum, arcseconds.
  let width: Float

  /// Wider than the telescope's own by about ten, as are the sample's pixels, so that the pattern keeps its looks.
  init(micron: Float) { width = max(0.9, min(4, 0.75 * pow(micron, 0.9))) }

  /// Brightness at a distance from the star, arcseconds along the telescope's V2 and V3 axes; 1 at the star.
  func callAsFunction(_ x: Float, _ y: Float) -> Float {
    let (x, y) = (x / width, y / width)
    let square = x * x + y * y
    let core = exp(-square * 2.77)
    let halo = 0.012 / (1 + square * square * 0.05)
    var spikes = Self.spike(x, y, weight: 0.004, length: 5)
    for (cosine, sine) in Self.axes {
      spikes += Self.spike(x * cosine + y * sine, y * cosine - x * sine, weight: 0.02, length: 7)
    }
    return core + halo + spikes
  }

  /// How far the pattern of a star stays above a level, arcseconds.
  func reach(flux: Float, level: Float) -> Float {
    let ratio = flux * 0.02 / max(level, 1e-6)
    return width * min(34, max(2.5, 7 * max(0, ratio).squareRoot()))
  }

  /// Directions of the spikes: 90° and 30° to either side of V2.
  private static let axes: [(Float, Float)] = [(0, 1), (0.866_025_4, 0.5), (0.866_025_4, -0.5)]

  private static func spike(_ along: Float, _ across: Float, weight: Float, length: Float) -> Float {
    let distance = abs(along)
    let thin = exp(-across * across * 3.2)
    guard thin > 1e-4 else { return 0 }
    // Segments make the spikes knotty.
    let knots = 0.8 + 0.2 * cos(distance * 2.1)
    return weight * thin * knots / (1 + (distance / length) * (distance / length) * (1 + distance / length))
  }
}
