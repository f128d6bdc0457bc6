import Testing

@testable import TableIO

@Suite struct JSONTableReaderTests {
  private func reader(_ text: String, pieceSize: Int = .max) -> JSONTableReader {
    JSONTableReader(source: MemoryByteSource(Array(text.utf8), pieceSize: pieceSize))
  }

  private static let esa = """
    {"metadata": [{"name": "id", "datatype": "char", "arraysize": "*", "description": "An identifier", "unit": null},
      {"name": "t", "datatype": "double", "arraysize": null, "unit": "s"},
      {"name": "n", "datatype": "int"}, {"name": "p", "datatype": "double", "arraysize": "2"}],
     "data": [["jw\\u00e9\\n", 10.5, 3, [1, null]], ["x", null, -1, [0.1, 2e3]],
     ["", "NaN", "7", null]]}
    """

  @Test(arguments: [1, 3, 1000]) func theESAShape(pieceSize: Int) throws {
    var reader = reader(Self.esa, pieceSize: pieceSize)
    let table = try #require(try TableText(&reader, rowLimit: 2))
    #expect(table.columns == ["id char[*]", "t double", "n int", "p double[2]"])
    #expect(table.rows == ["jwé\n|10.5|3|1.0 nan", "x|∅|-1|0.1 2000.0", "|nan|7|∅"])
    #expect(try reader.nextTable() == nil)
  }

  @Test func unitsAndDescriptionsAreKept() throws {
    var reader = reader(Self.esa)
    let table = try #require(try reader.nextTable())
    #expect(table.columns[0].description == "An identifier")
    #expect(table.columns.map(\.unit) == [nil, "s", nil, nil])
  }

  /// MAST describes the columns behind the rows, declares text and sends numbers.
  @Test(arguments: [1, 7, 1000]) func theMASTShape(pieceSize: Int) throws {
    let text = """
      {"status" : "COMPLETE","msg" : "","data":[{"obsid":378637132,"t_min":null,"mtFlag":false,"calib_level":3,"x":{"a":[1]}},
      {"calib_level":"2","obsid":"b","extra":1,"t_min":60000}],
      "fields":[{"name":"obsid","type":"string"},{"name":"t_min","type":"float"},{"name":"mtFlag","type":"boolean"},
      {"name":"calib_level","type":"int"},{"name":"x","type":"string"}],"paging":{"page":1,"rows":2}}
      """
    var reader = reader(text, pieceSize: pieceSize)
    let table = try #require(try TableText(&reader))
    #expect(
      table.columns == [
        "obsid unicodeChar[*]", "t_min double", "mtFlag boolean", "calib_level long", "x unicodeChar[*]",
      ])
    #expect(table.rows == ["378637132|∅|F|3|{\"a\":[1]}", "b|60000.0|∅|2|∅"])
    #expect(try reader.nextTable() == nil)
    #expect(reader.diagnostics.map(\.line) == [2])
  }

  @Test func severalTablesInOneDocument() throws {
    let text = """
      {"data": {"Tables": [
        {"name": "one", "Fields": [{"name": "a"}, {"name": "b"}], "Rows": [["x", 1], [2.50, null]]},
        {"Columns": [{"dataIndex": "c", "ExtendedProperties": {"vot.datatype": "double", "vot.unit": "deg"}}], "Rows": [[1.5]]}]}}
      """
    var reader = reader(text)
    #expect(try TableText(&reader)?.rows == ["x|1", "2.50|∅"])
    #expect(try TableText(&reader)?.rows == ["1.5"])
    #expect(try reader.nextTable() == nil)
  }

  @Test func rowsThatAreNotReadArePassedOver() throws {
    var reader = reader(
      "{\"Tables\": [{\"Fields\": [\"a\"], \"Rows\": [[1],[2]]}, {\"Fields\": [\"b\"], \"Rows\": [[3]]}]}")
    _ = try reader.nextTable()
    #expect(try reader.nextTable()?.columns.first?.name == "b")
  }

  @Test(arguments: [
    ("{\"status\":\"ERROR\",\"msg\":\"Incorrect syntax near '*'.\"}", "Incorrect syntax"),
    ("{\"status\":\"ERROR\",\"msg\":\"no\",\"data\":[],\"fields\":[]}", "no"),
    ("{\"status\":\"EXECUTING\"}", "again"),
  ])
  func errorsOfTheServiceAreTold(text: String, part: String) {
    let error = failure(of: reader(text))
    #expect(error?.kind == .serviceError)
    #expect(error?.message.contains(part) == true)
  }

  @Test(
    arguments: [
      ("", 1), ("[1]", 1), ("{}", nil), ("{\"data\": [[1]]}", 1), ("{\"metadata\": [{\"nom\": 1}]}", 1),
      ("{\"metadata\":[\"a\"],\n\"data\":[[1]\n[2]]}", 3), ("{\"metadata\":[\"a\"],\n\"data\":[\n[1,2]]}", 3),
      ("{\"metadata\":[\"a\"],\"data\":[\n[]]}", 2), ("{\"metadata\":[\"a\"],\"data\":[\n[1]", 2),
      ("{\"metadata\":[{\"name\":\"a\",\"datatype\":\"short\"}],\"data\":[[1],\n[70000]]}", 2),
      ("{\"metadata\":[{\"name\":\"a\",\"datatype\":\"short\"}],\"data\":[[1],\n[tru]]}", 2),
      ("{\"metadata\":[\"a\"],\"data\":[[1]]} x", 1), ("{\"metadata\":[\"a\"],\"data\":[\n\n7]}", 3),
      ("{\"data\":[\n{\"a\":1},\n{\"a\" 1}],\"fields\":[{\"name\":\"a\"}]}", 3),
    ] as [(String, Int?)])
  func malformedDocumentsAreErrorsWithALine(text: String, line: Int?) {
    let error = failure(of: reader(text))
    #expect(error?.kind == .malformed)
    #expect(error?.line == line)
  }

  @Test func deepNestingIsNoDanger() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(failure(of: reader("{\"metadata\":" + deep))?.kind == .malformed)
    #expect(failure(of: reader("{\"metadata\":[\"a\"],\"data\":[" + deep))?.kind == .malformed)
  }
}

