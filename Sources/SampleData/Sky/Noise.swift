/// Smooth random fields: value noise on a lattice, summed over octaves, the same for the same seed.
struct Noise: Sendable {
  var seed: UInt64

  /// A smooth field between 0 and 1 that changes over a distance of one.
  func value(_ x: Float, _ y: Float) -> Float {
    let (column, row) = (x.rounded(.down), y.rounded(.down))
    let (i, j) = (Int32(column), Int32(row))
    let (u, v) = (Self.smooth(x - column), Self.smooth(y - row))
    let bottom = lattice(i, j) + (lattice(i &+ 1, j) - lattice(i, j)) * u
    let top = lattice(i, j &+ 1) + (lattice(i &+ 1, j &+ 1) - lattice(i, j &+ 1)) * u
    return bottom + (top - bottom) * v
  }

  /// A cloud: octaves of half the size and half the weight, between 0 and 1.
  func cloud(_ x: Float, _ y: Float, octaves: Int = 5) -> Float {
    var (sum, weight, total) = (Float(0), Float(0.5), Float(0))
    var (x, y) = (x, y)
    for _ in 0..<octaves {
      sum += weight * value(x, y)
      total += weight
      weight *= 0.55
      // A turn by an odd angle between octaves hides the lattice.
      (x, y) = (1.6 * x - 1.2 * y + 17.3, 1.2 * x + 1.6 * y - 9.1)
    }
    return sum / total
  }

  /// Filaments: bright where a cloud crosses its middle value.
  func filaments(_ x: Float, _ y: Float) -> Float {
    let ridge = 1 - abs(2 * cloud(x, y, octaves: 4) - 1)
    let square = ridge * ridge
    return square * square * square
  }

  private func lattice(_ i: Int32, _ j: Int32) -> Float {
    var hash = seed ^ UInt64(UInt32(bitPattern: i)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= UInt64(UInt32(bitPattern: j)) &* 0xC2B2_AE3D_27D4_EB4F
    hash = (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 32
    return Float(hash & 0xFFFF) / 65535
  }

  private static func smooth(_ t: Float) -> Float { t * t * (3 - 2 * t) }
}
