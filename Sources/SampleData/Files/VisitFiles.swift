import Holdings
import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Files that belong to a visit rather than to an exposure: the guide star's, and the microshutter configuration.
struct VisitFiles {
  /// The visit's first exposure.
  let exposure: Exposure
  let programme: Programme
  let seed: UInt64

  /// A guide-star file: its name, the activity and whether it is raw.
  struct GuideStarFile {
    var name: String
    var root: String
    var suffix: String
    var exposureType: String
    var readPattern: String
    var axes: [Int]
  }

  /// The steps by which the fine guidance sensor takes up its star.
  var guideStarFiles: [GuideStarFile] {
    let visit = "jw\(exposure.visitID)"
    func step(_ name: String, _ type: String, _ pattern: String, _ suffix: String, _ axes: [Int], minutes: Int64?)
      -> GuideStarFile
    {
      var root = "\(visit)_gs-\(name)"
      if let minutes { root += "_" + dayStamp(guideStart + minutes * 60_000) }
      return GuideStarFile(
        name: "\(root)_\(suffix).fits", root: root, suffix: suffix, exposureType: type, readPattern: pattern, axes: axes
      )
    }
    return [
      step("id_1_image", "FGS_ID-IMAGE", "FGSRAPID", "cal", [64, 64], minutes: nil),
      step("acq1", "FGS_ACQ1", "ACQ1", "uncal", [32, 32, 3], minutes: 2),
      step("acq1", "FGS_ACQ1", "ACQ1", "cal", [32, 32], minutes: 2),
      step("fg", "FGS_FINEGUIDE", "FINEGUIDE", "cal", [8, 8, 40], minutes: 5),
    ]
  }

  /// Guiding begins a quarter of an hour before the exposure.
  var guideStart: Int64 { exposure.start - 900_000 }

  /// The guide star: a place near the target and a magnitude.
  var guideStar: (position: SkyPosition, magnitude: Double) {
    var random = RandomSource(seed: seed, name: "guide star \(exposure.visitID)")
    let angle = random.uniform(0...360)
    return (
      exposure.target.position.offset(positionAngle: angle, separation: random.uniform(0.08...0.16)),
      random.uniform(12.5...16.5)
    )
  }

  func cards(_ file: GuideStarFile, calibration: Calibration, processed: Int64) -> [FITSCard] {
    let start = guideStart + (file.suffix == "cal" ? 60_000 : 30_000)
    let star = guideStar
    var cards: [FITSCard] = [
      FITSCard("DATE", HeaderCards.iso(processed), "UTC time at which the file was made"),
      FITSCard("ORIGIN", "SAMPLE", "simulated sample data, not an observation"),
      FITSCard("TIMESYS", "UTC", "time system"),
      FITSCard("FILENAME", file.name, "name of the file"),
      FITSCard("SDP_VER", calibration.system, "data processing release"),
      FITSCard("TELESCOP", "JWST", "telescope"),
      FITSCard("INSTRUME", "FGS", "instrument"),
      FITSCard("DETECTOR", "GUIDER1", "detector"),
    ]
    cards += proposalCards
    cards += [
      FITSCard("EXP_TYPE", file.exposureType, "type of exposure"),
      FITSCard("READPATT", file.readPattern, "readout pattern"),
      FITSCard("PCS_MODE", "FINEGUIDE", "pointing control"),
      FITSCard("NINTS", 1, "integrations"),
      FITSCard("NGROUPS", 2, "groups"),
      FITSCard("NFRAMES", 1, "frames in a group"),
      FITSCard("DATE-OBS", String(HeaderCards.iso(start).prefix(10)), "UTC day at the start"),
      FITSCard("TIME-OBS", String(HeaderCards.iso(start).dropFirst(11)), "UTC time at the start"),
      FITSCard("DATE-BEG", HeaderCards.iso(start), "UTC start"),
      FITSCard("DATE-END", HeaderCards.iso(start + 20_000), "UTC end"),
      FITSCard("DURATION", 20.0, "[s] from start to end"),
      FITSCard("GS_RA", star.position.ra, "[deg] right ascension of the guide star"),
      FITSCard("GS_DEC", star.position.dec, "[deg] declination of the guide star"),
      FITSCard("GS_MAG", (star.magnitude * 1000).rounded() / 1000, "magnitude of the guide star"),
      FITSCard("GS_ORDER", 1, "index among the candidates"),
      FITSCard("GDSTARID", "SAMPLE\(exposure.visitID.prefix(8))", "name of the guide star"),
    ]
    if file.suffix == "cal" {
      cards.append(FITSCard("CAL_VER", calibration.version, "version of the calibration pipeline"))
      cards.append(FITSCard("CRDS_CTX", calibration.context, "reference file context"))
    }
    return cards
  }

