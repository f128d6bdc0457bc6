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
  /// File types.
  public var fileTypes: [FileTypePattern] = [FileTypePattern("fits")]
  /// Observation numbers.
  public var obsnums: [Int] = []
  /// Limits of the product group numbers, both included; a product is inside with its own number or its parent's.
  public var obsidLimits: ClosedRange<Int64>?
  /// Product group numbers, of the product itself or of its parent.
  public var obsids: [Int64] = []
  /// Detectors.
  public var detectors: [Detector] = []
  /// The columns by which the chosen products are sorted.
  public var sortColumns: [ProductColumn] = ProductColumn.usualOrder

  /// Wants all FITS files but guide stars.
  public init() {}
}
