public import Holdings
public import SkyGeometry

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

  /// A part of the sky that footprints must touch; `nil` means the whole sky.
  public var region: SkyRegion?

  /// Makes criteria.
  /// - Parameters:
  ///   - programs: programme numbers; none means every programme.
  ///   - instruments: instruments; none means all five.
  ///   - modes: observing modes in any case; none means every mode.
  ///   - window: start times to search.
  ///   - region: a part of the sky that footprints must touch.
  public init(
    programs: [Int] = [], instruments: [Instrument] = [], modes: [String] = [], window: TimeWindow,
    region: SkyRegion? = nil
  ) {
    self.programs = programs
    self.instruments = instruments
    self.modes = modes
    self.window = window
    self.region = region
  }

  /// Whether an observation touches the region: its footprint does, or, where the archive gives none, its target lies inside.
  public func covers(_ observation: Observation) -> Bool {
    guard let region else { return true }
    if let text = observation.s_region, let footprint = try? SkyRegion(sRegion: text), !footprint.shapes.isEmpty {
      return footprint.intersects(region)
    }
    guard let ra = observation.s_ra, let dec = observation.s_dec else { return false }
    return region.contains(SkyPosition(ra: ra, dec: dec))
  }

  /// The columns that the selection rules and the tables need. Asking for all columns is several times slower at MAST.
  private var columns: [String] {
    [
      "proposal_id", "dataURL", "obsid", "obs_id", "t_min", "t_exptime", "instrument_name", "calib_level", "dataRights",
      "dataproduct_type", "filters", "t_obs_release",
    ] + (region == nil ? [] : ["s_ra", "s_dec", "s_region"])
  }

  /// The requests whose answers together hold the observations: one, or one an instrument when there are several.
  func requests() throws(MASTArchiveError) -> [InvokeRequest] {
    if programs.isEmpty && window.isUnbounded && region == nil {
      throw MASTArchiveError(
        .badCriteria,
        "The search would return the whole archive: give a programme (--propID), a time (--lookbacktime, --date_select) or a position (--target, --region)."
      )
    }
    let times = window.isUnbounded ? [] : [InvokeFilter("t_min", .range(min: window.earliest, max: window.latest))]
    return try requests(columns: columns, times)
  }

  /// The requests whose answers together hold the planned observations.
  func planRequests() throws(MASTArchiveError) -> [InvokeRequest] {
    if programs.isEmpty && region == nil {
      throw MASTArchiveError(
        .badCriteria,
        "All that is planned for JWST is too much for one search: give a programme (--propID) or a position (--target, --region)."
      )
    }
    let more = ["target_name", "target_classification", "s_ra", "s_dec"].filter { !columns.contains($0) }
    return try requests(columns: columns + more, [InvokeFilter("calib_level", .values(["-1"]))])
  }

  private func requests(columns: [String], _ conditions: [InvokeFilter]) throws(MASTArchiveError) -> [InvokeRequest] {
    var common = [InvokeFilter("obs_collection", .values(["JWST"]))] + conditions
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
    let columns = columns + furtherColumns.filter { !columns.contains($0) }
    return instrumentFilters.map { filter in
      InvokeRequest(
        service: region == nil ? "Mast.Caom.Filtered" : "Mast.Caom.Filtered.Position", columns: columns,
        filters: common + (filter.map { [$0] } ?? []), circle: region?.boundingCircle)
    }
  }
}
