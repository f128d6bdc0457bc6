import Pictures
import Holdings
import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Makes the files of one exposure from the light that fell on its detector.
struct ExposureFiles {
  let exposure: Exposure
  let seed: UInt64
  /// Count rate, counts per second, without noise.
  private let rate: Plane
  private let spectrum: SourceSpectrum

  init(exposure: Exposure, scene: SkyScene, seed: UInt64) {
    self.exposure = exposure
    self.seed = seed
    spectrum = SourceSpectrum(seed: seed, name: exposure.target.name, isStar: exposure.target.look == .star)
    var light =
      exposure.mode.isImaging
      ? scene.image(on: exposure.frame, micron: exposure.optics.middle, roll: exposure.attitude.roll)
      : SpectralImage(exposure: exposure, scene: scene, seed: seed).image()
    if exposure.mode == .nircamCoron { Self.mask(&light) }
    if exposure.mode == .nirissAMI { Self.interfere(&light) }
    for index in light.values.indices { light.values[index] *= Self.response }
    rate = light
  }

  /// Counts per second for a unit of light.
  private static let response: Float = 0.35
  /// Megajansky per steradian for a count per second.
  private static let photometry: Float = 0.42
  private static let readNoise: Float = 9

  /// The bytes of a FITS product, and the picture for its preview.
  func file(
    _ suffix: String, name: String, cards: [FITSCard]
  ) throws(SampleDataError) -> (bytes: [UInt8], preview: Plane?) {
    var random = RandomSource(seed: seed, name: name)
    let file = try FITSWriter(name: name, cards: cards)
    let preview: Plane?
    switch suffix {
    case "uncal": preview = try uncal(file, &random)
    case "rateints", "calints": preview = try integrations(file, &random, calibrated: suffix == "calints")
    case "rate", "cal": preview = try mean(file, &random, calibrated: suffix == "cal")
    case "i2d": preview = try rectified(file, &random)
    case "s2d":
      preview = try SpectralFiles.appendRectified(file, spectrum, range: exposure.optics.range, &random)
    case "s3d":
      preview = try SpectralFiles.appendCube(
        file, spectrum, frame: cubeFrame, range: exposure.optics.range, noise: Noise(seed: seed), &random)
    case "x1dints":
      for integration in exposure.integrationRange {
        let depth = transit(integration)
        try SpectralFiles.appendTable(
          file, spectrum, range: exposure.optics.range, scale: 1 - depth, rows: 96, number: integration, &random)
      }
      preview = nil
    default:
      try SpectralFiles.appendTable(
        file, spectrum, range: exposure.optics.range, scale: 1, rows: 160, number: 1, &random)
      preview = nil
    }
    return (try file.finish(), preview)
  }

  /// The light on another grid around the same middle, for the one mode whose scene the detector's mask changes.
  func light(on frame: Frame) -> Plane {
    var plane = Plane(width: frame.width, height: frame.height)
    for row in 0..<frame.height {
      for column in 0..<frame.width {
        let (x, y) = (column * rate.width / frame.width, row * rate.height / frame.height)
        plane.values[row * frame.width + column] = rate.values[y * rate.width + x] / Self.response
      }
    }
    return plane
  }

  private var cubeFrame: Frame { exposure.attitude.frame(of: exposure.fields[0], width: 20, height: 20) }

  /// Part of the light that a planet hides: a transit in the middle of the series.
  func transit(_ integration: Int) -> Float {
    guard exposure.mode.isTimeSeries else { return 0 }
    let phase = (Float(integration) - 0.5) / Float(exposure.integrations)
    return phase > 0.3 && phase < 0.7 ? 0.0145 : 0
  }

  /// The pattern of a mask with seven holes: the light of each pair interferes.
  private static func interfere(_ plane: inout Plane) {
    let holes: [(Float, Float)] = [
      (0, -2.64), (-2.29, 0), (2.29, -1.32), (-2.29, 1.32), (-1.14, 1.98), (2.29, 1.32), (1.14, 1.98),
    ]
    for row in 0..<plane.height {
      for column in 0..<plane.width {
        let (x, y) = (Float(column) - Float(plane.width - 1) / 2, Float(row) - Float(plane.height - 1) / 2)
        var (real, imaginary) = (Float(0), Float(0))
        for hole in holes {
          let phase = 0.21 * (hole.0 * x + hole.1 * y)
          real += cos(phase)
          imaginary += sin(phase)
        }
        let envelope = 9_000 * exp(-(x * x + y * y) / 260)
        plane.values[row * plane.width + column] = 4 + envelope * (real * real + imaginary * imaginary) / 49
      }
    }
  }

  private static func mask(_ plane: inout Plane) {
    for row in 0..<plane.height {
      for column in 0..<plane.width {
        let (x, y) = (Float(column) - Float(plane.width - 1) / 2, Float(row) - Float(plane.height - 1) / 2)
        let r = (x * x + y * y).squareRoot()
        let index = row * plane.width + column
        // What the mask lets pass around its edge: rings that fade outwards.
        let rings = 900 * exp(-r / 9) * (0.55 + 0.45 * cos(r * 1.1)) + 5
        plane.values[index] = min(plane.values[index] * (1 - exp(-r * r / 60)) * 0.012, 400) + rings
      }
    }
    let companion = (Float(plane.width) * 0.5 + 17, Float(plane.height) * 0.5 - 11)
    for row in 0..<plane.height {
      for column in 0..<plane.width {
        let (x, y) = (Float(column) - companion.0, Float(row) - companion.1)
        plane.values[row * plane.width + column] += 700 * exp(-(x * x + y * y) / 4)
      }
    }
  }
}

