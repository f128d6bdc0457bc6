import SkyGeometry
public import TAP

/// A search for observations: where, of what kind, and which columns to give.
///
///     let search = ObservationSearch(
///       region: .cone(SkyPosition(ra: 53, dec: -27), radius: 5), filters: ObservationFilters(instrument: .nircam))
///     let found = try await archive.observations(search)
public struct ObservationSearch: Sendable, Hashable {
  /// Which columns a search gives.
  public enum Columns: Sendable, Hashable {
    /// The eleven or so that matter most, see ``TableLayout/standardColumns``.
    case standard
    /// All of the view.
    case all
  }

  /// Where to look; the whole sky when `nil`, which takes a filter that leaves out most of the archive.
  public var region: SearchRegion?
  /// What the observations must be like.
  public var filters: ObservationFilters
  /// Which columns to give, besides `dist`, the distance to the middle of the region in degrees (`jwst.main` only).
  public var columns: Columns

  /// Describes a search.
  /// - Parameters:
  ///   - region: where to look; the whole sky when `nil`.
  ///   - filters: what the observations must be like.
  ///   - columns: which columns to give.
  public init(
    region: SearchRegion? = nil, filters: ObservationFilters = ObservationFilters(), columns: Columns = .standard
  ) {
    self.region = region
    self.filters = filters
    self.columns = columns
  }

  /// Checks the search without asking the archive.
  /// - Throws: ``ESAArchiveError`` of kind ``ESAArchiveError/Kind/badCriteria`` that names the option.
  public func validate() throws(ESAArchiveError) {
    try region?.validate()
    try filters.validate()
    if region == nil, !filters.isSelective {
      throw .badCriteria(
        "region",
        "The search would give the whole archive; give a region, or a condition on observation, programme,"
          + " instrument, filter or kind of data.")
    }
  }

  /// The search in ADQL.
  ///
  /// Observations in `jwst.main` are found by the position of their target and come in the order of their distance; those in
  /// `jwst.archive` by their footprint, highest calibration level first.
  /// - Parameter layout: the view to ask.
  /// - Throws: ``ESAArchiveError`` of kind ``ESAArchiveError/Kind/badCriteria`` that names the option.
  public func statement(layout: TableLayout) throws(ESAArchiveError) -> ADQLStatement {
    try validate()
    let columns = columns == .all ? "*" : layout.standardColumns.joined(separator: ", ")
    let distance: ADQLStatement? = region.flatMap { layout == .main ? Self.distance(to: $0, layout) : nil }
    let selected: ADQLStatement = distance.map { "\($0) AS dist, \(raw: columns)" } ?? "\(raw: columns)"
    let conditions = (region.map { [$0.condition(layout)] } ?? []) + filters.conditions
    let order: ADQLStatement =
      switch layout {
      case .main: distance == nil ? "observationid ASC" : "dist ASC"
      case .archive: "\(raw: layout.table).calibrationlevel DESC"
      }
    return """
      SELECT \(selected) FROM \(raw: layout.table) WHERE \(ADQLStatement(joining: conditions, separator: " AND ")) \
      ORDER BY \(order)
      """
  }

  private static func distance(to region: SearchRegion, _ layout: TableLayout) -> ADQLStatement {
    let columns = layout.positionColumns
    return """
      DISTANCE(POINT('ICRS',\(raw: columns.ra),\(raw: columns.dec)), \
      POINT('ICRS',\(region.center.ra),\(region.center.dec)))
      """
  }
}

extension SearchRegion {
  /// The shape in ADQL.
  private var shape: ADQLStatement {
    switch self {
    case .cone(let center, let radius): "CIRCLE('ICRS',\(center.ra),\(center.dec), \(radius))"
    case .box(let center, let width, let height): "BOX('ICRS',\(center.ra),\(center.dec), \(width), \(height))"
    }
  }

  /// The condition that an observation lies in the region.
  func condition(_ layout: TableLayout) -> ADQLStatement {
    switch layout {
    case .main:
      "CONTAINS(POINT('ICRS',\(raw: layout.positionColumns.ra),\(raw: layout.positionColumns.dec)),\(shape))=1"
    case .archive:
      "(position_bounds_spoly IS NOT NULL AND INTERSECTS(\(shape),position_bounds_spoly)=1)"
    }
  }
}
