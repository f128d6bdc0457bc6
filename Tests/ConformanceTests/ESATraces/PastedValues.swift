import TableIO

/// The texts of a call that the Python client pasted into a query as they are, and what we make of them.
struct PastedValues {
  var call: TraceCall?

  /// The recorded query with the values quoted and matched as we do; `nil` when nothing is different.
  func rewritten(_ query: String) -> (text: String, rules: Set<TraceRule>)? {
    guard let call else { return nil }
    var text = query
    var rules: Set<TraceRule> = []
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

  private static func texts(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let items): items.flatMap(texts)
    default: []
    }
  }
}
