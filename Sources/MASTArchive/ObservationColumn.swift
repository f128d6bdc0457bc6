public import Holdings

/// A column of the table of observations: one of the archive's, one derived from them, or the number of selected products of
/// a file type. Source: `jwst-mast-query` 9 and 16.1.
public struct ObservationColumn: Sendable, Hashable {
  /// The name, for example `t_min`, `date_min` or `_uncal.fits`.
  public let name: String

  /// The column of a name; a name that is neither the archive's nor derived counts the products of that file type.
  public init(_ name: String) { self.name = name }

  /// The names of the archive's columns.
  public static let archiveNames = Observation.columns.map(\.name)

  /// The names of the columns that are derived.
  public static let derivedNames = ["obsnum", "date_min"]

  /// The columns shown when nothing else is asked for, before the counts.
  public static let usual = [
    "proposal_id", "obsnum", "obsid", "obs_id", "t_min", "t_exptime", "date_min", "instrument_name",
  ].map(ObservationColumn.init)

  /// The value of the column; null for counts.
  public func cell(of entry: ObservationEntry) -> Cell {
    switch name {
    case "proposal_id": Cell(entry.program)
    case "obsnum": Cell(entry.obsnum)
    case "date_min": Cell(entry.dateMin)
    default: entry.observation.cell(named: name) ?? .null
    }
  }
}
