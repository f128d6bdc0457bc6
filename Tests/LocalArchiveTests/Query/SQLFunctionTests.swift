import GRDBSQLite
import Testing

@testable import LocalArchive

/// The functions that queries call in SQL, asked of the database itself.
@Suite struct SQLFunctionTests {
  private let folder = ArchiveFolder()
  private let connection: QueryConnection

  init() throws {
    let store = try ArchiveStore.create(at: folder.path)
    try store.close()
    connection = try QueryConnection(path: folder.path + "/webb.sqlite", limits: QueryLimits(), uptime: { .zero })
  }

  /// The value of an expression as text, `nil` for NULL.
  private func value(_ sql: String) throws -> String? {
    let statement = try QueryStatement("SELECT " + sql, on: connection)
    try #require(try statement.step())
    guard let text = sqlite3_column_text(statement.handle, 0) else { return nil }
    return String(cString: text)
  }

  private func number(_ sql: String) throws -> Double? {
    let statement = try QueryStatement("SELECT " + sql, on: connection)
    try #require(try statement.step())
    return sqlite3_column_type(statement.handle, 0) == SQLITE_NULL ? nil : sqlite3_column_double(statement.handle, 0)
  }

  @Test(
    arguments: [
      ("adql_log(exp_1)", 1), ("adql_log10(1000)", 3), ("adql_sqrt(2.25)", 1.5), ("adql_power(2, 10)", 1024),
      ("adql_round(2.5)", 3), ("adql_round(-2.5)", -3), ("adql_round(2.675, 2)", 2.68),
      ("adql_round(1250, -2)", 1300), ("adql_truncate(-1.79)", -1), ("adql_truncate(1.799, 2)", 1.79),
      ("adql_truncate(0.29, 2)", 0.29), ("adql_truncate(0.9999999999999999, 0)", 0),
      ("adql_truncate(-0.9999999999999999, 0)", 0), ("adql_truncate(0.009999999999999998, 2)", 0),
      ("adql_truncate(-1.15, 2)", -1.15), ("adql_truncate(1299, -2)", 1200),
      ("adql_round(0.49999999999999994, 0)", 0), ("adql_mod(-7, 3)", -1), ("adql_mod(7, -3)", 1),
      ("adql_mod(7.5, 2)", 1.5),
      ("adql_ceiling(-1.5)", -1), ("adql_floor(-1.5)", -2), ("adql_degrees(adql_atan2(1, 1))", 45),
      ("adql_radians(180)", Double.pi), ("adql_cot(adql_radians(45))", 1), ("adql_mjd('2022-07-12')", 59772),
      ("adql_jd('2022-07-12T12:00:00')", 2_459_773), ("adql_integer('42', 32)", 42), ("adql_integer(2.5, 32)", 2),
      ("adql_integer(3.5, 32)", 4), ("adql_real(0.1)", Double(Float(0.1))), ("adql_double(' 1e3 ')", 1000),
    ] as [(String, Double)])
  func numbers(_ sql: String, _ expected: Double) throws {
    let sql = sql.replacing("exp_1", with: "adql_exp(1)")
    let found = try #require(try number(sql))
    #expect(abs(found - expected) <= 1e-14 * max(1, abs(expected)), "\(sql) is \(found)")
  }

