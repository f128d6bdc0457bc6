public import Holdings

/// What observations to search for.
///
///     var criteria = ObservationCriteria(window: .all)
///     criteria.programs = [2733]
///     criteria.instruments = [.nircam]
public struct ObservationCriteria: Sendable, Hashable {
  /// Programme numbers; none means every programme.
  public var programs: [Int]
  /// Instruments; none means all five.
  public var instruments: [Instrument]
  /// Observing modes in any case, for example `image`; none means every mode.
  public var modes: [String]
  /// Start times to search.
  public var window: TimeWindow
  /// Columns to ask for beside those that the selection rules need.
  public var furtherColumns: [String] = []

  /// Makes criteria.
  public init(programs: [Int] = [], instruments: [Instrument] = [], modes: [String] = [], window: TimeWindow) {
    self.programs = programs
    self.instruments = instruments
    self.modes = modes
    self.window = window
  }

  /// The columns that the selection rules need. Asking for all columns is several times slower at MAST.
  static let columns = [
    "proposal_id", "dataURL", "obsid", "obs_id", "t_min", "t_exptime", "instrument_name", "calib_level", "dataRights",
  ]

  /// The requests whose answers together hold the observations: one, or one an instrument when there are several.
  func requests() throws(MASTArchiveError) -> [InvokeRequest] {
    if programs.isEmpty && window.isUnbounded {
      throw MASTArchiveError(
        .badCriteria,
        "The search would return the whole archive: give a programme (--propID) or a time (--lookbacktime, --date_select)."
      )
    }
    var common = [InvokeFilter("obs_collection", .values(["JWST"]))]
    if !window.isUnbounded { common.append(InvokeFilter("t_min", .range(min: window.earliest, max: window.latest))) }
    if !programs.isEmpty { common.append(InvokeFilter("proposal_id", .values(programs.map { $0.padded(to: 5) }))) }

    let instrumentFilters: [InvokeFilter?]
    if !modes.isEmpty {
      let names = try ObservationMode.archiveNames(instruments: instruments, modes: modes)
      instrumentFilters = [InvokeFilter("instrument_name", .values(names))]
    } else if instruments.isEmpty {
      instrumentFilters = [nil]
    } else {
      // One pattern a request: a filter takes a single free text.
      instrumentFilters = instruments.map { InvokeFilter("instrument_name", .like($0.archiveName + "%")) }
    }
    let columns = Self.columns + furtherColumns.filter { !Self.columns.contains($0) }
    return instrumentFilters.map { filter in
      InvokeRequest(service: "Mast.Caom.Filtered", columns: columns, filters: common + (filter.map { [$0] } ?? []))
    }
  }
}
