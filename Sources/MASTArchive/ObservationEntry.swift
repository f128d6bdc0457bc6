public import Holdings
import SkyGeometry

/// An observation with what its name and date say.
public struct ObservationEntry: Sendable, Hashable {
  /// The archive's row.
  public var observation: Observation
  /// Observation number; unknown for level-3 observations until their products tell it.
  public var obsnum: Int?

  /// Derives the number from the name. Source: `jwst-mast-query` 9.
  public init(_ observation: Observation) {
    self.observation = observation
    obsnum = observation.obs_id.flatMap(Self.observationNumber(inName:))
  }

  /// Start of the observation as ISO text with milliseconds, UTC.
  public var dateMin: String? {
    observation.t_min.map { ModifiedJulianDate(rawValue: $0).isoText(fractionDigits: 3) }
  }

  /// Programme number.
  public var program: Int? { observation.proposal_id.flatMap { Int($0) } }
}

extension ObservationEntry {
  /// The observation number in a name that begins with programme, observation and visit: exposures and guide stars. Level-3
  /// names give none here, although `-o004` says one: the tables' conventions are those of `jwst_mast_query`.
  static func observationNumber(inName name: String) -> Int? {
    let digits = name.utf8.dropFirst(2).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard name.hasPrefix("jw"), digits.count == 11, name.utf8.dropFirst(13).first == UInt8(ascii: "_") else {
      return nil
    }
    return Int(Substring(digits.dropFirst(5).prefix(3)))
  }
}
