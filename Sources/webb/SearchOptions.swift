import ArgumentParser
import Holdings
import MASTArchive
import SkyGeometry

/// Which observations and which of their files; the spellings are those of `jwst_mast_query`.
struct SearchOptions: ParsableArguments {
  @Option(
    name: [.customLong("propID")], parsing: .upToNextOption,
    help: "Programme numbers, with or without leading zeros; observation numbers go to --obsnums.")
  var propID: [String] = []

  @Option(parsing: .upToNextOption, help: "Observation numbers within the programme.")
  var obsnums: [Int] = []

  @Option(
    name: .shortAndLong, parsing: .upToNextOption, help: "Instruments: nircam nirspec niriss miri fgs. Default: all.")
  var instrument: [String] = []

  @Option(parsing: .upToNextOption, help: "Observing modes, for example image, wfss, ifu, msa, soss.")
  var obsmode: [String] = []

  @Option(
    name: [.customShort("l", allowingJoined: true), .customLong("lookbacktime")], parsing: .unconditional,
    help:
      "Days before now to search; 0 searches all dates (of a programme). Default: 1, and all dates when a programme is given."
  )
  var lookbacktime: Double?

  @Option(
    name: [.customShort("d"), .customLong("date_select")], parsing: .upToNextOption,
    help: "Start dates, MJD or ISO: one value with + or - at its end (from then on, until then), or two values.")
  var dateSelect: [String] = []

  @Option(
    name: .shortAndLong, parsing: .upToNextOption,
    help: "File types: fits or jpg for all of them, or suffixes like uncal, rate.jpg, asn.json.")
  var filetypes: [String] = ["fits"]

  @Option(name: .customLong("calib_levels"), parsing: .upToNextOption, help: "Calibration levels: 1 (uncal), 2, 3.")
  var calibLevels: [Int] = []

  @Option(
    parsing: .upToNextOption,
    help:
      "Detectors: a1..a4 along b1..b4 blong (NIRCam), nis, nrs1 nrs2, mirimage mirifulong mirifushort, guider1 guider2."
  )
  var sca: [String] = []

  @Flag(help: "List guide-star files too; they easily outnumber the science files.")
  var guidestars = false

  func validate() throws {
    for word in propID where Int(word).map({ !(1...99_999).contains($0) }) ?? true {
      throw ValidationError("--propID \(word) is not a programme number (1 to 99999).")
    }
    for word in instrument where Instrument(rawValue: word.lowercased()) == nil {
      throw ValidationError(
        "--instrument \(word) is not one of \(Instrument.allCases.map(\.rawValue).joined(separator: " ")).")
    }
    for word in sca where Detector(sca: word) == nil {
      throw ValidationError("--sca \(word) is not one of \(Detector.allCases.map(\.sca).joined(separator: " ")).")
    }
    if let lookbacktime, lookbacktime.isNaN || abs(lookbacktime) > 1e7 {
      throw ValidationError("--lookbacktime \(lookbacktime) is not a number of days.")
    }
    if lookbacktime != nil && !dateSelect.isEmpty {
      throw ValidationError("--lookbacktime and --date_select exclude each other.")
    }
  }

  /// What observations to search for.
  func observationCriteria(now: ModifiedJulianDate) throws -> ObservationCriteria {
    ObservationCriteria(
      programs: propID.compactMap { Int($0) },
      instruments: instrument.compactMap { Instrument(rawValue: $0.lowercased()) },
      modes: obsmode, window: try window(now: now))
  }

  /// Which of their products to choose.
  var selectionCriteria: SelectionCriteria {
    var criteria = SelectionCriteria()
    criteria.guideStars = guidestars ? .with : .without
    criteria.calibrationLevels = calibLevels
    criteria.fileTypes = filetypes.map(FileTypePattern.init)
    criteria.obsnums = obsnums
    criteria.detectors = sca.compactMap(Detector.init(sca:))
    return criteria
  }

  private func window(now: ModifiedJulianDate) throws -> TimeWindow {
    if !dateSelect.isEmpty { return try TimeWindow(dateSelect: dateSelect, now: now) }
    if let lookbacktime { return lookbacktime > 0 ? TimeWindow(lookback: lookbacktime, now: now) : .all }
    return propID.isEmpty ? TimeWindow(lookback: 1, now: now) : .all
  }
}
