import TableIO

/// The texts of a call that the Python client pasted into a query as they are, and what we make of them.
struct PastedValues {
  var call: TraceCall?

  /// The recorded query with the values quoted and matched as we do; `nil` when nothing is different.
  func rewritten(_ query: String) -> (text: String, rules: Set<TraceRule>)? {
    guard let call else { return nil }
    var text = query
    var rules: Set<TraceRule> = []
    if let filter = call.keywords["filter_name"]?.stringValue {
      text = text.replacing("ILIKE '%\(filter)%'", with: "ILIKE '\(Self.pattern(filter))'")
    }
    let programme = call.keywords["proposal_id"] ?? (call.method.contains("program") ? call.arguments.first : nil)
    if let number = programme?.stringValue ?? programme?.integerValue.map({ String($0) }) {
      let condition = "proposal_id " + Self.programme(number)
      text = text.replacing("proposal_id ILIKE '%\(number)%'", with: condition)
        .replacing("proposal_id='\(number)'", with: condition)
    }
    if text != query { rules.insert(.exactMatch) }
    let values = (call.arguments + call.keywords.members.map(\.value)).flatMap(Self.texts)
    for value in values where value.contains("'") {
      for form in [value, value.lowercased(), value.uppercased()] where text.contains(form) {
        text = text.replacing(form, with: form.replacing("'", with: "''"))
        rules.insert(.quotesDoubled)
        break
      }
    }
    return rules.isEmpty ? nil : (text, rules)
  }

  /// Wildcards on request only.
  private static func pattern(_ value: String) -> String { value.replacing("*", with: "%") }

  /// A programme's number in both spellings that the archive has (weakness 41).
  private static func programme(_ value: String) -> String {
    if value.contains(where: { "*%".contains($0) }) { return "ILIKE '\(pattern(value))'" }
    guard !value.isEmpty, let number = Int(value) else { return "= '\(value)'" }
    let short = String(number)
    let long = String(repeating: "0", count: max(0, 5 - short.count)) + short
    return short == long ? "= '\(short)'" : "IN ('\(short)', '\(long)')"
  }

  private static func texts(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let items): items.flatMap(texts)
    default: []
    }
  }
}
