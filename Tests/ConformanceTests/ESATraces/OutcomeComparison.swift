import TableIO

/// Compares a value with a recorded one: tables by their columns' names, jobs, table descriptions, positions, plain values.
struct OutcomeComparison {
  var differences: [String] = []
  var rules: Set<TraceRule> = []

  /// The columns whose bits the Python client reads from the wrong place.
  private var bitColumns: Set<String> = []

  static func differences(
    recorded: JSONValue, observed: JSONValue, bitColumns: Set<String> = []
  ) -> OutcomeComparison {
    var comparison = OutcomeComparison(bitColumns: bitColumns)
    comparison.compare(recorded, observed, "value")
    return comparison
  }

  private mutating func compare(_ recorded: JSONValue, _ observed: JSONValue, _ place: String) {
    if let marker = recorded.members.first, recorded.members.count == 1, marker.name.hasPrefix("$") {
      compare(marker: marker, recorded, observed, place)
    } else if case .array(let theirs) = recorded {
      guard let ours = observed.arrayValue, ours.count == theirs.count else {
        differences.append("\(place) is \(observed.brief) instead of \(recorded.brief)")
        return
      }
      for (index, (left, right)) in zip(theirs, ours).enumerated() { compare(left, right, "\(place)[\(index)]") }
    } else if !isSame(recorded, observed) {
      differences.append("\(place) is \(observed.brief) instead of \(recorded.brief)")
    }
  }

  private mutating func compare(
    marker: JSONObject.Member, _ recorded: JSONValue, _ observed: JSONValue, _ place: String
  ) {
    let ours = observed[marker.name]
    switch marker.name {
    case "$result_table":
      if let ours { compareTables(marker.value, ours, place) } else { report(recorded, observed, place) }
    case "$job":
      if let ours { compareJobs(marker.value, ours, place) } else { report(recorded, observed, place) }
    case "$table_meta", "$group", "$shared_item":
      if let ours {
        compareMembers(marker.value, ours, "\(place) \(marker.name)")
      } else {
        report(recorded, observed, place)
      }
    case "$skycoord":
      if let ours { comparePositions(marker.value, ours, place) } else { report(recorded, observed, place) }
    case "$column":
      rules.insert(.resultNotJobObject)
      compare(marker.value["values"] ?? .null, observed, place)
    case "$repr", "$http_response":
      // An object of the library's own; what it stands for is told by the requests.
      if observed != .null { differences.append("\(place) is \(observed.brief) instead of nothing") }
    default: if recorded != observed { report(recorded, observed, place) }
    }
  }

  private mutating func report(_ recorded: JSONValue, _ observed: JSONValue, _ place: String) {
    differences.append("\(place) is \(observed.brief) instead of \(recorded.brief)")
  }

  private mutating func compareTables(_ recorded: JSONValue, _ observed: JSONValue, _ place: String) {
    let ours = observed.list("columns")
    let names = recorded.list("columns").map { $0["name"]?.stringValue ?? "" }
    if recorded["overflow"] != nil, observed["overflow"] != .boolean(true) {
      differences.append("\(place) does not tell that there are more rows")
    }
    if recorded["n_rows"]?.integerValue != observed["n_rows"]?.integerValue || ours.count != names.count {
      differences.append(
        "\(place) has \(observed.list("rows").count) rows of \(ours.map { $0["name"]?.stringValue ?? "" }) "
          + "instead of \(recorded.list("rows").count) of \(names)")
      return
    }
    for (column, name) in zip(recorded.list("columns"), names) {
      var index = ours.firstIndex { $0["name"]?.stringValue == name }
      if index == nil, let byID = ours.firstIndex(where: { $0["id"]?.stringValue == name }) {
        rules.insert(.columnByName)
        index = byID
      }
      guard let index else {
        differences.append("\(place) has no column \(name)")
        continue
      }
      compareUnits(column["unit"]?.stringValue, ours[index]["unit"]?.stringValue, "\(place) unit of \(name)")
      if let text = column["description"]?.stringValue, text != ours[index]["description"]?.stringValue {
        differences.append("\(place) description of \(name)")
      }
      compareCells(recorded, observed, name, index, place)
    }
  }

  private mutating func compareCells(
    _ recorded: JSONValue, _ observed: JSONValue, _ name: String, _ index: Int, _ place: String
  ) {
    guard let position = recorded.list("columns").firstIndex(where: { $0["name"]?.stringValue == name }) else { return }
    let type = recorded.list("columns")[position]["dtype"]?.stringValue ?? ""
    for (row, (theirs, ours)) in zip(recorded.list("rows"), observed.list("rows")).enumerated() {
      guard let left = theirs.arrayValue?[position], let right = ours.arrayValue?[index] else { continue }
      if bitColumns.contains(name), left == .boolean(false), right == .boolean(true) {
        rules.insert(.bitCells)
        continue
      }
      if isSame(left, right, isSingle: type.contains("f4") || type == "float32") { continue }
      differences.append("\(place) \(name)[\(row)] is \(right.brief) instead of \(left.brief)")
    }
  }

