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
  /// Detectors.
  public var detectors: [Detector] = []

  /// Wants all FITS files but guide stars.
  public init() {}
}
