import Synchronization
import Testing

@testable import ADQL

@Suite("Short queries make short work")
struct BoundsTests {
  private func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  @Test("Powers of powers in a unit are refused before they leave all bounds")
  func unitText() {
    let tower = times("(", 13) + "Hz)" + times("**30)", 12) + "**30"
    for text in ["deg.\(tower)", "deg/\(tower)", "(m**30)**-30", "m**30.m**30.m**30.m**30", tower] {
      #expect(throws: UnitParser.Failure.self, "\(text)") { try UnitParser.parse(text) }
    }
    let other = tower.replacing("Hz", with: "Bq").replacing("**30)", with: "**-30)")
    let error = SmallSchema.refusal("SELECT IN_UNIT(ra, 'deg.\(tower).\(other)') FROM cat.stars")
    #expect(error?.kind == .unit)
    #expect(error?.span != nil)
  }

  @Test("A column whose unit is a tower of powers can be computed with; the result has no unit")
  func unitOfColumn() throws {
    let tower = times("(", 13) + "Hz)" + times("**30)", 12)
    let table = Schema.Table(
      name: "TAP_UPLOAD.t",
      columns: [.init(name: "f", type: .double, unit: tower), .init(name: "g", type: .double, unit: "Hz**30")])
    let checker = Checker(schema: Schema(tables: [table]))
    let columns = try checker.check("SELECT f*f, g*g, g*g*g*g, POWER(g, 8), SQRT(g), g/g FROM TAP_UPLOAD.t")
      .resultColumns
    #expect(columns.map(\.unit) == [nil, "Hz**60", nil, nil, "Hz**15", nil])
  }

  /// A dialect that counts the functions it writes.
  private struct CountingDialect: SQLDialect {
    final class Count: Sendable {
      let value = Mutex(0)
    }

    let calls = Count()

