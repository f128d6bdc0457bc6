import ArgumentParser
import Holdings
import MASTArchive
import SkyGeometry

/// Which observations; the spellings are those of `jwst_mast_query` where it has the option.
struct SearchOptions: ParsableArguments {
  @Option(
    name: [.customLong("propID")], parsing: .upToNextOption,
    help: "Programme numbers, with or without leading zeros; observation numbers go to --obsnums.")
  var propID: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Observation numbers within the programme; products that combine their exposures belong to them.")
  var obsnums: [Int] = []

  @Option(
    name: .shortAndLong, parsing: .upToNextOption, help: "Instruments: nircam nirspec niriss miri fgs. Default: all.")
  var instrument: [String] = []

  @Option(parsing: .upToNextOption, help: "Observing modes, for example image, wfss, ifu, msa, soss.")
  var obsmode: [String] = []

  @Option(
    name: [.customShort("l", allowingJoined: true), .customLong("lookbacktime")], parsing: .unconditional,
    help:
      "Days before now to search; 0 searches all dates (of a programme). Default: 1, and all dates when a programme or position is given."
  )
  var lookbacktime: Double?

  @Option(
    name: [.customShort("d"), .customLong("date_select")], parsing: .upToNextOption,
    help: "Start dates, MJD or ISO: one value with + or - at its end (from then on, until then), or two values.")
  var dateSelect: [String] = []

  @Flag(help: "List what is planned and not yet made too; it has neither dates nor files.")
  var planned = false

  func validate() throws {
    for word in propID where Int(word).map({ !(1...99_999).contains($0) }) ?? true {
      throw ValidationError("--propID \(word) is not a programme number (1 to 99999).")
    }
    for word in instrument where Instrument(rawValue: word.lowercased()) == nil {
      throw ValidationError(
        "--instrument \(word) is not one of \(Instrument.allCases.map(\.rawValue).joined(separator: " ")).")
    }
    if let lookbacktime, lookbacktime.isNaN || abs(lookbacktime) > 1e7 {
      throw ValidationError("--lookbacktime \(lookbacktime) is not a number of days.")
    }
    if lookbacktime != nil && !dateSelect.isEmpty {
      throw ValidationError("--lookbacktime and --date_select exclude each other.")
    }
  }

  /// What observations to search for.
  /// - Parameters:
  ///   - now: the moment that counts as now.
  ///   - region: a part of the sky, which makes all dates the default.
  func observationCriteria(now: ModifiedJulianDate, region: SkyRegion?) throws -> ObservationCriteria {
    ObservationCriteria(
      programs: propID.compactMap { Int($0) },
      instruments: instrument.compactMap { Instrument(rawValue: $0.lowercased()) },
      modes: obsmode, window: try window(now: now, isPlaced: region != nil), region: region)
  }

  private func window(now: ModifiedJulianDate, isPlaced: Bool) throws -> TimeWindow {
    if !dateSelect.isEmpty { return try TimeWindow(dateSelect: dateSelect, now: now) }
    if let lookbacktime { return lookbacktime > 0 ? TimeWindow(lookback: lookbacktime, now: now) : .all }
    return propID.isEmpty && !isPlaced ? TimeWindow(lookback: 1, now: now) : .all
  }
}
