import TableIO
import Testing

@testable import LocalArchive

/// Uploaded tables come back as they went in, and join with the archive's.
@Suite struct UploadTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore

  init() throws { store = try ArchiveStore.create(at: folder.path) }

  /// A column of every type, a row of values and one of nothing.
  private func everything() throws -> Table {
    let columns = [
      Column("flag", .boolean, ucd: "meta.code"), Column("bit", .bit), Column("byte", .unsignedByte),
      Column("short", .short), Column("int", .int, unit: "s", description: "A number"), Column("long", .long),
      Column("float", .float), Column("double", .double, unit: "deg", utype: "a.b"),
      Column("fc", .floatComplex), Column("dc", .doubleComplex), Column("text", .char, shape: .variable),
      Column("unicode", .unicodeChar, shape: .variable), Column("letter", .char),
      Column("fixed", .char, shape: ArrayShape(dimensions: [8])),
      Column("time", .char, shape: .variable, xtype: "timestamp"),
      Column("place", .double, shape: ArrayShape(dimensions: [2]), xtype: "point"),
      Column("disk", .float, shape: ArrayShape(dimensions: [3]), xtype: "circle"),
      Column("outline", .double, shape: .variable, xtype: "polygon"),
      Column("region", .char, shape: .variable, xtype: "adql:REGION"),
      Column("ints", .int, shape: .variable), Column("pair", .double, shape: ArrayShape(dimensions: [2])),
      Column("flags", .boolean, shape: ArrayShape(dimensions: [3])),
      Column("words", .char, shape: ArrayShape(dimensions: [4], isVariable: true)), Column("odd \"name\"", .int),
      Column("order", .int),
    ]
    var table = Table(columns: columns)
    try table.append(row: [
      true, 1, 200, Int64(-32768), 2_147_483_647, Int64.min + 1, Float(0.1), 0.1, TableCell.floatComplex(1, -2),
      TableCell.doubleComplex(0.1, 3), "text 'quoted'", "Größe ☉", "x", "fixed", "2022-07-12T14:30:00.123456",
      [350.5, -20.25], [10, 20, 0.5] as [Float], [1, 1, 2, 1, 2, 2.5], "CIRCLE ICRS 10 20 1", [1, 2, 3], [1.5, -2.5],
      [true, false, true], ["ab", "cdef"], 7, 8,
    ])
    try table.append(row: [(any TableValue)?](repeating: nil, count: columns.count))
    try table.append(row: [
      false, 0, 0, 0, 0, 0, Float.infinity, -Double.infinity, nil, nil, "", "", nil, nil, "2022-07-12", [0, 90],
      [0, 0, 0] as [Float], nil, nil, TableCell.array([.integer(4), nil, .integer(6)]), nil,
      TableCell.array([.boolean(true), nil, .boolean(false)]), [String](), nil, nil,
    ])
    return table
  }

  private func ask(_ adql: String, _ uploads: [UploadedTable]) throws -> Table {
    let cursor = try store.open(ArchiveQuery(adql: adql, uploads: uploads))
    let batch = try cursor.next(maxRows: 1000) ?? TableBatch(columns: cursor.metadata.columns)
    #expect(try cursor.next() == nil)
    return Table(metadata: cursor.metadata, rows: batch)
  }

  @Test("SELECT * gives back names, types and values") func roundTrip() throws {
    let table = try everything()
    let answer = try ask("SELECT * FROM TAP_UPLOAD.mine", [UploadedTable(name: "mine", table: table)])
    #expect(answer.metadata.columns == table.metadata.columns)
    #expect(answer.rowCount == 3)
    for row in 0..<3 {
      for (index, column) in table.metadata.columns.enumerated() {
        // Times take the form that queries compare.
        let isDate = column.xtype == "timestamp" && table[row][index] == .text("2022-07-12")
        #expect(
          answer[row][index] == (isDate ? .text("2022-07-12T00:00:00.000") : table[row][index]),
          "\(column.name) in row \(row)")
      }
    }
  }

  @Test("A table without rows, and one without columns that are asked for") func empty() throws {
    let table = Table(columns: [Column("a", .int), Column("b", .double, shape: .variable)])
    let answer = try ask("SELECT * FROM TAP_UPLOAD.e", [UploadedTable(name: "e", table: table)])
    #expect(answer.rowCount == 0)
    #expect(answer.metadata.columns.map(\.name) == ["a", "b"])
    #expect(
      try ask("SELECT COUNT(*) AS n FROM TAP_UPLOAD.e", [UploadedTable(name: "e", table: table)])[0][0] == .integer(0))
  }

  @Test("Flags, times and places of uploads are worked with") func expressions() throws {
    let uploads = [UploadedTable(name: "mine", table: try everything())]
    func count(_ condition: String) throws -> TableCell? {
      try ask("SELECT COUNT(*) AS n FROM tap_upload.MINE WHERE \(condition)", uploads)[0][0]
    }
    #expect(try count("flag = 1") == .integer(1))
    #expect(try count("time = '2022-07-12T00:00:00'") == .integer(1))
    #expect(try count("time > '2022-07-12T14:30:00.1'") == .integer(1))
    #expect(try count("DISTANCE(place, POINT(350.5, -20.25)) < 1e-9") == .integer(1))
    #expect(try count("1=CONTAINS(POINT(10.2, 20), disk)") == .integer(1))
    #expect(try count("1=CONTAINS(POINT(1.8, 1.1), outline)") == .integer(1))
    #expect(try count("1=CONTAINS(POINT(10.5, 20.5), \"region\")") == .integer(1))
    #expect(try count("ints IS NOT NULL") == .integer(2))
    #expect(try count("\"odd \"\"name\"\"\" = 7") == .integer(1))
    #expect(try ask("SELECT AREA(disk) AS a FROM TAP_UPLOAD.mine WHERE flag = 1", uploads)[0][0] != nil)
  }

  @Test("A text that is too long is told, not lost") func longText() throws {
    var table = Table(columns: [Column("id", .int), Column("t", .char, shape: .variable)])
    try table.append(row: [1, "short"])
    try table.append(row: [2, String(repeating: "a", count: 33 << 20)])
    let error = #expect(throws: LocalArchiveError.self) {
      try ask("SELECT t FROM TAP_UPLOAD.l", [UploadedTable(name: "l", table: table)])
    }
    #expect(error?.kind == .tooLarge)
    #expect(error?.message.contains("Row 2 of the column 't'") == true)
  }

  @Test("A table without columns is refused in words") func noColumns() {
    let error = #expect(throws: LocalArchiveError.self) {
      try ask("SELECT COUNT(*) AS n FROM TAP_UPLOAD.none", [UploadedTable(name: "none", table: Table(columns: []))])
    }
    #expect(error?.kind == .badQuery)
  }

  @Test("Uploads are gone with their query") func scope() throws {
    let upload = UploadedTable(name: "mine", table: try everything())
    for _ in 0..<3 {
      let first = try store.open(ArchiveQuery(adql: "SELECT \"int\" FROM TAP_UPLOAD.mine", uploads: [upload]))
      // The same name at the same time, in a query of its own.
      let second = try store.open(
        ArchiveQuery(
          adql: "SELECT a FROM TAP_UPLOAD.mine",
          uploads: [UploadedTable(name: "mine", table: Table(columns: [Column("a", .int)]))]))
      #expect(try first.next(maxRows: 1)?.rowCount == 1)
      #expect(try second.next() == nil)
    }
    let error = #expect(throws: LocalArchiveError.self) {
      try store.open(ArchiveQuery(adql: "SELECT * FROM TAP_UPLOAD.mine"))
    }
    #expect(error?.kind == .badQuery)
  }
}