  @Test(
    "What has no value is NULL",
    arguments: [
      "adql_log(-1)", "adql_log(0)", "adql_sqrt(-1)", "adql_acos(2)", "adql_mod(1, 0)", "adql_mod(1.5, 0)",
      "adql_exp(1e5)",
      "adql_power(0, -1)", "adql_cot(0)", "adql_round(NULL)", "adql_sin('x')", "adql_integer('4x', 32)",
      "adql_integer(40000, 16)", "adql_integer(1e30, 64)", "adql_timestamp('yesterday')", "adql_lower(NULL)",
      "adql_ilike(NULL, '%')", "adql_ilike('a', NULL)", "adql_point(10, 91)", "adql_point(NULL, 0)",
      "adql_like(NULL, '%')", "adql_like('a', NULL)", "adql_single(n) FROM (SELECT 7 AS n) WHERE n = 8",
      "adql_zone(91, 0)", "adql_window(1, 1, 0.1, 2)", "adql_window(1, NULL, 0.1, 0)",
      "adql_circle(10, 0, -1)", "adql_polygon(1, 2, 3, 4)",
      "adql_sky('nowhere', 3)", "adql_sky('10 20 0.5', 3)", "adql_sky('1 1 2 1 2 2', 2)", "adql_sky('10 20', 2)",
      "adql_area(x'0102')",
      "adql_distance(0, 0, 0, 100)", "adql_contains_at(1, NULL, '1 1 1')", "adql_healpix(30, 1, 1)",
    ])
  func nulls(_ sql: String) throws { #expect(try value(sql) == nil) }

  @Test(
    arguments: [
      ("adql_lower('ABC Ä')", "abc ä"), ("adql_upper('straße x')", "STRASSE X"), ("adql_lower('NGC-1')", "ngc-1"),
      ("adql_ilike('NIRCam/IMAGE', 'nircam%')", "1"), ("adql_ilike('a_b', 'A_B')", "1"),
      ("adql_ilike('', '%')", "1"), ("adql_ilike('', '_')", "0"), ("adql_ilike('aXbXc', '%x%x_')", "1"),
      ("adql_ilike('abc', '%b')", "0"), ("adql_ilike('ÄRGER', 'ärg%')", "1"), ("adql_ilike('ab', 'a')", "0"),
      ("adql_hasword('The Cosmic  Cliffs (Carina)', 'cliffs carina')", "1"),
      ("adql_hasword('cliffside', 'cliff')", "0"),
      ("adql_like('NIRCam', 'NIR%')", "1"), ("adql_like('NIRCam', 'nir%')", "0"), ("adql_like('éx', '__')", "1"),
      ("adql_like('éx', '%__x')", "0"), ("adql_like('éx', '%_x')", "1"), ("adql_like('aéb', 'a%b')", "1"),
      ("adql_like('', '')", "1"), ("adql_like('abcabd', '%abd')", "1"), ("adql_like('a%b', 'a%c')", "0"),
      ("adql_hasword('a a a b', 'a a b')", "1"), ("adql_hasword('a a', 'a a a')", "0"),
      ("adql_single(n) FROM (SELECT 7 AS n)", "7"),
      ("adql_timestamp('2022-07-12')", "2022-07-12T00:00:00.000"), ("adql_text(1.0)", "1"),
      ("adql_text(1e20)", "1e+20"),
      ("adql_text(0.1)", "0.1"), ("adql_text('Große', 3)", "Gro"), ("adql_text(12345, 2)", "12"),
      ("adql_sky_text(adql_point(370, 20))", "POSITION ICRS 10 20"),
      ("adql_sky_text(adql_circle(10, 20, 0.5))", "CIRCLE ICRS 10 20 0.5"),
      ("adql_sky_text(adql_sky('10 1 11 1 11 2', 3))", "POLYGON ICRS 10 1 11 1 11 2"),
    ])
  func texts(_ sql: String, _ expected: String) throws { #expect(try value(sql) == expected) }

  @Test(
    arguments: [
      ("adql_contains_at(10.1, 20, adql_circle(10, 20, 0.2))", 1),
      ("adql_contains_at(10.1, 20, 'CIRCLE ICRS 10 20 0.05')", 0),
      ("adql_contains_at(359.9, 0, adql_polygon(359, -1, 1, -1, 1, 1, 359, 1))", 1),
      ("adql_contains(adql_point(0.5, 89.9), adql_circle(180, 90, 1))", 1),
      ("adql_contains(adql_circle(10, 20, 0.1), adql_circle(10, 20, 0.2))", 1),
      ("adql_contains(adql_circle(10, 20, 0.2), adql_circle(10, 20, 0.1))", 0),
      ("adql_intersects('POLYGON 1 1 2 1 2 2 1 2', adql_circle(2.05, 1.5, 0.1))", 1),
      ("adql_intersects('POLYGON 1 1 2 1 2 2 1 2', adql_circle(2.2, 1.5, 0.1))", 0),
      ("adql_contains(adql_point(10, 20), adql_box(10, 20, 2, 2))", 1), ("adql_area(adql_point(1, 1))", 0),
      ("adql_coord1(adql_centroid(adql_circle(30, 40, 1)))", 30), ("adql_coord2(adql_point(1, 2))", 2),
      ("adql_distance(adql_point(10, 0), adql_point(11, 0))", 1), ("adql_distance(0, 90, 77, 89)", 1),
      ("adql_healpix(0, 0.1, 0)", 4), ("adql_area(adql_polygon(0, 0, 90, 0, 0, 90))", 5156.620156177409),
    ] as [(String, Double)])
  func places(_ sql: String, _ expected: Double) throws {
    let found = try #require(try number(sql))
    #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)), "\(sql) is \(found)")
  }

  @Test("A constant region is read once, and each run reads its own") func keptRegion() throws {
    let sql =
      "SELECT sum(adql_contains_at(n, 0, 'CIRCLE 5 0 1.5')) FROM (SELECT 3 AS n UNION ALL SELECT 4 UNION ALL SELECT 5)"
    let statement = try QueryStatement(sql, on: connection)
    for _ in 0..<2 {
      #expect(try statement.step())
      #expect(sqlite3_column_int64(statement.handle, 0) == 2)
      statement.reset()
    }
  }

  @Test("LIKE minds case") func like() throws {
    #expect(try value("'NIRCam' LIKE 'nir%'") == "0")
    #expect(try value("'NIRCam' LIKE 'NIR%'") == "1")
  }

  @Test(
    "Nothing but the archive's tables can be read or changed",
    arguments: [
      "SELECT * FROM observations", "SELECT * FROM sqlite_master", "SELECT * FROM sqlite_temp_master",
      "PRAGMA table_info(observations)", "ATTACH '/tmp/x' AS x", "CREATE TEMP TABLE x (a)", "DELETE FROM observations",
      "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')", "SELECT randomblob(10)", "VACUUM INTO '/tmp/x'",
      "SELECT * FROM pragma_database_list", "SELECT 1; SELECT 2", "WITH a AS (SELECT * FROM files) SELECT * FROM a",
      "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT * FROM a", "BEGIN", "SELECT \"nothing\"",
    ])
  func refused(_ sql: String) throws {
    #expect(throws: LocalArchiveError.self) {
      let statement = try QueryStatement(sql, on: connection)
      _ = try statement.step()
    }
  }
}
