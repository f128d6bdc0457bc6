/// Compares a request with the recorded one: method, path, query, form, parts and cookie (README of the recordings).
struct RequestComparison: Sendable {
  /// The call that makes the request; its arguments tell what the Python client pasted in without quoting.
  var call: TraceCall?

  /// What a comparison found.
  struct Findings: Sendable {
    var differences: [String] = []
    var rules: Set<TraceRule> = []
  }

  /// Whether a request goes where the recorded one went.
  func isSamePath(_ recorded: TraceRequest, _ sent: TraceRequest) -> Bool { recorded.path == sent.path }

  /// How a request differs, without the rules that were needed.
  func differences(recorded: TraceRequest, sent: TraceRequest) -> [String] {
    compare(recorded: recorded, sent: sent).differences
  }

  /// How a request differs beyond what rules explain.
  func compare(recorded: TraceRequest, sent: TraceRequest) -> Findings {
    var findings = Findings()
    if recorded.method != sent.method { findings.differences.append("\(sent.method) instead of \(recorded.method)") }
    if !isSamePath(recorded, sent) { findings.differences.append("\(sent.path) instead of \(recorded.path)") }
    compareQuery(recorded, sent, &findings)
    compareBody(recorded, sent, &findings)
    if recorded.cookie != sent.cookie {
      findings.differences.append("cookie \(sent.cookie ?? "none") instead of \(recorded.cookie ?? "none")")
    }
    return findings
  }

  private func compareQuery(_ recorded: TraceRequest, _ sent: TraceRequest, _ findings: inout Findings) {
    var ours = sent.query
    if recorded.path.hasSuffix("/phase") || recorded.path.contains("/async/") {
      let without = ours.filter { $0.name.uppercased() != "WAIT" && $0.name.uppercased() != "PHASE" }
      if without.count < ours.count { findings.rules.insert(.waitParameter) }
      ours = without
    }
    if recorded.query.sorted() == ours.sorted() { return }
    if Self.isSameWhenEncoded(recorded.rawQuery, recorded.query, ours) {
      findings.rules.insert(.valuesEncoded)
    } else {
      findings.differences.append("query \(Self.text(ours)) instead of \(Self.text(recorded.query))")
    }
  }

  private func compareBody(_ recorded: TraceRequest, _ sent: TraceRequest, _ findings: inout Findings) {
    switch (recorded.form, recorded.parts) {
    case (let form?, _):
      guard let ours = sent.form else {
        findings.differences.append("no form, instead of \(Self.text(form))")
        return
      }
      var fields = FieldComparison(call: call, path: recorded.path)
      let (left, right) = fields.remaining(recorded: form, sent: ours)
      findings.rules.formUnion(fields.rules)
      if left.isEmpty, right.isEmpty { return }
      let raw = String(decoding: recorded.body, as: UTF8.self)
      if Self.isSameWhenEncoded(raw, form, ours) {
        findings.rules.insert(.valuesEncoded)
      } else {
        findings.differences.append("form has \(Self.text(right)) instead of \(Self.text(left))")
      }
    case (_, let parts?):
      guard let ours = sent.parts else {
        findings.differences.append("no multipart body")
        return
      }
      compareParts(parts, ours, path: recorded.path, &findings)
    default:
      // The resolvers' plain lines say the same as an encoded form.
      let theirs = Self.lines(recorded.body)
      let ours = sent.body.contains(0x0A) ? Self.lines(sent.body) : sent.form ?? Self.lines(sent.body)
      if theirs.sorted() != ours.sorted() {
        findings.differences.append("body \(Self.text(ours)) instead of \(Self.text(theirs))")
      }
    }
  }

  private func compareParts(
    _ recorded: [TracePart], _ sent: [TracePart], path: String, _ findings: inout Findings
  ) {
    let pairs = { (parts: [TracePart]) in
      parts.filter { $0.fileName == nil }
        .map { TracePair(name: $0.name, value: String(decoding: $0.value, as: UTF8.self)) }
    }
    var fields = FieldComparison(call: call, path: path)
    let (left, right) = fields.remaining(recorded: pairs(recorded), sent: pairs(sent))
    findings.rules.formUnion(fields.rules)
    if !left.isEmpty || !right.isEmpty {
      findings.differences.append("parts have \(Self.text(right)) instead of \(Self.text(left))")
    }
    let files = (recorded.filter { $0.fileName != nil }, sent.filter { $0.fileName != nil })
    if files.0.map(\.name).sorted() != files.1.map(\.name).sorted() {
      findings.differences.append("files \(files.1.map(\.name)) instead of \(files.0.map(\.name))")
      return
    }
    for file in files.0 {
      guard let ours = files.1.first(where: { $0.name == file.name }), ours != file else { continue }
      // The name and the bytes of a table in memory are the writer's own.
      if file.fileName == "pytable" || file.fileName == ours.fileName, file.value == ours.value {
        findings.rules.insert(.tableUploadAsValues)
      } else if file.fileName == "pytable", let theirs = try? ObservedTable.read(file.value),
        let ours = try? ObservedTable.read(ours.value),
        OutcomeComparison.differences(recorded: theirs, observed: ours).differences.isEmpty
      {
        findings.rules.insert(.tableUploadAsValues)
      } else {
        findings.differences.append(
          "file \(file.name) is \(ours.fileName ?? "") of \(ours.value.count) bytes "
            + "instead of \(file.fileName ?? "") of \(file.value.count)")
      }
    }
  }

  /// Whether fields that are encoded as they must be are those of a text that was pasted together without encoding.
  static func isSameWhenEncoded(_ raw: String?, _ recorded: [TracePair], _ sent: [TracePair]) -> Bool {
    let pieces = { (text: String) in text.split(separator: "&").sorted() }
    let ours = pieces(text(sent))
    return pieces(raw ?? "") == ours || pieces(text(recorded)) == ours
  }

  static func text(_ pairs: [TracePair]) -> String { pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "&") }

  private static func lines(_ body: [UInt8]) -> [TracePair] {
    String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      let parts = line.split(separator: "=", maxSplits: 1)
      return TracePair(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
    }
  }
}
