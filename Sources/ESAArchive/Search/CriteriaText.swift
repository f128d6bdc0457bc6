import TAP

/// Texts that a user gives to be looked for.
enum CriteriaText {
  /// Whether a text stands for more than itself.
  static func hasWildcard(_ text: String) -> Bool { text.contains("*") || text.contains("%") }

  /// A text as a pattern of ADQL's LIKE.
  static func pattern(_ text: String) -> String {
    text.split(separator: "*", omittingEmptySubsequences: false).joined(separator: "%")
  }

  /// Refuses a text that is there but says nothing, or that has line breaks and the like.
  static func check(_ text: String?, _ option: String) throws(ESAArchiveError) {
    guard let text else { return }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw .badCriteria(option, "The \(option) is empty; leave it out or give a value.")
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw .badCriteria(option, "The \(option) holds control characters.")
    }
  }
}

/// Calibration levels as the archive counts them: -1 planned, 0 raw, 1 uncalibrated, 2 calibrated, 3 combined, 4 contributed.
enum CalibrationLevel {
  static let range = -1...4

  static func check(_ level: Int, _ option: String) throws(ESAArchiveError) {
    guard range.contains(level) else {
      throw .badCriteria(
        option, "There is no calibration level \(level); the archive has -1 (planned) to 4 (contributed).")
    }
  }
}

extension ADQLStatement {
  /// `column = 'value'` for one value, `column IN ('a', 'b')` for several.
  init(_ column: String, oneOf values: [String]) {
    if values.count == 1 {
      self = "\(raw: column) = \(values[0])"
    } else {
      self = "\(raw: column) IN (\(list: values))"
    }
  }

  /// Statements one after the other.
  init(joining parts: [ADQLStatement], separator: String) {
    self.init(raw: parts.map(\.text).joined(separator: separator))
  }
}
