import Testing

@testable import ADQL

@Suite("Spoilt queries")
struct CheckerFuzzTests {
  private static let queries = [
    "SELECT TOP 5 m . planeid , COUNT ( * ) AS n FROM jwst.main m JOIN jwst.artifact a USING ( planeid ) GROUP BY m . planeid ORDER BY n DESC , 1 OFFSET 2",
    "SELECT * FROM jwst.main NATURAL FULL JOIN jwst.artifact WHERE public = 'true' AND plane_datarelease > '2022-01-01'",
    "WITH w AS ( SELECT id , ra FROM cat.stars ) SELECT w . * , ( SELECT MAX ( mag ) FROM other.stars o WHERE o . id = w . id ) AS m FROM w ORDER BY ra",
    "SELECT id FROM cat.stars UNION ALL SELECT id FROM other.stars EXCEPT ALL ( SELECT TOP 2 id FROM cat.stars ORDER BY ra ) ORDER BY id",
    "SELECT planeid FROM jwst.main WHERE 1 = CONTAINS ( POINT ( 'ICRS' , target_ra , target_dec ) , CIRCLE ( 'ICRS' , 10 , 20 , 0.5 ) ) OR NOT DISTANCE ( target_ra , target_dec , 1 , 2 ) < 3",
    "SELECT IN_UNIT ( SQRT ( pm_ra * pm_ra + POWER ( pm_dec , 2 ) ) , 'arcsec/yr' ) , CASE WHEN ra > 1 THEN name ELSE 'x' END , CAST ( ra AS VARCHAR ( 5 ) ) || name FROM cat.stars",
    "SELECT name , ivo_string_agg ( name , ',' ) FROM cat.stars GROUP BY name HAVING AVG ( ra ) BETWEEN 1 AND 2 OR name IN ( SELECT filename FROM jwst.artifact )",
    "SELECT x . a , y . b FROM ( SELECT ra a FROM cat.stars ) x LEFT JOIN ( SELECT id b FROM other.stars ) y ON x . a = y . b WHERE EXISTS ( SELECT 1 FROM jwst.main WHERE naxis1 = b )",
  ]

  /// A small generator of numbers that is the same everywhere.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 20_220_712

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 32) ^ state
    }
  }

  @Test("Whatever words come together, there is SQL or an error with its place")
  func spoilt() throws {
    let pool = Self.queries.flatMap { $0.split(separator: " ") }
    let names = pool.filter { $0.first?.isLowercase == true }
    let checker = Checker(schema: SmallSchema.schema)
    let renderer = SQLRenderer(dialect: PlainDialect())
    var numbers = Numbers()
    var accepted = 0
    for round in 0..<1500 {
      var words = Self.queries[round % Self.queries.count].split(separator: " ")
      let place = words.indices.randomElement(using: &numbers) ?? 0
      switch Int.random(in: 0...6, using: &numbers) {
      case 0: words.remove(at: place)
      case 1: words[place] = pool.randomElement(using: &numbers) ?? ""
      case 2: words.insert(pool.randomElement(using: &numbers) ?? "", at: place)
      default:
        // One name for another: the syntax stays, and the checker has all the work.
        let places = words.indices.filter { words[$0].first?.isLowercase == true }
        words[places.randomElement(using: &numbers) ?? 0] = names.randomElement(using: &numbers) ?? ""
      }
      let text = words.joined(separator: " ")
      do throws(ADQLError) {
        let statement = try renderer.render(try checker.check(text), maxRows: 10)
        #expect(!statement.resultColumns.isEmpty, "\(text)")
        accepted += 1
      } catch {
        let span = try #require(error.span, "\(error.message): \(text)")
        #expect((0...text.utf8.count).contains(span.start) && span.end <= text.utf8.count, "\(text)")
        #expect(!error.message.isEmpty)
      }
    }
    // Some still make sense, most do not.
    #expect((100..<1250).contains(accepted))
  }

  @Test(
    "What `*` stands for has a place too",
    arguments: [
      ("SELECT id FROM cat.stars WHERE id IN (\n SELECT * FROM jwst.main GROUP BY planeid)", 2),
      ("SELECT * FROM jwst.main GROUP BY planeid", 1), ("SELECT * FROM cat.stars UNION\nSELECT * FROM other.stars", 2),
      ("SELECT id, name FROM cat.stars UNION\nSELECT o.* FROM other.stars o", 2),
    ])
  func asterisk(adql: String, line: Int) {
    let error = SmallSchema.refusal(adql)
    #expect(error?.line == line)
    #expect(error?.column == (line == 2 && adql.contains("IN (") ? 2 : 1))
  }
}
