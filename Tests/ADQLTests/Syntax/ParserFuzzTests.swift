import ADQL
import TestSupport
import Testing

/// Queries spoilt at random, from a fixed seed: each is read or refused, nothing traps, and what is read prints to what reads the same.
@Suite struct ParserFuzzTests {
  /// A small generator whose numbers are the same everywhere.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let seeds = [
    "SELECT DISTINCT TOP 10 a.b, count(*) AS n, -1.5E-3 * (x + y) FROM s.t AS a LEFT JOIN (SELECT * FROM u) v ON a.x = v.x WHERE NOT (a.x > 1 AND b IN (1, 'x')) OR EXISTS (SELECT 1 FROM w) GROUP BY a.b HAVING n > 2 ORDER BY 1 DESC, a.b OFFSET 3",
    "WITH x AS (SELECT a FROM t), y AS ((SELECT b FROM x ORDER BY b) UNION ALL SELECT c FROM z) SELECT * FROM x NATURAL JOIN y INTERSECT (SELECT q FROM r EXCEPT SELECT p FROM o)",
    "SELECT CASE WHEN a BETWEEN 1 AND 2 THEN 'it''s' ELSE NULL END, CAST(b AS VARCHAR(3)), COALESCE(c, d) || \"e\"\"f\" FROM ((t JOIN u USING (x, y)) JOIN v ON 1=1), w -- end\n",
    "SELECT DISTANCE(POINT('ICRS', ra, dec), POINT(1, 2)), ivo_healpix_index(6, ra, dec) FROM jwst.main WHERE 1=CONTAINS(POINT('ICRS', ra, dec), CIRCLE('ICRS', 53.1, -27.8, 0.1)) AND public NOT LIKE 'f%' AND x ILIKE 'y' AND z IS NOT NULL",
  ]

  private static let pieces = [
    "SELECT", "FROM", "WHERE", "(", ")", ",", ".", "*", "+", "-", "--", "'", "\"", "''", "=", "<>", "||", "AND", "OR",
    "NOT",
    "NULL", "IN", "BETWEEN", "JOIN", "ON", "USING", "UNION", "INTERSECT", "WITH", "AS", "CASE", "WHEN", "END", "COUNT",
    "POINT", "1", "1.5e3", "a", "é", "\0", "\n", "ORDER BY", "OFFSET", "EXISTS", "LIKE", "IS", "TOP", "CAST", ";", "_",
    "e",
  ]

  private func spoil(_ text: String, _ generator: inout Generator) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.insert(contentsOf: " \(Self.pieces.randomElement(using: &generator) ?? "") ".utf8, at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &generator)))
      case 4:
        bytes.insert(
          contentsOf: bytes[place..<min(bytes.count, place + 20)],
          at: Int.random(in: 0...bytes.count, using: &generator))
      default:
        bytes.replaceSubrange(
          place..<min(bytes.count, place + 3), with: (Self.pieces.randomElement(using: &generator) ?? "").utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func examine(_ text: String) -> Bool {
    do throws(ADQLError) {
      let tree = try Parser().parse(text)
      let printed = tree.description
      do throws(ADQLError) {
        #expect(try Parser().parse(printed) == tree, "\(text)\n\(printed)")
      } catch {
        Issue.record("\(error): \(printed)\nfrom \(text)")
      }
      return true
    } catch {
      #expect(error.position != nil && !error.message.isEmpty, "\(error): \(text)")
      if let span = error.span { #expect(span.start >= 0 && span.start <= span.end && span.end <= text.utf8.count) }
      return false
    }
  }

  @Test func spoiltQueriesAreReadOrRefused() {
    var generator = Generator(state: 20_260_101)
    var read = 0
    for round in 0..<20_000 {
      if examine(spoil(Self.seeds[round % Self.seeds.count], &generator)) { read += 1 }
    }
    #expect(read > 100)
    #expect(read < 19_000)
  }

  @Test func everyBeginningOfAQueryIsReadOrRefused() {
    for seed in Self.seeds {
      for length in 0...seed.unicodeScalars.count { _ = examine(String(seed.unicodeScalars.prefix(length))) }
    }
  }

  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func spoiltQueriesOfTheCorpusAreReadOrRefused() throws {
    var generator = Generator(state: 196)
    for query in try LyonetiaQuery.all(in: Shared.file("conformance/vo/lyonetia/src/adql")) {
      for _ in 0..<50 { _ = examine(spoil(query.text, &generator)) }
    }
  }
}
