#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The spectrum of a source: a sloping continuum with lines.
struct SourceSpectrum: Sendable {
  private let slope: Float
  private let lines: [(micron: Float, strength: Float)]

  /// - Parameters:
  ///   - seed: the archive's seed.
  ///   - name: names the source.
  ///   - isStar: a star, whose lines are dark; gas shines in them.
  init(seed: UInt64, name: String, isStar: Bool = false) {
    var random = RandomSource(seed: seed, name: "spectrum " + name)
    slope = Float(random.uniform(-1.4...0.3))
    // Rest wavelengths of bright lines of ionised gas, shifted by one redshift.
    let stretch = isStar ? 1 : Float(1 + random.uniform(0...3.2))
    let rest: [Float] = [
      0.3727, 0.4861, 0.4959, 0.5007, 0.6563, 0.6716, 0.9069, 0.9532, 1.083, 1.282, 1.875, 2.166, 4.052, 6.985, 8.991,
      10.511, 12.814, 15.555, 18.713,
    ]
    var lines: [(micron: Float, strength: Float)] = []
    for micron in rest {
      let strength = Float(pow(random.uniform(), 2))
      lines.append((micron * stretch, isStar ? -0.08 - 0.15 * strength : 0.4 + 6 * strength))
    }
    self.lines = lines
  }

  /// Flux relative to the continuum at 2 µm, seen at a resolving power.
  func flux(_ micron: Float, resolution: Float = 150) -> Float {
    var sum = pow(micron / 2, slope)
    for line in lines {
      let distance = (micron - line.micron) / line.micron * resolution
      if abs(distance) < 4 { sum *= 1 + line.strength * exp(-distance * distance) }
    }
    return sum
  }
}
