public import Holdings

/// Which products of the observations found are wanted. An empty list of a condition means that it is not made.
public struct SelectionCriteria: Sendable, Hashable {
  /// What to do with guide-star files, which easily outnumber the science files ten to one.
  public enum GuideStars: Sendable, Hashable {
    case without, with, only
  }

  /// Guide-star files.
  public var guideStars: GuideStars = .without
  /// Calibration levels.
  public var calibrationLevels: [Int] = []
  /// Levels of processing: `1b`, `2a`, `2b`, `2c`, `3`, or a digit alone for all its levels.
  public var processingLevels: [String] = []
  /// File types.
  public var fileTypes: [FileTypePattern] = [FileTypePattern("fits")]
  /// CAOM's kinds of products in any case: `science`, `preview`, `thumbnail`, `info`, `auxiliary`.
  public var productTypes: [String] = []
  /// Observation numbers.
  public var obsnums: [Int] = []
  /// Whether `obsnums` also chooses products that combine exposures of an observation and say so in their name alone (`-o004`);
  /// `jwst_mast_query` leaves them out.
  public var choosesCombinations = true
  /// Detectors.
  public var detectors: [Detector] = []
  /// Optical elements in any case, `*` and `?` being wildcards: `F200W`, `GR150*`.
  public var opticalElements: [String] = []
  /// Data rights in any case: `public`, `exclusive`, `restricted`.
  public var rights: [String] = []
  /// Ranges of observations' numbers in the archive; products under them or belonging to them are chosen.
  public var obsids: [ClosedRange<Int64>] = []

  /// Wants all FITS files but guide stars.
  public init() {}
}
