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
    if let place = (call.keywords["coordinate"] ?? call.arguments.first)?.stringValue, Self.isSexagesimal(place) {
      text = Self.withHours(text)
      rules.insert(.hoursOfColons)
    }
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

  /// Whether a text has hours or degrees, minutes and seconds without letters.
  private static func isSexagesimal(_ text: String) -> Bool {
    !text.contains(where: \.isLetter) && text.split { !"0123456789.".contains($0) }.count > 2
  }

  /// A query whose right ascensions, read as degrees by the Python client, are hours (weakness 37).
  private static func withHours(_ query: String) -> String {
    query.replacing(#/'ICRS',(?<ra>[-+.e0-9]+),(?<dec>[-+.e0-9]+)/#) { match -> String in
      guard let ra = Double(match.output.ra), let dec = Double(match.output.dec) else { return String(match.output.0) }
      let read = FK5Frame.coordinates(
        FK5Frame.toICRS(FK5Frame.vector(rightAscension: ra, declination: dec)))
      let meant = FK5Frame.coordinates(
        FK5Frame.fromICRS(
          FK5Frame.vector(rightAscension: read.rightAscension * 15, declination: read.declination)))
      return "'ICRS',\(meant.rightAscension),\(meant.declination)"
    }
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