// MARK: Products

extension ExposureFiles {
  private var axes: [Int] { [rate.width, rate.height] }

  private var wcs: [FITSCard] { exposure.mode.isImaging ? exposure.frame.cards : [] }

  /// Ramps: every group adds the light of its time to the pedestal, every integration starts anew.
  private func uncal(_ file: FITSWriter, _ random: inout RandomSource) throws(SampleDataError) -> Plane {
    let group = Float(exposure.mode.frameTime * Double(exposure.mode.framesPerGroup))
    let count = rate.values.count
    var counts: [UInt16] = []
    counts.reserveCapacity(exposure.integrationRange.count * exposure.groups * count)
    var pedestal = [Float](repeating: 0, count: count)
    for index in pedestal.indices {
      pedestal[index] = 2_000 + 120 * random.normal() + ((index % rate.width) / 4 % 2 == 0 ? 60 : 0)
    }
    var last = Plane(width: rate.width, height: rate.height)
    for integration in exposure.integrationRange {
      let light = 1 - transit(integration)
      for step in 1...exposure.groups {
        for index in 0..<count {
          let signal = rate.values[index] * light * group * Float(step)
          let noise = (signal + Self.readNoise * Self.readNoise).squareRoot() * random.normal()
          let value = max(0, min(65_535, pedestal[index] + signal + noise))
          counts.append(UInt16(value))
          last.values[index] = value
        }
      }
    }
    try file.append(
      "SCI", axes: axes + [exposure.groups, exposure.integrationRange.count], counts: counts,
      cards: [FITSCard("BUNIT", "DN", "unit of the data")])
    return last
  }

  /// A picture of one integration or of the mean, with its errors.
  private func measured(
    seconds: Float, scale: Float, light: Float = 1, _ random: inout RandomSource
  ) -> (values: [Float], errors: [Float]) {
    var values = rate.values
    var errors = rate.values
    let floor = 2.2 * Self.readNoise / seconds
    for index in values.indices {
      let signal = values[index] * light
      let error = (signal / seconds + floor * floor).squareRoot()
      values[index] = (signal + error * random.normal()) * scale
      errors[index] = error * scale
    }
    return (values, errors)
  }

  /// Bad pixels: the same ones in all files of a detector.
  private func quality() -> [Int16] {
    var random = RandomSource(seed: seed, name: "bad pixels " + exposure.detector.rawValue)
    var flags = [Int16](repeating: 0, count: rate.values.count)
    for _ in 0..<rate.values.count / 400 { flags[Int(random.next() % UInt64(flags.count))] = 1 }
    for index in flags.indices where rate.values[index] * Float(exposure.integrationTime) > 60_000 { flags[index] |= 2 }
    return flags
  }

  private func mean(
    _ file: FITSWriter, _ random: inout RandomSource, calibrated: Bool
  ) throws(SampleDataError) -> Plane {
    let (values, errors) = measured(
      seconds: Float(exposure.exposureTime), scale: calibrated ? Self.photometry : 1, &random)
    var cards = [FITSCard("BUNIT", calibrated ? "MJy/sr" : "DN/s", "unit of the data")]
    if calibrated { cards.append(FITSCard("PHOTMJSR", Double(Self.photometry), "MJy/sr for 1 DN/s")) }
    try file.append("SCI", axes: axes, floats: values, cards: cards + wcs)
    try file.append("ERR", axes: axes, floats: errors, cards: cards.prefix(1) + [])
    try file.append("DQ", axes: axes, flags: quality())
    return Plane(width: rate.width, height: rate.height, values: values)
  }

  private func integrations(
    _ file: FITSWriter, _ random: inout RandomSource, calibrated: Bool
  ) throws(SampleDataError) -> Plane {
    var (values, errors): ([Float], [Float]) = ([], [])
    for integration in exposure.integrationRange {
      let part = measured(
        seconds: Float(exposure.integrationTime), scale: calibrated ? Self.photometry : 1,
        light: 1 - transit(integration), &random)
      values += part.values
      errors += part.errors
    }
    let cube = axes + [exposure.integrationRange.count]
    let unit = [FITSCard("BUNIT", calibrated ? "MJy/sr" : "DN/s", "unit of the data")]
    try file.append("SCI", axes: cube, floats: values, cards: unit + wcs)
    try file.append("ERR", axes: cube, floats: errors, cards: unit)
    try file.append("DQ", axes: axes, flags: quality())
    return Plane(width: rate.width, height: rate.height, values: Array(values.prefix(rate.values.count)))
  }

  private func rectified(_ file: FITSWriter, _ random: inout RandomSource) throws(SampleDataError) -> Plane {
    let (values, _) = measured(seconds: Float(exposure.exposureTime) * 1.4, scale: Self.photometry, &random)
    let weights = [Float](repeating: Float(exposure.exposureTime), count: values.count)
    try file.append("SCI", axes: axes, floats: values, cards: [FITSCard("BUNIT", "MJy/sr", "unit of the data")] + wcs)
    try file.append("WHT", axes: axes, floats: weights)
    return Plane(width: rate.width, height: rate.height, values: values)
  }
}