@Suite struct JSONLinesTableReaderTests {
  private func reader(_ text: String, _ options: JSONLinesTableReader.Options = .init(), pieceSize: Int = .max)
    -> JSONLinesTableReader
  {
    JSONLinesTableReader(source: MemoryByteSource(Array(text.utf8), pieceSize: pieceSize), options: options)
  }

  private static let lines = """
    {"id": 9007199254740993, "x": 1, "s": "12", "b": true, "a": [1, 2]}
    {"id": -1, "x": 2.5, "s": null, "o": {"k": [1, "ü"]}, "a": [], "big": 12345678901234567890}

    {"s": "q\\"", "m": 1, "b": false, "a": null}
    {"m": "one"}

    """

  @Test(arguments: [1, 2, 50, 1000]) func namesAndTypesComeFromTheFirstRows(pieceSize: Int) throws {
    var reader = reader(Self.lines, pieceSize: pieceSize)
    let table = try #require(try TableText(&reader, rowLimit: 3))
    #expect(
      table.columns == [
        "id long", "x double", "s char[*]", "b boolean", "a long[*]", "o unicodeChar[*]", "big char[*]", "m char[*]",
      ])
    #expect(
      table.rows == [
        "9007199254740993|1.0|12|T|1 2|∅|∅|∅", "-1|2.5|∅|∅||{\"k\": [1, \"ü\"]}|12345678901234567890|∅",
        "∅|∅|q\"|F|∅|∅|∅|1", "∅|∅|∅|∅|∅|∅|∅|one",
      ])
  }

  @Test func anArrayOfObjectsIsReadTheSame() throws {
    var array = reader("[{\"a\": 1},\n {\"a\": 2, \"b\": \"x\"}]\n")
    #expect(try TableText(&array)?.rows == ["1|∅", "2|x"])
    var empty = reader("[]")
    #expect(try TableText(&empty)?.columns == [])
  }

  @Test func moreRowsThanTheSample() throws {
    let text = (0..<5000).map { "{\"n\": \($0)}\n" }.joined()
    var reader = reader(text, .init(sampleRowCount: 10))
    #expect(try TableText(&reader)?.rows == (0..<5000).map(String.init))
  }

  @Test(arguments: [
    ("{\"a\": 1}\n{\"a\": \"x\"}\n", 2), ("{\"a\": 1}\n{\"b\": 1}\n", 2), ("{\"a\": 1}\n[1]\n", 2),
    ("{\"a\": 1}\n\n{\"a\" 1}", 3),
    ("{\"a\": 1}\n{\"a\": ", 2), ("[{\"a\": 1}\n{\"a\": 2}]", 2), ("[{\"a\": 1}", 1), ("[{\"a\": 1}]]", 1),
  ])
  func malformedLinesAreErrorsWithTheirLine(text: String, line: Int) {
    let error = failure(of: reader(text, .init(sampleRowCount: 1)))
    #expect(error?.kind == .malformed)
    #expect(error?.line == line)
  }
}
