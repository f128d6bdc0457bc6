import TableIO
import Testing

@testable import LocalArchive

/// What expressions give that databases have in different ways: PostgreSQL's meaning, or an error that says so.
@Suite struct ExpressionTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore
  private let upload: UploadedTable

  init() throws {
    store = try ArchiveStore.create(at: folder.path)
    var table = Table(
      columns: [
        Column("n", .int), Column("name", .char, shape: .variable), Column("flag", .boolean),
        Column("place", .double, shape: ArrayShape(dimensions: [2]), xtype: "point"),
        Column("region", .char, shape: .variable, xtype: "adql:REGION"),
      ])
    try table.append(row: [1, "abc", true, [10.0, 20.0], "CIRCLE ICRS 10 20 1"])
    try table.append(row: [2, "x", false, [11.0, 20.0], "CIRCLE ICRS 30 20 1"])
    try table.append(row: [3, nil, nil, nil, nil])
    upload = UploadedTable(name: "u", table: table)
  }

  private func ask(_ adql: String) throws -> (columns: [Column], rows: [TableCell?]) {
    let cursor = try store.open(ArchiveQuery(adql: adql, uploads: [upload]))
    var rows: [TableCell?] = []
    while let batch = try cursor.next() {
      rows += (0..<batch.rowCount).map { batch.columns[0].cell(at: $0, of: cursor.metadata.columns[0]) }
    }
    return (cursor.metadata.columns, rows)
  }

  private func failure(_ adql: String) -> LocalArchiveError? {
    #expect(throws: LocalArchiveError.self) { try ask(adql) }
  }

  @Test(
    "A place or an area that is none is told",
    arguments: [
      "1 = CONTAINS(place, REGION('garbage'))", "1 = CONTAINS(place, 'garbage')",
      "1 = INTERSECTS(\"region\", REGION('NOT (CIRCLE 1 1 1)'))", "1 = CONTAINS(place, CIRCLE(160, -59, 200))",
      "1 = CONTAINS(place, CIRCLE(10, 95, 1))", "1 = CONTAINS(POINT(10, 95), \"region\")",
      "DISTANCE(place, POINT(10, 95)) < 1", "DISTANCE(1, 2, 10, 95) < 1", "1 = CONTAINS(place, BOX(10, 20, 180, 1))",
      "1 = CONTAINS(place, CAST('10 20 0.5' AS POLYGON))", "CAST('10 20 0.5' AS POINT) IS NULL",
      "1 = CONTAINS(place, CAST('1 1 2 1 2 2' AS CIRCLE))",
    ]) func noRegion(_ condition: String)
  {
    let error = failure("SELECT n FROM TAP_UPLOAD.u WHERE \(condition)")
    #expect(error?.kind == .badQuery)
    #expect(error?.message.contains("of the sky") == true || error?.message.contains("' is no ") == true)
  }

  @Test("A place or an area that is one is found") func regions() throws {
    for condition in [
      "1 = CONTAINS(place, REGION('CIRCLE 10 20 0.5'))", "1 = CONTAINS(place, CAST('10 20 0.5' AS CIRCLE))",
      "1 = CONTAINS(place, CAST('CIRCLE ICRS 10 20 0.5' AS CIRCLE))", "DISTANCE(place, CAST('10 20' AS POINT)) < 0.1",
      "1 = CONTAINS(place, CAST('9 19 10.5 19 10.5 21 9 21' AS POLYGON))", "1 = CONTAINS(place, BOX(10, 20, 1, 1))",
    ] {
      #expect(try ask("SELECT n FROM TAP_UPLOAD.u WHERE \(condition)").rows == [.integer(1)], "\(condition)")
    }
  }

  @Test("A text that tells another geometry is no value of the type") func geometryTypes() throws {
    let texts = "CASE n WHEN 1 THEN '10 20 0.5' WHEN 2 THEN '1 1 2 1 2 2' ELSE '10 20' END"
    for (type, number) in [("CIRCLE", 1), ("POLYGON", 2), ("POINT", 3)] {
      let rows = try ask("SELECT n FROM TAP_UPLOAD.u WHERE CAST(\(texts) AS \(type)) IS NOT NULL").rows
      #expect(rows == [.integer(Int64(number))], "\(type)")
    }
  }

  @Test("A point among regions is text as they are") func joinedGeometry() throws {
    let whole = "CASE WHEN n = 1 THEN place ELSE \"region\" END"
    let expected: [TableCell?] = [.text("POSITION ICRS 10 20q"), .text("CIRCLE ICRS 30 20 1q"), nil]
    #expect(try ask("SELECT \(whole) || 'q' AS t FROM TAP_UPLOAD.u ORDER BY n").rows == expected)
    #expect(
      try ask("SELECT COALESCE(place, \"region\") || 'q' AS t FROM TAP_UPLOAD.u WHERE n = 1").rows
        == [.text("POSITION ICRS 10 20q")])
    #expect(
      try ask(
        """
        SELECT x.r || 'q' AS t FROM (SELECT place AS r FROM TAP_UPLOAD.u WHERE n = 1 UNION
          SELECT \"region\" FROM TAP_UPLOAD.u WHERE n = 2) AS x ORDER BY t
        """
      ).rows == [.text("CIRCLE ICRS 30 20 1q"), .text("POSITION ICRS 10 20q")])
    #expect(try ask("SELECT n FROM TAP_UPLOAD.u WHERE 1 = CONTAINS(POINT(10, 20), \(whole))").rows == [.integer(1)])
  }

  @Test("CHAR is as long as its column says") func characters() throws {
    let one = try ask("SELECT CAST(name AS CHAR) AS c FROM TAP_UPLOAD.u ORDER BY n")
    #expect(one.columns[0].shape == ArrayShape("1"))
    #expect(one.rows == [.text("a"), .text("x"), nil])
    #expect(try ask("SELECT CAST(name AS CHAR(2)) AS c FROM TAP_UPLOAD.u WHERE n = 1").rows == [.text("ab")])
    #expect(try ask("SELECT CAST(name AS VARCHAR) AS c FROM TAP_UPLOAD.u WHERE n = 1").rows == [.text("abc")])
    #expect(failure("SELECT CAST(name AS CHAR(1000000)) AS c FROM TAP_UPLOAD.u")?.kind == .badQuery)
  }

  @Test("A flag as text is true or false") func flags() throws {
    #expect(
      try ask("SELECT CAST(flag AS VARCHAR) AS c FROM TAP_UPLOAD.u ORDER BY n").rows
        == [.text("true"), .text("false"), nil])
    #expect(try ask("SELECT CAST(flag AS CHAR(1)) AS c FROM TAP_UPLOAD.u WHERE n = 2").rows == [.text("f")])
  }

  @Test("A subquery that stands for a value gives one row") func scalarSubqueries() throws {
    for adql in [
      "SELECT (SELECT n FROM TAP_UPLOAD.u) AS c FROM TAP_UPLOAD.u",
      "SELECT n FROM TAP_UPLOAD.u WHERE n = (SELECT n FROM TAP_UPLOAD.u WHERE n > 1)",
      "SELECT n FROM TAP_UPLOAD.u AS a WHERE n = (SELECT b.n FROM TAP_UPLOAD.u AS b WHERE b.n >= a.n)",
      "SELECT (SELECT COUNT(*) FROM TAP_UPLOAD.u GROUP BY n) AS c FROM TAP_UPLOAD.u",
    ] {
      let error = failure(adql)
      #expect(error?.kind == .badQuery, "\(adql)")
      #expect(error?.message.contains("more than one row") == true)
    }
    for (adql, expected) in [
      ("SELECT n FROM TAP_UPLOAD.u WHERE n = (SELECT MAX(n) FROM TAP_UPLOAD.u)", [3]),
      ("SELECT n FROM TAP_UPLOAD.u WHERE n = (SELECT TOP 1 n FROM TAP_UPLOAD.u ORDER BY n)", [1]),
      ("SELECT n FROM TAP_UPLOAD.u WHERE n = (SELECT n FROM TAP_UPLOAD.u WHERE name = 'x')", [2]),
      ("SELECT n FROM TAP_UPLOAD.u WHERE n = (SELECT n FROM TAP_UPLOAD.u WHERE name = 'none')", []),
      (
        "SELECT a.n FROM TAP_UPLOAD.u AS a WHERE 'abc' = (SELECT b.name FROM TAP_UPLOAD.u AS b WHERE b.n = a.n) ORDER BY n",
        [1]
      ),
    ] as [(String, [Int64])] {
      #expect(try ask(adql).rows == expected.map { .integer($0) }, "\(adql)")
    }
  }
}
