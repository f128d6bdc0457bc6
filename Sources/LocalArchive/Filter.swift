/// One condition on the rows of a table, as MAST's filters state it: a column whose value is one of several, lies in one of
/// several ranges, or matches a pattern. Filters of one query all have to hold.
///
///     Filter("instrument_name", pattern: "NIRCAM%")
///     Filter("t_min", ranges: [Filter.Range(min: 59780, max: nil)])
///     Filter("filters", values: ["F200W"], separator: ";")
public struct Filter: Sendable, Hashable {
  /// An interval with its ends; a missing end is open.
  public struct Range: Sendable, Hashable {
    /// The smallest value, included.
    public var min: Double?
    /// The largest value, included.
    public var max: Double?

    /// Makes a range.
    public init(min: Double?, max: Double?) {
      self.min = min
      self.max = max
    }
  }

  /// The column's name.
  public var column: String
  /// Values of which the column has one; numbers are spelled out. Text is compared without case, programme numbers without leading
  /// zeros.
  public var values: [String]
  /// Ranges of which the column lies in one.
  public var ranges: [Range]
  /// A pattern the text matches, without case: `%` and `*` stand for any characters.
  public var pattern: String?
  /// What separates the parts of a column with several values; then a value has to equal one of the parts.
  public var separator: String?

  /// Makes a filter; a row passes when any of the values, the ranges or the pattern fits. Without any of them nothing passes.
  public init(
    _ column: String, values: [String] = [], ranges: [Range] = [], pattern: String? = nil, separator: String? = nil
  ) {
    self.column = column
    self.values = values
    self.ranges = ranges
    self.pattern = pattern
    self.separator = separator
  }
}
