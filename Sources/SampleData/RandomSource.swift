#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A reproducible stream of random numbers (SplitMix64): the same numbers for the same seed.
struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: UInt64
  private var spare: Float?

  init(seed: UInt64) { state = seed }

  /// A stream of its own for a name, so that a file's contents do not depend on what was made before it.
  init(seed: UInt64, name: String) {
    // FNV-1a spreads the name over 64 bits; Swift's own hash changes with every run.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ hash
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0..<1.
  mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A number from the normal distribution with deviation one; polar method, two at a time.
  mutating func normal() -> Float {
    if let value = spare {
      spare = nil
      return value
    }
    while true {
      let bits = next()
      let u = Float(UInt32(truncatingIfNeeded: bits) >> 8) * 0x1p-23 - 1
      let v = Float(bits >> 40) * 0x1p-23 - 1
      let s = u * u + v * v
      guard s < 1, s > 0 else { continue }
      let scale = (-2 * log(s) / s).squareRoot()
      spare = v * scale
      return u * scale
    }
  }
}
