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
  /// Observation numbers; what combines exposures of an observation and says so in its name (`-o004`) belongs to it.
  public var obsnums: [Int] = []
  /// Limits of the product group numbers, both included; a product is inside with its own number or its parent's.
  public var obsidLimits: ClosedRange<Int64>?
  /// Product group numbers, of the product itself or of its parent.
  public var obsids: [Int64] = []
  /// Detectors.
  public var detectors: [Detector] = []
  /// Optical elements in any case, `*` and `?` being wildcards: `F200W`, `GR150*`.
  public var opticalElements: [String] = []
  /// Data rights in any case: `public`, `exclusive`, `restricted`.
  public var rights: [String] = []
  /// The columns by which the chosen products are sorted.
  public var sortColumns: [ProductColumn] = ProductColumn.usualOrder

  /// Wants all FITS files but guide stars.
  public init() {}
}
