import Pictures
import Holdings
import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Makes the files of a combined product.
struct CombinationFiles {
  let combination: Combination
  let scene: SkyScene
  let seed: UInt64
  private let spectrum: SourceSpectrum
  /// The mosaic, made once for all its files; missing for spectra.
  private let mosaic: Mosaic?

  init(combination: Combination, scene: SkyScene, seed: UInt64) {
    self.combination = combination
    self.scene = scene
    self.seed = seed
    let source = combination.source.map { " \($0)" } ?? ""
    spectrum = SourceSpectrum(
      seed: seed, name: combination.target.name + source, isStar: combination.target.look == .star)
    let hasMosaic = combination.mode.isImaging && combination.mode != .nirissAMI
    mosaic = hasMosaic ? Mosaic(combination: combination, scene: scene, seed: seed) : nil
  }

  /// The bytes of a product, and the picture for its preview.
  /// - Parameter suffix: suffix with extension, for example `cat.ecsv`.
  func file(
    _ suffix: String, name: String, cards: [FITSCard]
  ) throws(SampleDataError) -> (bytes: [UInt8], preview: Plane?) {
    var random = RandomSource(seed: seed, name: name)
    switch suffix {
    case "cat.ecsv": return (Array(catalogue().utf8), nil)
    case "whtlt.ecsv": return (Array(lightCurve(&random).utf8), nil)
    default: break
    }
    let file = try FITSWriter(name: name, cards: cards)
    var preview: Plane?
    let range = combination.optics.range
    switch suffix {
    case "i2d.fits": preview = try mosaic?.append(to: file)
    case "segm.fits": try mosaic?.appendSegments(to: file, sources: sources())
    case "psfstack.fits": preview = try appendReferenceStack(file, &random)
    case "s2d.fits": preview = try SpectralFiles.appendRectified(file, spectrum, range: range, &random)
    case "s3d.fits":
      preview = try SpectralFiles.appendCube(
        file, spectrum, frame: combination.frame(longSide: 26), range: range, noise: Noise(seed: seed), planes: 64,
        &random)
    case "ami-oi.fits", "aminorm-oi.fits": try appendInterferometry(file, &random)
    case "x1dints.fits":
      let series = combination.members.flatMap { member in member.integrationRange.map { $0 } }
      for integration in series {
        try SpectralFiles.appendTable(
          file, spectrum, range: range, scale: 1 - depth(integration), rows: 96, number: integration, &random)
      }
    default: try SpectralFiles.appendTable(file, spectrum, range: range, scale: 1, rows: 240, number: 1, &random)
    }
    return (try file.finish(), preview)
  }

  private func depth(_ integration: Int) -> Float {
    let phase = (Float(integration) - 0.5) / Float(combination.members.first?.integrations ?? 1)
    return phase > 0.3 && phase < 0.7 ? 0.0145 : 0
  }

  /// The stars that a catalogue of the mosaic lists, brightest first.
  func sources() -> [(star: SceneStar, x: Double, y: Double)] {
    guard let mosaic else { return [] }
    return scene.visibleStars(on: mosaic.frame, margin: -1).filter { source in
      source.star.flux > 16 && mosaic.weight(x: source.x, y: source.y) > 0
    }.sorted { ($0.star.flux, $0.x) > ($1.star.flux, $1.x) }.prefix(250).map { $0 }
  }

  private func catalogue() -> String {
    var table = ECSVTable(columns: [
      ("label", "int64", nil), ("xcentroid", "float64", "pix"), ("ycentroid", "float64", "pix"),
      ("ra", "float64", "deg"), ("dec", "float64", "deg"), ("isophotal_flux", "float64", "Jy"),
      ("isophotal_abmag", "float64", nil), ("is_extended", "bool", nil),
    ])
    for (index, source) in sources().enumerated() {
      let position = scene.position(of: source.star)
      let flux = Double(source.star.flux) * 1e-8
      table.append([
        String(index + 1), decimal(source.x - 1, 4), decimal(source.y - 1, 4), decimal(position.ra, 9),
        decimal(position.dec, 9), decimal(flux, 12), decimal(-2.5 * log10(flux) + 8.9, 4), "False",
      ])
    }
    return table.text
  }

  private func lightCurve(_ random: inout RandomSource) -> String {
    var table = ECSVTable(columns: [("MJD_UTC", "float64", "d"), ("whitelight_flux", "float64", "Jy")])
    let count = combination.members.first?.integrations ?? 1
    let (start, end) = (combination.start, combination.end)
    for integration in 1...count {
      let middle = start + (end - start) * Int64(2 * integration - 1) / Int64(2 * count)
      let flux = Double(1 - depth(integration)) * 0.031 * (1 + 2e-4 * Double(random.normal()))
      table.append([decimal(ModifiedJulianDate(unixMilliseconds: middle).rawValue, 9), decimal(flux, 9)])
    }
    return table.text
  }

  private func appendReferenceStack(_ file: FITSWriter, _ random: inout RandomSource) throws(SampleDataError) -> Plane {
    let side = 48
    var values: [Float] = []
    for image in 0..<5 {
      for row in 0..<side {
        for column in 0..<side {
          let (x, y) = (Float(column) - 23.5 + 0.2 * Float(image - 2), Float(row) - 23.5)
          let r = (x * x + y * y).squareRoot()
          values.append(90 * exp(-r / 9) * (0.55 + 0.45 * cos(r * 1.1)) + random.normal())
        }
      }
    }
    try file.append(
      "SCI", axes: [side, side, 5], floats: values, cards: [FITSCard("BUNIT", "MJy/sr", "unit of the data")])
    return Plane(width: side, height: side, values: Array(values.prefix(side * side)))
  }

  /// Visibilities of seven holes: 21 baselines, in the tables of the optical interferometry exchange format.
  private func appendInterferometry(_ file: FITSWriter, _ random: inout RandomSource) throws(SampleDataError) {
    let target = combination.target
    try file.append(
      "OI_TARGET",
      columns: [
        .integer(name: "TARGET_ID", unit: "", values: [1]), .text(name: "TARGET", width: 16, values: [target.name]),
        .double(name: "RAEP0", unit: "deg", values: [target.position.ra]),
        .double(name: "DECEP0", unit: "deg", values: [target.position.dec]),
      ])
    let range = combination.optics.range
    try file.append(
      "OI_WAVELENGTH",
      columns: [
        .double(name: "EFF_WAVE", unit: "m", values: [(range.lowerBound + range.upperBound) * 0.5e-6]),
        .double(name: "EFF_BAND", unit: "m", values: [(range.upperBound - range.lowerBound) * 1e-6]),
      ])
    let holes: [(Double, Double)] = [
      (0, -2.64), (-2.29, 0), (2.29, -1.32), (-2.29, 1.32), (-1.14, 1.98), (2.29, 1.32), (1.14, 1.98),
    ]
    var (u, v, visibility, error): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    for (index, hole) in holes.enumerated() {
      for other in holes[(index + 1)...] {
        u.append(other.0 - hole.0)
        v.append(other.1 - hole.1)
        visibility.append(0.97 + 0.01 * Double(random.normal()))
        error.append(0.01)
      }
    }
    try file.append(
      "OI_VIS2",
      columns: [
        .double(name: "VIS2DATA", unit: "", values: visibility), .double(name: "VIS2ERR", unit: "", values: error),
        .double(name: "UCOORD", unit: "m", values: u), .double(name: "VCOORD", unit: "m", values: v),
      ])
  }
}