    func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String { "" }
    func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) -> String { "" }
    func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String { "" }
    func function(_ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType) -> String {
      calls.value.withLock { $0 += 1 }
      return "\(name.rawValue)(\(arguments.map(\.sql).joined(separator: ", ")))"
    }
  }

  @Test("Every function is written once, geometries in geometries too")
  func nestedGeometries() throws {
    let levels = 10
    let value = times("COORD1(POINT(", levels) + "ra" + times(", 2))", levels)
    let dialect = CountingDialect()
    let query = try Checker(schema: SmallSchema.schema).check("SELECT \(value) FROM cat.stars")
    _ = try SQLRenderer(dialect: dialect).render(query)
    #expect(dialect.calls.value.withLock { $0 } == 2 * levels)
  }

  @Test("The operand of CASE is written once, and so has one value for all its branches")
  func simpleCase() throws {
    let sql = try SmallSchema.sql(
      "SELECT CASE RAND() WHEN 0.25 THEN 'a' WHEN 0.5 THEN 'b' ELSE 'c' END AS x FROM cat.stars")
    #expect(sql.hasPrefix("SELECT CASE rand() WHEN 0.25 THEN 'a' WHEN 0.5 THEN 'b' ELSE 'c' END AS \"x\""))
    var value = "id"
    for _ in 0..<4 { value = "CASE \(value)" + (1...8).map { " WHEN \($0) THEN \($0 + 1)" }.joined() + " END" }
    let nested = try SmallSchema.sql("SELECT \(value) AS x FROM cat.stars")
    #expect(nested.utf8.count < 2 * value.utf8.count + 200)
  }

  @Test("A SELECT list has at most 2,000 columns, GROUP BY and ORDER BY as many terms")
  func columns() throws {
    #expect(try SmallSchema.columns("SELECT \(times("ra,", 1999))ra FROM cat.stars").count == 2000)
    for adql in [
      "SELECT \(times("ra,", 2000))ra FROM cat.stars", "SELECT \(times("stars.*,", 400))ra FROM cat.stars",
      "SELECT \(times("*,", 400))ra FROM cat.stars",
      "SELECT ra FROM cat.stars GROUP BY \(times("ra,", 2000))ra",
      "SELECT ra FROM cat.stars ORDER BY \(times("ra,", 2000))ra",
      "SELECT ra FROM cat.stars UNION SELECT ra FROM cat.stars ORDER BY \(times("ra,", 2000))ra",
    ] {
      let error = SmallSchema.refusal(adql)
      #expect(error?.kind == .tooComplex, "\(adql.prefix(60))")
      #expect(error?.line == 1)
    }
  }

  @Test("Columns that double from table to table of WITH are refused where they are too many")
  func doublingTables() {
    var with = "WITH t0 AS (SELECT * FROM cat.stars)"
    for step in 1...20 { with += ", t\(step) AS (SELECT a.*, b.* FROM t\(step - 1) a, t\(step - 1) b)" }
    #expect(SmallSchema.refusal("\(with) SELECT COUNT(*) AS n FROM t20")?.kind == .tooComplex)
  }

  @Test("A FROM clause names at most 256 tables")
  func tables() {
    func query(_ count: Int) -> String {
      "SELECT 1 FROM " + (1...count).map { "cat.stars s\($0)" }.joined(separator: ", ")
    }
    #expect(SmallSchema.refusal(query(256)) == nil)
    #expect(SmallSchema.refusal(query(257))?.kind == .tooComplex)
  }

  @Test("Names made unique count on, whatever names were given before")
  func uniqueNames() {
    var names = UniqueNames(taken: ["RA_3"])
    #expect((1...4).map { _ in names.name("ra") } == ["ra", "ra_2", "ra_4", "ra_5"])
    #expect(names.name("Ra") == "Ra_6")
    #expect(names.name("ra_2") == "ra_2_2")
    #expect(names.name("dec") == "dec")
  }

  @Test("A chain of operators of one rank has one parenthesis")
  func chains() throws {
    let sum = try SmallSchema.sql("SELECT 1\(times("+1", 200)) AS x FROM cat.stars")
    #expect(sum.hasPrefix("SELECT (1 + 1 + 1"))
    #expect(sum.utf8.count { $0 == UInt8(ascii: "(") } == 1)
    let expected = [
      "1 - 2 + 3": "(1 - 2 + 3)", "1 - (2 - 3)": "(1 - (2 - 3))", "1 * 2 / 3 + 4": "((1 * 2 / 3) + 4)",
      "(1 + 2) * 3 * 4": "((1 + 2) * 3 * 4)", "'a' || 'b' || 'c'": "('a' || 'b' || 'c')",
      "-1 - -2 - 3": "((-1) - (-2) - 3)",
    ]
    for (value, sql) in expected {
      #expect(try SmallSchema.sql("SELECT \(value) AS x FROM cat.stars").hasPrefix("SELECT \(sql) AS"), "\(value)")
    }
  }

  @Test("What a dialect writes in its own way stays as it wrote it")
  func ownArithmetic() throws {
    struct Dividing: SQLDialect {
      func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String { "" }
      func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) -> String { "" }
      func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String { "" }
      func function(_ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType) -> String { "" }
      func arithmetic(
        _ operator: BinaryOperator, _ left: SQLFragment, _ right: SQLFragment, type: ADQLType
      ) -> String {
        `operator` == .divide
          ? "(CAST(\(left.sql) AS REAL) / \(right.sql))" : "(\(left.sql) \(`operator`.rawValue) \(right.sql))"
      }
    }
    let query = try Checker(schema: SmallSchema.schema).check("SELECT 1 * 2 * 3 / 4 * 5 * 6 AS x FROM cat.stars")
    let sql = try SQLRenderer(dialect: Dividing()).render(query).text
    #expect(sql.hasPrefix("SELECT ((CAST((1 * 2 * 3) AS REAL) / 4) * 5 * 6) AS"))
  }

  @Test("IN and CASE have no parentheses around them that say nothing")
  func parentheses() throws {
    let condition = times("id IN (SELECT id FROM cat.stars WHERE ", 5) + "1 = 1" + times(")", 5)
    let sql = try SmallSchema.sql("SELECT id FROM cat.stars WHERE \(condition)")
    #expect(sql.utf8.count { $0 == UInt8(ascii: "(") } == 6)
    #expect(
      try SmallSchema.sql("SELECT id FROM cat.stars WHERE NOT id IN (SELECT id FROM other.stars) AND id = 1").contains(
        "WHERE ((NOT \"stars\".\"id\" IN (SELECT"))
  }
}
