/// Whether a query that was sent says what the recorded one says.
struct ADQLComparison {
  /// The largest difference of a position's numbers in degrees, after the Python client's frame has been applied to ours.
  var positionTolerance = 1e-9

  /// What a comparison found.
  struct Findings {
    var isSame = false
    var rules: Set<TraceRule> = []
  }

  /// Compares a recorded query with a sent one.
  /// - Parameter insertsTop: whether the Python client inserts ` TOP 2000 ` into what goes to this address.
  func compare(recorded: String, sent: String, insertsTop: Bool) -> Findings {
    var findings = Findings()
    var ours = sent
    if insertsTop {
      ours = PeerQuery.withTop(sent)
      if ours != sent { findings.rules.insert(.rowLimitByMAXREC) }
    }
    var left = ADQLTokens(recorded).tokens
    var right = ADQLTokens(ours).tokens
    if left.last == .mark(";"), right.last != .mark(";") {
      left.removeLast()
      findings.rules.insert(.noSemicolon)
    }
    (left, right) = Self.withPlanesOnce(left, right, &findings.rules)
    findings.isSame = left.count == right.count && isSame(left, right, &findings.rules)
    return findings
  }

  private func isSame(_ left: [ADQLTokens.Token], _ right: [ADQLTokens.Token], _ rules: inout Set<TraceRule>) -> Bool {
    var index = 0
    while index < left.count {
      if let theirs = Self.position(left, at: index), let ours = Self.position(right, at: index) {
        let sent = FK5Frame.vector(rightAscension: ours.0, declination: ours.1)
        let recorded = FK5Frame.vector(rightAscension: theirs.0, declination: theirs.1)
        guard FK5Frame.separation(FK5Frame.fromICRS(sent), recorded) <= positionTolerance else { return false }
        rules.insert(.icrsNumbers)
        index += 5
        continue
      }
      switch (left[index], right[index]) {
      case (.number(let theirs), .number(let ours)):
        guard let theirs = Double(theirs), let ours = Double(ours), abs(theirs - ours) <= 1e-12 else { return false }
      case (let theirs, let ours): guard theirs == ours else { return false }
      }
      index += 1
    }
    return true
  }

  /// The numbers of `'ICRS', ra, dec` that begin at a token.
  private static func position(_ tokens: [ADQLTokens.Token], at index: Int) -> (Double, Double)? {
    guard index + 4 < tokens.count, tokens[index] == .quoted("'ICRS'"), tokens[index + 1] == .mark(","),
      tokens[index + 3] == .mark(","), case .number(let ra) = tokens[index + 2],
      case .number(let dec) = tokens[index + 4], let ra = Double(ra), let dec = Double(dec)
    else { return nil }
    return (ra, dec)
  }

  /// Both queries with their `IN ('a', 'b')` lists sorted, and the recorded ones without repetitions.
  private static func withPlanesOnce(
    _ left: [ADQLTokens.Token], _ right: [ADQLTokens.Token], _ rules: inout Set<TraceRule>
  ) -> ([ADQLTokens.Token], [ADQLTokens.Token]) {
    let (sorted, reference) = (sortingLists(left, isUnique: true), sortingLists(right, isUnique: false))
    if sorted != left || reference != right { rules.insert(.planesOnce) }
    return (sorted, reference)
  }

  private static func sortingLists(_ tokens: [ADQLTokens.Token], isUnique: Bool) -> [ADQLTokens.Token] {
    var result: [ADQLTokens.Token] = []
    var index = 0
    while index < tokens.count {
      result.append(tokens[index])
      index += 1
      guard case .word(let word) = result[result.count - 1], word.uppercased() == "IN", index < tokens.count,
        tokens[index] == .mark("("), let end = tokens[index...].firstIndex(of: .mark(")"))
      else { continue }
      var items: [String] = []
      for token in tokens[(index + 1)..<end] {
        if case .quoted(let text) = token { items.append(text) }
      }
      guard items.count * 2 - 1 == end - index - 1 else { continue }
      items = (isUnique ? Array(Set(items)) : items).sorted()
      result.append(.mark("("))
      for (position, item) in items.enumerated() {
        if position > 0 { result.append(.mark(",")) }
        result.append(.quoted(item))
      }
      index = end
    }
    return result
  }
}
