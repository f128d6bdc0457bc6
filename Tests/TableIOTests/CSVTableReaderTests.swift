import Testing

@testable import TableIO

@Suite struct CSVTableReaderTests {
  private func read(
    _ text: String, _ options: CSVTableReader.Options = .init(), pieceSize: Int = .max, rowLimit: Int = 4096
  ) throws -> TableText {
    var reader = CSVTableReader(source: MemoryByteSource(Array(text.utf8), pieceSize: pieceSize), options: options)
    let table = try #require(try TableText(&reader, rowLimit: rowLimit))
    #expect(try reader.nextTable() == nil)
    return table
  }

  @Test(arguments: [
    (["1", "-5", "0"], "long"), (["9223372036854775807", "-9223372036854775808"], "long"),
    (["9223372036854775808"], "char[*]"), (["01410", "1"], "char[*]"), (["-07"], "char[*]"), (["00.5"], "char[*]"),
    (["1.5", "2", "-3e-7"], "double"), (["1", "nan", "-inf"], "double"), (["9007199254740993", "0.5"], "char[*]"),
    (["true", "False", "TRUE"], "boolean"), (["true", "1"], "char[*]"), (["", ""], "char[*]"), (["", "7"], "long"),
    ([" 7"], "char[*]"), (["0x10"], "char[*]"), (["ünï"], "unicodeChar[*]"), (["+5"], "char[*]"), (["1e"], "char[*]"),
  ])
  func typesAreInferredAsDocumented(values: [String], type: String) throws {
    let text = "n,x\n" + values.map { "a,\($0)\n" }.joined()
    #expect(try read(text).columns[1] == "x \(type)")
  }

  @Test func valuesAndWhatIsMissing() throws {
    let table = try read("id,x,s,b\r\n9007199254740993,0.1,\"\",true\r\n,,,\n-1,1e300,\"a, \"\"b\"\"\",\"\"\n")
    #expect(table.columns == ["id long", "x double", "s char[*]", "b boolean"])
    #expect(table.rows == ["9007199254740993|0.1||T", "∅|∅|∅|∅", "-1|1e+300|a, \"b\"|∅"])
  }

  @Test func doublesAreTheNearestOnes() throws {
    let numbers = [
      "0.1", "123456789012345678", "1.7976931348623157e308", "5e-324", "9007199254740993.5", "3.14e22", "1e23",
    ]
    let table = try read("x\n0.5\n" + numbers.joined(separator: "\n") + "\n", .init(types: ["x": .double]))
    #expect(table.rows.dropFirst() == numbers.map { "\(Double($0)!)" }[...])
  }

  @Test func withoutInferenceAllIsText() throws {
    let table = try read("a,b\n1,true\n,\"\"\n", .init(infersTypes: false))
    #expect(table.columns == ["a unicodeChar[*]", "b unicodeChar[*]"])
    #expect(table.rows == ["1|true", "∅|"])
  }

  @Test func tabsSeparateToo() throws {
    #expect(try read("a\tb\n1\tx,y\n", .tabSeparated).rows == ["1|x,y"])
  }

  @Test func emptyLinesAreRowsOnlyInTablesOfOneColumn() throws {
    #expect(try read("a,b\n\n1,2\n\n").rows == ["1|2"])
    #expect(try read("a\n1\n\n2\n").rows == ["1", "∅", "2"])
  }

  @Test func aLaterValueThatDoesNotFitIsAnErrorWithItsPlace() throws {
    let text = "a,b\n" + (0..<50).map { "\($0),1\n" }.joined() + "x,1\n"
    let reader = CSVTableReader(source: MemoryByteSource(Array(text.utf8)), options: .init(sampleRowCount: 50))
    let error = failure(of: reader)
    #expect(error?.kind == .malformed)
    #expect(error?.line == 52)
    #expect(error?.row == 51)
    #expect(error?.message.contains("\"a\"") == true)
    #expect(error?.message.contains("inference") == true)
    #expect(try read(text, .init(sampleRowCount: 51)).columns[0] == "a char[*]")
    #expect(try read(text, .init(sampleRowCount: 2, types: ["a": .char])).rows.last == "x|1")
  }

  @Test(arguments: [
    ("", 1), ("a,b\n1\n", 2), ("a,b\n1,2\n1,2,3\n", 3), ("a,b\n1,\"x\n\n", 2),
  ])
  func malformedTextIsAnErrorWithItsLine(text: String, line: Int) {
    let error = failure(of: CSVTableReader(source: MemoryByteSource(Array(text.utf8))))
    #expect(error?.kind == .malformed)
    #expect(error?.line == line)
  }

  @Test func raggedRowsCanBeSkipped() throws {
    var reader = CSVTableReader(
      source: MemoryByteSource(Array("a,b\n1,2\n3\n4,5,6\n7,8\n".utf8)), options: .init(skipsRaggedRows: true))
    #expect(try TableText(&reader)?.rows == ["1|2", "7|8"])
    #expect(reader.diagnostics.map(\.line) == [3, 4])
  }

  @Test func aRecordBeyondTheBoundIsAnError() {
    let text = "a\n\"" + String(repeating: "x", count: 1 << 20)
    let reader = CSVTableReader(source: MemoryByteSource(Array(text.utf8)), options: .init(maximumRecordSize: 1 << 18))
    #expect(failure(of: reader)?.kind == .limit)
  }

  /// Long fields of many sizes, so that every kind of byte meets the end of a piece and of the buffer.
  @Test(arguments: [1, 2, 3, 61, 4096])
  func piecesAndBatchesChangeNothing(pieceSize: Int) throws {
    var text = "\u{FEFF}n,s,x\r\n"
    for number in 0..<600 {
      let words = String(repeating: "é,\"\"\n ", count: number * 7 % 211)
      text += "\(number),\"\(words)\",\(Double(number) / 7)\r\n"
    }
    let whole = try read(text)
    #expect(whole.columns == ["n long", "s unicodeChar[*]", "x double"])
    #expect(whole.rows.count == 600)
    #expect(try read(text, pieceSize: pieceSize, rowLimit: pieceSize % 7 + 1) == whole)
  }

  @Test func columnsWithoutNamesGetOne() throws {
    let table = try read("a,,a\n1,2,3\n")
    #expect(table.columns == ["a long", "column_2 long", "a long"])
  }
}
