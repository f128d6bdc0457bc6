internal import Holdings
internal import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Made-up exposures all over the sky, for timings at sizes that no real archive at hand has. The same seed gives the same ones.
struct SyntheticSky {
  /// One exposure of one detector.
  struct Exposure {
    /// Follows JWST's rules; names ascend with the number.
    var name: String
    var program: Int
    var instrument: String
    var filter: String
    var centre: SkyPosition
    var corners: [SkyPosition]
    /// MJD UTC.
    var start: Double
    /// Seconds.
    var exposureTime: Double
    var isPublic: Bool
  }

  private var state: UInt64
  private var pointing = SkyPosition(ra: 0, dec: 0)
  private var angle = 0.0
  private var start = 59_800.0

  init(seed: UInt64) { state = seed }

  private static let detectors = ["nrca1", "nrca2", "nrca3", "nrca4", "nrcb1", "nrcb2", "nrcb3", "nrcb4"]
  private static let filters = ["F070W", "F090W", "F115W", "F150W", "F200W", "F210M", "F444W;F405N", "F277W"]

  /// The exposure with a number; to be asked for in order, from 0.
  mutating func exposure(_ number: Int) -> Exposure {
    let (group, detector) = number.quotientAndRemainder(dividingBy: Self.detectors.count)
    if detector == 0 {
      let z = 2 * random() - 1
      pointing = SkyPosition(ra: 360 * random(), dec: asin(z) * 180 / .pi)
      angle = 360 * random()
      start += 0.01 * random()
    }
    let (observation, exposure) = group.quotientAndRemainder(dividingBy: 40)
    let (programme, visit) = observation.quotientAndRemainder(dividingBy: 100)
    let program = 1001 + programme
    // Eight detectors side by side, as the two modules of NIRCam have them.
    let centre = pointing.offset(positionAngle: angle + 45 * Double(detector), separation: 0.03)
    return Exposure(
      name: "jw\(program.padded(to: 5))\((visit + 1).padded(to: 3))001_02101_\((exposure + 1).padded(to: 5))_"
        + Self.detectors[detector],
      program: program, instrument: "NIRCAM/IMAGE", filter: Self.filters[group % Self.filters.count], centre: centre,
      corners: (0..<4).map { centre.offset(positionAngle: angle + 45 + 90 * Double($0), separation: 0.0126) },
      start: start, exposureTime: (100 + 1000 * random()).rounded(), isPublic: random() < 0.9)
  }

  /// SplitMix64, as a number in 0..<1.
  private mutating func random() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((value ^ (value >> 31)) >> 11) / Double(1 << 53)
  }
}
