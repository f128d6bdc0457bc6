import Testing

@testable import TableIO

@Suite struct TableTests {
  /// A document with one table of these rows and what stands around them.
  private func document(_ rows: String, before: String = "", after: String = "") -> String {
    """
    <VOTABLE version="1.4"><RESOURCE type="results">\(before)<TABLE>
    <FIELD name="obs_id" datatype="char" arraysize="*"/><FIELD name="S_RA" datatype="double" unit="deg"/>
    <FIELD name="level" datatype="short"/><FIELD name="flux" datatype="float" arraysize="2"/>
    <FIELD name="isPublic" datatype="boolean"/>
    <DATA><TABLEDATA>\(rows)</TABLEDATA></DATA></TABLE>\(after)</RESOURCE></VOTABLE>
    """
  }

  private let rows = """
    <TR><TD>jw01</TD><TD>10.5</TD><TD>3</TD><TD>0.1 2</TD><TD>T</TD></TR>
    <TR><TD>jw02</TD><TD/><TD/><TD/><TD/></TR>
    """

  private func reader(_ text: String) throws -> any TableReader {
    try TableFormat.votable.reader(source: MemoryByteSource(Array(text.utf8)))
  }

  private func table(_ text: String, rowLimit: Int = .max) throws -> Table {
    var reader = try reader(text)
    return try Table(reading: &reader, rowLimit: rowLimit)
  }

  @Test func valuesComeByNameAndType() throws {
    let table = try table(document(rows))
    #expect(table.rowCount == 2)
    #expect(table.metadata.rowCount == 2)
    #expect(try table.column("obs_id", as: String.self) == ["jw01", "jw02"])
    #expect(try table.column("s_ra", as: Double.self) == [10.5, nil])
    #expect(try table.column("level", as: Int.self) == [3, nil])
    #expect(try table.column("level", as: Int64.self) == [3, nil])
    #expect(try table.column("level", as: Double.self) == [3, nil])
    #expect(try table.column("flux", as: [Float].self) == [[0.1, 2], nil])
    #expect(try table.column("flux", as: String.self) == ["0.1 2.0", nil])
    #expect(try table.column("isPublic", as: Bool.self) == [true, nil])
    #expect(table.map { $0["obs_id"] as String? } == ["jw01", "jw02"])
    #expect(table[0]["S_RA"] == 10.5)
    #expect(table[1][0] == .text("jw02"))
    #expect(table[1][1] == nil)
  }

  @Test func wrongNamesAndTypesSaySo() throws {
    let table = try table(document(rows))
    let noColumn = #expect(throws: TableIOError.self) { try table.column("dec", as: Double.self) }
    #expect(noColumn?.kind == .noSuchColumn)
    #expect(noColumn?.message.contains("obs_id, S_RA, level") == true)
    let wrong = #expect(throws: TableIOError.self) { try table.column("obs_id", as: Int.self) }
    #expect(wrong?.kind == .wrongType)
    #expect(wrong?.row == 1)
    #expect(throws: TableIOError.self) { try table[0].value("S_RA", as: Float.self) }
    #expect(throws: TableIOError.self) { try table[0].value("dec", as: Float.self) }
    #expect(try table[1].value("S_RA", as: Double.self) == nil)
    #expect(table[0]["dec"] as Double? == nil)
    #expect(table[0]["obs_id"] as Int? == nil)
  }

  @Test func manyBatchesBecomeOneTable() throws {
    let count = 3 * TableBatch.defaultRowCount + 5
    let rows = (0..<count).map {
      "<TR><TD>jw\($0)</TD><TD>\($0)</TD><TD>\($0 % 7 == 0 ? "" : "\($0 % 100)")</TD><TD>1 \($0)</TD><TD>T</TD></TR>"
    }
    let table = try table(document(rows.joined()))
    #expect(table.rowCount == count)
    #expect(try table.column("obs_id") == (0..<count).map { "jw\($0)" })
    #expect(try table.column("level", as: Int.self) == (0..<count).map { $0 % 7 == 0 ? nil : $0 % 100 })
    #expect(try table.column("flux", as: [Float].self).last == [1, Float(count - 1)])
    let text = document(rows.joined())
    #expect(try self.table(text, rowLimit: 4098).column("S_RA") == (0..<4098).map(Double.init))
  }

