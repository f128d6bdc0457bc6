/// What observations must be like to be found; a condition that is left out holds for all.
///
/// Texts may hold `*` or `%` for any characters. A text without either is compared as a whole.
///
///     let filters = ObservationFilters(calibrationLevel: .level(3), instrument: .nircam, filter: "F200W", programme: "1410")
public struct ObservationFilters: Sendable, Hashable {
  /// Which calibration level the planes found must have.
  public enum Level: Sendable, Hashable {
    /// The highest that their observation has.
    case top
    /// This one, from -1 (planned) to 4 (contributed).
    case level(Int)
    /// Whichever.
    case any

    /// Reads `top`, `any` or `all` in any case, or a number.
    public init?(_ text: String) {
      switch text.lowercased() {
      case "top": self = .top
      case "any", "all": self = .any
      default:
        guard let level = Int(text) else { return nil }
        self = .level(level)
      }
    }
  }

  /// The identifier of the observation; compared in lower case, `_` stands for any one character.
  public var observationID: String?
  /// The calibration level.
  public var calibrationLevel: Level
  /// Whether only data count that everybody may fetch now.
  public var publicOnly: Bool
  /// The kind of data.
  public var productType: DataProductType?
  /// The instrument, in any of its modes.
  public var instrument: Instrument?
  /// The name of filter or grating, in any case. Several are joined by `;` in the archive: `*F290LP*` finds `F290LP;G395M`.
  public var filter: String?
  /// The number of the programme, with or without leading zeros.
  public var programme: String?

  /// Sets conditions.
  /// - Parameters:
  ///   - observationID: the identifier of the observation.
  ///   - calibrationLevel: the calibration level; the highest of each observation unless given.
  ///   - publicOnly: whether only data count that everybody may fetch now.
  ///   - productType: the kind of data.
  ///   - instrument: the instrument.
  ///   - filter: the name of filter or grating.
  ///   - programme: the number of the programme.
  public init(
    observationID: String? = nil, calibrationLevel: Level = .top, publicOnly: Bool = false,
    productType: DataProductType? = nil, instrument: Instrument? = nil, filter: String? = nil, programme: String? = nil
  ) {
    self.observationID = observationID
    self.calibrationLevel = calibrationLevel
    self.publicOnly = publicOnly
    self.productType = productType
    self.instrument = instrument
    self.filter = filter
    self.programme = programme
  }

  /// Whether a condition is set that leaves out most of the archive.
  var isSelective: Bool {
    observationID != nil || productType != nil || instrument != nil || filter != nil || programme != nil
  }

  /// Checks the conditions without asking the archive.
  func validate() throws(ESAArchiveError) {
    try CriteriaText.check(observationID, "observationID")
    try CriteriaText.check(filter, "filter")
    try CriteriaText.check(programme, "programme")
    if case .level(let level) = calibrationLevel { try CalibrationLevel.check(level, "calibrationLevel") }
    if let productType, !productType.isKnown {
      throw .badCriteria(
        "productType",
        "'\(productType.rawValue)' is no kind of data that can be searched for; give one of"
          + " \(DataProductType.all.map(\.rawValue).joined(separator: ", ")).")
    }
    if let instrument, !instrument.isKnown {
      throw .badCriteria(
        "instrument",
        "'\(instrument.rawValue)' is no instrument of JWST; give one of"
          + " \(Instrument.all.map(\.rawValue).joined(separator: ", ")).")
    }
  }
}