  /// The Python client tidies units that it does not know and spells the others in its own way.
  private mutating func compareUnits(_ recorded: String?, _ observed: String?, _ place: String) {
    if recorded ?? "" == observed ?? "" { return }
    let letters = { (text: String?) in (text ?? "").filter(\.isLetter).sorted() }
    if letters(recorded) == letters(observed) {
      rules.insert(.unitSpelling)
    } else {
      differences.append("\(place) is \(observed ?? "none") instead of \(recorded ?? "none")")
    }
  }

  private mutating func compareJobs(_ recorded: JSONValue, _ observed: JSONValue, _ place: String) {
    for member in observed.members {
      guard let theirs = recorded[member.name] else { continue }
      switch member.name {
      case "results_in_memory": if theirs != .null || member.value != .null { compare(theirs, member.value, place) }
      case "parameters":
        for parameter in member.value.members {
          compare(theirs[parameter.name] ?? .null, parameter.value, "\(place) \(parameter.name)")
        }
      case "phase":
        let phase = theirs.stringValue?.uppercased().filter { !$0.isWhitespace }
        // ABORT is no phase of UWS.
        if phase != member.value.stringValue, !(phase == "ABORT" && member.value.stringValue == "ABORTED") {
          differences.append("\(place) phase is \(member.value.brief) instead of \(theirs.brief)")
        } else if theirs.stringValue != member.value.stringValue {
          rules.insert(.phaseNames)
        }
      default: compare(theirs, member.value, "\(place) \(member.name)")
      }
    }
  }

  private mutating func compareMembers(_ recorded: JSONValue, _ observed: JSONValue, _ place: String) {
    for member in observed.members {
      guard let theirs = recorded[member.name] else { continue }
      if let items = theirs.arrayValue {
        let ours = member.value.arrayValue ?? []
        if items.count != ours.count {
          differences.append("\(place) has \(ours.count) \(member.name) instead of \(items.count)")
        }
        for (left, right) in zip(items, ours) { compareMembers(left, right, "\(place) \(member.name)") }
      } else {
        compare(theirs, member.value, "\(place) \(member.name)")
      }
    }
  }

  private mutating func comparePositions(_ recorded: JSONValue, _ observed: JSONValue, _ place: String) {
    guard let theirs = recorded.direction, let ours = observed.direction else {
      differences.append("\(place) is no position")
      return
    }
    // The resolvers of FK5 positions differ from ICRS by less than 0.04 arc seconds.
    let isFK5 = recorded["frame"]?.stringValue == "fk5" && observed["frame"]?.stringValue == "icrs"
    if isFK5 { rules.insert(.icrsNumbers) }
    let separation = FK5Frame.separation(theirs, isFK5 ? FK5Frame.fromICRS(ours) : ours)
    if separation > 1e-9 { differences.append("\(place) is \(separation) degrees off: \(observed.brief)") }
  }

  private func isSame(_ recorded: JSONValue, _ observed: JSONValue, isSingle: Bool = false) -> Bool {
    switch (recorded, observed) {
    // Missing text reads as empty in the Python client.
    case (.null, .string("")), (.string(""), .null): return true
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1, isSingle: isSingle) }
    case (.string(let left), .string(let right)):
      return left == right || ServerText.collapsed(left) == ServerText.collapsed(right)
    // A text file has no types: what looks like a truth value or a number is as good as its text.
    case (.string(let text), .boolean(let value)): return text.lowercased() == (value ? "true" : "false")
    case (.string(let text), let value): return value.realValue != nil && Double(text) == value.realValue
    default:
      if recorded == observed { return true }
      guard let left = recorded.realValue, let right = observed.realValue else { return false }
      return left == right || (isSingle && Float(left) == Float(right))
    }
  }
}

extension JSONValue {
  /// A value in one line.
  var brief: String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return String(value)
    case .integer(let value): return String(value)
    case .real(let value): return String(value)
    case .string(let text): return "\"\(text)\""
    case .array(let items):
      let shown = items.prefix(6).map(\.brief).joined(separator: ", ")
      return "[\(shown)\(items.count > 6 ? ", …" : "")]"
    case .object(let object):
      return "{\(object.members.prefix(4).map { "\($0.name): \($0.value.brief)" }.joined(separator: ", "))}"
    }
  }

  /// The direction of a position in degrees.
  fileprivate var direction: [Double]? {
    guard let ra = self["ra_deg"]?.realValue, let dec = self["dec_deg"]?.realValue else { return nil }
    return FK5Frame.vector(rightAscension: ra, declination: dec)
  }
}
