/// Takes away the fields in which a form is as recorded, by the rules, and leaves those in which it is not.
struct FieldComparison {
  var call: TraceCall?
  /// Where the form goes.
  var path: String
  private(set) var rules: Set<TraceRule> = []

  init(call: TraceCall?, path: String) {
    self.call = call
    self.path = path
  }

  /// What is left of both forms.
  mutating func remaining(recorded: [TracePair], sent: [TracePair]) -> ([TracePair], [TracePair]) {
    var left: [TracePair] = []
    var right = sent
    for field in recorded {
      if let index = right.firstIndex(of: field) {
        right.remove(at: index)
      } else if let index = right.firstIndex(where: { $0.name == field.name && isSame(field, $0) }) {
        right.remove(at: index)
      } else if !isLeftOut(field, recorded) {
        left.append(field)
      }
    }
    right.removeAll { isAdded($0, recorded) }
    return (left, right)
  }

  private var isSync: Bool { path.hasSuffix("/sync") }
  private var isSIMBAD: Bool { path.hasPrefix("/simbad/") }

  private mutating func isSame(_ recorded: TracePair, _ sent: TracePair) -> Bool {
    switch recorded.name {
    case "QUERY":
      var found = ADQLComparison().compare(
        recorded: recorded.value, sent: sent.value, insertsTop: isSync && !isSIMBAD)
      if !found.isSame, let rewriting = PastedValues(call: call).rewritten(recorded.value) {
        found = ADQLComparison().compare(
          recorded: rewriting.text, sent: sent.value, insertsTop: isSync && !isSIMBAD)
        found.rules.formUnion(rewriting.rules)
      }
      if found.isSame { rules.formUnion(found.rules) }
      return found.isSame
    case "MAXREC" where isSIMBAD:
      rules.insert(.simbadLimit)
      return true
    case "planeid":
      let isSame = Set(recorded.value.split(separator: ",")) == Set(sent.value.split(separator: ","))
      if isSame { rules.insert(.planesOnce) }
      return isSame
    case "FORMAT" where recorded.value.hasPrefix("<built-in"):
      rules.insert(.formatNamed)
      return sent.value == "votable"
    default: return false
    }
  }

  /// Whether a recorded field is one that we do not send.
  private mutating func isLeftOut(_ field: TracePair, _ recorded: [TracePair]) -> Bool {
    if isSync, field == TracePair(name: "PHASE", value: "RUN") {
      rules.insert(.noPhaseOnSync)
      return true
    }
    // The Python client names the format of a table in memory once more, in lower case.
    if field.name == "format", recorded.contains(where: { $0.name == "FORMAT" }) {
      rules.insert(.tableUploadAsValues)
      return true
    }
    return false
  }

  /// Whether a field is one that only we send.
  private mutating func isAdded(_ field: TracePair, _ recorded: [TracePair]) -> Bool {
    guard isSync, field.name == "MAXREC", Int(field.value) != nil, !recorded.contains(where: { $0.name == "MAXREC" })
    else { return false }
    rules.insert(isSIMBAD ? .simbadLimit : .rowLimitByMAXREC)
    return true
  }
}
