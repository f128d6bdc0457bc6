import TAP

/// A programme as a user writes it, and how the archive may have spelled it: `1410` in some years, `01410` in others.
struct ProgrammeNumber: Sendable, Hashable {
  private let text: String

  init(_ text: String) { self.text = text }

  /// The spellings, without and with leading zeros to five digits; only the text itself when it is no number.
  var spellings: [String] {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return [text] }
    let digits = text.drop { $0 == "0" }
    let short = digits.isEmpty ? "0" : String(digits)
    let long = String(repeating: "0", count: max(0, 5 - short.utf8.count)) + short
    return short == long ? [short] : [short, long]
  }

  /// The condition in ADQL: both spellings, or the pattern where the text has wildcards.
  var condition: ADQLStatement {
    if CriteriaText.hasWildcard(text) { return "proposal_id ILIKE \(CriteriaText.pattern(text))" }
    return ADQLStatement("proposal_id", oneOf: spellings)
  }
}