  func guideStarBytes(_ file: GuideStarFile, cards: [FITSCard]) throws(SampleDataError) -> [UInt8] {
    var random = RandomSource(seed: seed, name: file.name)
    let writer = try FITSWriter(name: file.name, cards: cards)
    let (width, height) = (file.axes[0], file.axes[1])
    let planes = file.axes.count > 2 ? file.axes[2] : 1
    var values: [Float] = []
    for _ in 0..<planes {
      // The star trembles by a few hundredths of a pixel.
      let (x0, y0) = (Float(width) / 2 + 0.05 * random.normal(), Float(height) / 2 + 0.05 * random.normal())
      for row in 0..<height {
        for column in 0..<width {
          let (x, y) = (Float(column) + 0.5 - x0, Float(row) + 0.5 - y0)
          values.append(8_000 * exp(-(x * x + y * y) / 1.3) + 600 + 12 * random.normal())
        }
      }
    }
    if file.suffix == "uncal" {
      try writer.append("SCI", axes: file.axes, counts: values.map { UInt16(max(0, min(65_535, $0))) })
    } else {
      try writer.append("SCI", axes: file.axes, floats: values, cards: [FITSCard("BUNIT", "DN/s", "unit of the data")])
    }
    return try writer.finish()
  }

  // MARK: Microshutters

  var shutterFile: String { "jw\(exposure.visitID)_01_msa.fits" }

  /// Whose visit it is.
  private var proposalCards: [FITSCard] {
    [
      FITSCard("PROGRAM", programme.number.padded(to: 5), "programme number"),
      FITSCard("OBSERVTN", exposure.observation.padded(to: 3), "observation number"),
      FITSCard("VISIT", 1, "visit number"),
      FITSCard("VISIT_ID", exposure.visitID, "visit identifier"),
      FITSCard("TITLE", programme.title, "title of the programme"),
      FITSCard("PI_NAME", programme.investigator, "principal investigator"),
      FITSCard("CATEGORY", programme.category, "category of the programme"),
    ]
  }

  func shutterCards(processed: Int64) -> [FITSCard] {
    let cards = [
      FITSCard("DATE", HeaderCards.iso(processed), "UTC time at which the file was made"),
      FITSCard("ORIGIN", "SAMPLE", "simulated sample data, not an observation"),
      FITSCard("FILENAME", shutterFile, "name of the file"),
      FITSCard("TELESCOP", "JWST", "telescope"),
      FITSCard("INSTRUME", "NIRSPEC", "instrument"),
    ]
    return cards + proposalCards
  }

  /// The configuration: which shutters are open, and for which source.
  func shutterBytes(processed: Int64) throws(SampleDataError) -> [UInt8] {
    var random = RandomSource(seed: seed, name: shutterFile)
    let writer = try FITSWriter(name: shutterFile, cards: shutterCards(processed: processed))
    let (width, height) = (73, 34)
    var image = [Int16](repeating: 0, count: width * height)
    var (slitlet, row, column, source): ([Int32], [Int32], [Int32], [Int32]) = ([], [], [], [])
    for index in 0..<24 {
      let (x, y) = (Int(random.next() % 73), 1 + Int(random.next() % 32))
      for step in -1...1 {
        image[(y + step) * width + x] = 1
        slitlet.append(Int32(index + 1))
        row.append(Int32(y + step + 1))
        column.append(Int32(x + 1))
        source.append([418, 1207, 4590][index % 3] + Int32(index / 3) * 7)
      }
    }
    try writer.append("SHUTTER_IMAGE", axes: [width, height], flags: image)
    try writer.append(
      "SHUTTER_INFO",
      columns: [
        .integer(name: "SLITLET_ID", unit: "", values: slitlet), .integer(name: "SHUTTER_ROW", unit: "", values: row),
        .integer(name: "SHUTTER_COLUMN", unit: "", values: column),
        .integer(name: "SOURCE_ID", unit: "", values: source),
      ])
    return try writer.finish()
  }

  /// Year, day of the year, time: `2022135042520`.
  private func dayStamp(_ milliseconds: Int64) -> String {
    let text = HeaderCards.iso(milliseconds)
    let year = text.prefix(4)
    let first = ModifiedJulianDate(iso: "\(year)-01-01")?.rawValue ?? 0
    let day = Int(ModifiedJulianDate(unixMilliseconds: milliseconds).rawValue - first) + 1
    return year + day.padded(to: 3) + text.dropFirst(11).prefix(8).filter { $0 != ":" }
  }
}
