import ADQL
import Dispatch
import Foundation
import Synchronization
import Testing

/// Texts that would exhaust a stack or a memory are refused; those that are merely long are read.
@Suite struct ParserLimitTests {
  /// A query by a short name, for the log.
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var testDescription: String { "\(text.prefix(50))…" }

    init(_ text: String) { self.text = text }
  }

  private static let many = 100_000

  private static func times(_ text: String, _ count: Int = many) -> String { String(repeating: text, count: count) }

  @Test(
    arguments: [
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
    ].map(Case.init))
  func deepOrChainedQueriesAreRefused(query: Case) {
    let text = query.text
    let error = #expect(throws: ADQLError.self, "\(text.prefix(60))") { try Parser().parse(text) }
    #expect(error?.kind == .tooComplex, "\(String(describing: error)): \(text.prefix(60))")
    #expect(error?.position != nil)
  }

  @Test(
    arguments: [
      "select a from t where a=1" + times(" or a=1", 30_000),
      "select a from t where a=1" + times(" and a=1", 30_000),
      "select a from t where a in (1" + times(",1", 100_000) + ")",
      "select a" + times(",a", 100_000) + " from t",
      "select a from t" + times(",t", 100_000),
      "select f(1" + times(",1", 100_000) + ") from t",
      "select case when 1=1 then 1" + times(" when 1=1 then 1", 20_000) + " end from t",
      "with x as (select a from t)" + times(",x as (select a from t)", 10_000) + " select a from t",
    ].map(Case.init))
  func longQueriesAreRead(query: Case) throws {
    let text = query.text
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

  /// The deepest trees that are read can be printed, compared and released on half the stack that Linux gives a thread.
  /// (A debug build needs some eight times as much as a release build, which is content with the 512 KiB of macOS.)
  @Test func theDeepestTreesFitOnAStack() throws {
    let limits = Parser.Limits()
    let half = limits.nesting / 2
    let queries = [
      "select " + Self.times("- ", limits.nesting) + "1 from t",
      "select a from t where " + Self.times("(", limits.nesting) + "a=1" + Self.times(")", limits.nesting),
      "select a from t where " + Self.times("not ", limits.nesting) + "a=1",
      "select " + Self.times("abs(", limits.nesting) + "1" + Self.times(")", limits.nesting) + " from t",
      "select 1" + Self.times("+1", limits.height - 3) + " from t",
      "select a from t" + Self.times(" natural join t", limits.height - 3),
      "select a from t" + Self.times(" union select a from t", limits.height - 3),
      "select a from t where " + Self.times("exists (select a from t where (", half) + "1=1" + Self.times("))", half),
      "select a from " + Self.times("(select a from (", half) + "t" + Self.times(") where 1=1) as x", half),
      "select " + Self.times("case when 1=(", half) + "1" + Self.times(") then 1 end", half) + " from t",
    ]
    let outcome = Outcome()
    let thread = Thread {
      for text in queries {
        do {
          let tree = try Parser().parse(text)
          let again = try Parser(limits: Parser.Limits(nesting: 1000, height: 1000)).parse(tree.description)
          if again != tree { outcome.add("differs: \(text.prefix(60))") }
        } catch {
          outcome.add("\(error): \(text.prefix(60))")
        }
      }
      outcome.finish()
    }
    thread.stackSize = 4 << 20
    thread.start()
    #expect(outcome.wait() == [])
  }

  /// What a thread has to tell.
  private final class Outcome: Sendable {
    private let failures = Mutex<[String]>([])
    private let done = DispatchSemaphore(value: 0)

    func add(_ failure: String) { failures.withLock { $0.append(failure) } }
    func finish() { done.signal() }
    func wait() -> [String] {
      done.wait()
      return failures.withLock { $0 }
    }
  }
}