  @Test func batchesWithMissingElementsAndOpenArraysJoin() throws {
    let sample = SampleTable.everything
    var rows = sample.batch
    rows.append(sample.batch)
    for (index, column) in sample.metadata.columns.enumerated() {
      let once = (0..<3).map { sample.batch.columns[index].cell(at: $0, of: column) }
      let twice = (0..<6).map { rows.columns[index].cell(at: $0, of: column) }
      #expect("\(once + once)" == "\(twice)", "\(column.name)")
    }
  }

  @Test func overflowIsSeenBeforeAndAfterTheRows() throws {
    let note = "<INFO name='query_status' value='OVERFLOW'/>"
    #expect(try table(document(rows, after: note)).isOverflow)
    #expect(try table(document(rows, before: note)).isOverflow)
    #expect(try !table(document(rows, before: "<INFO name='QUERY_STATUS' value='OK'/>")).isOverflow)
  }

  @Test func errorDocumentsAreErrors() throws {
    let note = "<INFO name='QUERY_STATUS' value='ERROR'>No such table</INFO>"
    let texts = [
      document(rows, before: note), document(rows, after: note),
      "<VOTABLE><RESOURCE type='results'>\(note)</RESOURCE></VOTABLE>",
    ]
    for text in texts {
      let error = #expect(throws: TableIOError.self) { try table(text) }
      #expect(error?.kind == .serviceError)
      #expect(error?.message == "No such table")
    }
    let nothing = #expect(throws: TableIOError.self) { try table("<VOTABLE><RESOURCE/></VOTABLE>") }
    #expect(nothing?.kind == .malformed)
  }

  @Test func tablesAreBuiltRowByRow() throws {
    var table = Table(
      columns: [
        Column("name", .unicodeChar, shape: .variable), Column("ra", .double), Column("n", .short),
        Column("f", .float), Column("list", .int, shape: .variable), Column("yes", .boolean),
      ], name: "targets")
    try table.append(row: ["M 31", 10.684708, 3, 0.5, [1, 2, 3], true])
    try table.append(row: ["Größe", 4, nil, Float(0.1), [Int](), false])
    try table.append(row: ["", .nan as Double, -7, 2, TableCell.array([1.tableCell, nil]), nil])
    #expect(table.rowCount == 3)
    #expect(try table.column("f") == [0.5, 0.1, 2] as [Float])
    #expect(try table.column("n") == [3, nil, -7])
    let sink = MemoryByteSink()
    var writer = try TableFormat.votableBinary2.writer(sink: sink)
    try table.write(to: &writer)
    var reader = try TableFormat.votable.reader(source: MemoryByteSource(sink.bytes))
    let again = try Table(reading: &reader)
    #expect(again.metadata.name == "targets")
    #expect(try again.column("name") == ["M 31", "Größe", ""])
    #expect(try again.column("ra", as: Double.self)[1] == 4)
    #expect(again[2][4] == .array([.integer(1), nil]))
  }

  @Test(
    arguments: [
      [70_000, 1, 1, "a", "b", [1, 2]], [1, 0.1, 1, "a", "b", [1, 2]],
      [1, 1, 2, "a", "b", [1, 2]], [1, 1, 1, "é", "b", [1, 2]], [1, 1, 1, "a", "long", [1, 2]],
      [1, 1, 1, "a", "b", [1]], [1, 1, 1, "a", "b", 1], [1, 1, 1, "a", 3, [1, 2]], [1, 1, 1, "a", "b"],
      [1, 1, 1, "a", "b", ["x", "y"]],
    ] as [[any TableValue]])
  func whatDoesNotFitIsRefused(row: [any TableValue]) throws {
    var table = Table(
      columns: [
        Column("short", .short), Column("float", .float), Column("bit", .bit),
        Column("char", .char, shape: .variable), Column("two", .char, shape: ArrayShape(dimensions: [2])),
        Column("pair", .int, shape: ArrayShape(dimensions: [2])),
      ])
    let error = #expect(throws: TableIOError.self) { try table.append(row: row) }
    #expect(error?.kind == .wrongType)
    #expect(table.rowCount == 0)
    #expect(table.rows.columns.allSatisfy { $0.count == 0 })
  }
}
