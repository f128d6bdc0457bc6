import ADQL
import Testing

/// Texts that would exhaust a stack or a memory are refused; those that are merely long are read.
@Suite struct ParserLimitTests {
  private static let many = 100_000

  private static func times(_ text: String, _ count: Int = many) -> String { String(repeating: text, count: count) }

  @Test(arguments: [
    "select " + times("(") + "1" + times(")") + " from t",
    "select a from t where " + times("(") + "a=1" + times(")"),
    "select a from t where " + times("("),
    "select a from t where " + times("not ") + "a=1",
    "select " + times("- ") + "1 from t",
    "select " + times("abs(") + "1" + times(")") + " from t",
    "select " + times("f(") + "1" + times(")") + " from t",
    "select " + times("count(") + "1" + times(")") + " from t",
    "select " + times("case when 1=", 50_000) + "1 from t",
    "select " + times("cast(") + "1 from t",
    "select a from " + times("(") + "t" + times(")"),
    times("(") + "select a from t" + times(")"),
    times("select a from (", 50_000) + "t",
    "select a from t where " + times("exists (select a from t where ", 30_000) + "1=1" + times(")", 30_000),
    "select a from t where " + times("a in (select a from t where ", 30_000) + "1=1" + times(")", 30_000),
    "select a from t where a in " + times("("),
    "select " + times("(select ", 80_000) + "1",
    "select 1" + times("+1") + " from t",
    "select 1" + times("*1") + " from t",
    "select 'a'" + times("||'a'") + " from t",
    "select a from t" + times(" natural join t", 50_000),
    "select a from t" + times(" union select a from t", 40_000),
    "select a from t" + times(" intersect select a from t", 40_000),
  ])
  func deepOrChainedQueriesAreRefused(text: String) {
    let error = #expect(throws: ADQLError.self, "\(text.prefix(60))") { try Parser().parse(text) }
    #expect(error?.kind == .tooComplex, "\(String(describing: error)): \(text.prefix(60))")
    #expect(error?.position != nil)
  }

  @Test(arguments: [
    "select a from t where a=1" + times(" or a=1", 100_000),
    "select a from t where a=1" + times(" and a=1", 100_000),
    "select a from t where a in (1" + times(",1", 400_000) + ")",
    "select a" + times(",a", 400_000) + " from t",
    "select a from t" + times(",t", 400_000),
    "select f(1" + times(",1", 400_000) + ") from t",
    "select case when 1=1 then 1" + times(" when 1=1 then 1", 50_000) + " end from t",
    "with x as (select a from t)" + times(",x as (select a from t)", 40_000) + " select a from t",
  ])
  func longQueriesAreRead(text: String) throws {
    let tree = try Parser().parse(text)
    #expect(tree.description.utf8.count >= text.utf8.count)
  }

  @Test func whatIsJustWithinTheBoundsIsRead() throws {
    let limits = Parser.Limits(length: 1000, nesting: 20, height: 30)
    let parser = Parser(limits: limits)
    for depth in [1, 20] {
      #expect(throws: Never.self) {
        try parser.parse("select " + Self.times("(", depth) + "1" + Self.times(")", depth) + " from t")
      }
    }
    #expect(throws: ADQLError.self) {
      try parser.parse("select " + Self.times("(", 21) + "1" + Self.times(")", 21) + " from t")
    }
    #expect(throws: Never.self) { try parser.parse("select 1" + Self.times("+1", 27) + " from t") }
    #expect(throws: ADQLError.self) { try parser.parse("select 1" + Self.times("+1", 28) + " from t") }
    // A chain inside a nest inside a chain: the levels add up.
    let sum = "(" + Self.times("1+", 9) + "1)"
    #expect(throws: ADQLError.self) {
      try parser.parse("select " + Self.times("(", 3) + sum + Self.times(Self.times("+1", 9) + ")", 3) + " from t")
    }
    #expect(throws: ADQLError.self) { try parser.parse("select a from t" + Self.times(" ", 1000)) }
  }

  /// The deepest trees that are read can be printed, compared and released.
  @Test func theDeepestTreesAreHarmless() throws {
    let limits = Parser.Limits()
    let queries = [
      "select " + Self.times("- ", limits.nesting) + "1 from t",
      "select a from t where " + Self.times("not ", limits.nesting) + "a=1",
      "select " + Self.times("abs(", limits.nesting) + "1" + Self.times(")", limits.nesting) + " from t",
      "select 1" + Self.times("+1", limits.height - 3) + " from t",
      "select a from t" + Self.times(" natural join t", limits.height - 3),
      "select a from t where " + Self.times("exists (select a from t where ", limits.nesting / 2) + "1=1"
        + Self.times(")", limits.nesting / 2),
    ]
    for text in queries {
      let tree = try Parser().parse(text)
      #expect(try Parser(limits: Parser.Limits(nesting: 1000, height: 1000)).parse(tree.description) == tree)
    }
  }
}
