/// Which calibration levels of an observation's products are wanted.
public enum ProductLevel: Sendable, Hashable, CustomStringConvertible {
  /// The observation's highest level and all below, those of the members of a combined observation included.
  case all
  /// This level only, from -1 (planned) to 4 (contributed).
  case level(Int)

  /// Reads `all` in any case, or a number.
  public init?(_ text: String) {
    if text.lowercased() == "all" {
      self = .all
    } else if let level = Int(text) {
      self = .level(level)
    } else {
      return nil
    }
  }

  /// `ALL` or the number.
  public var description: String {
    switch self {
    case .all: "ALL"
    case .level(let level): "\(level)"
    }
  }

  func validate() throws(ESAArchiveError) {
    if case .level(let level) = self { try CalibrationLevel.check(level, "level") }
  }
}
