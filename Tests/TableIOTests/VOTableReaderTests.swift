import Foundation
import TestSupport
import Testing

@testable import TableIO

@Suite struct VOTableReaderTests {
  struct Content: Equatable {
    var tables: [TableMetadata] = []
    var batches: [TableBatch] = []
    var trailing: [[Info]] = []
    var diagnostics: [Diagnostic] = []
  }

  static func read(
    _ text: String, pieceSize: Int = .max, rowLimit: Int = 4096, options: VOTableReader.Options = .init()
  ) throws -> Content {
    try read(Array(text.utf8), pieceSize: pieceSize, rowLimit: rowLimit, options: options)
  }

  static func read(
    _ bytes: [UInt8], pieceSize: Int = .max, rowLimit: Int = 4096, options: VOTableReader.Options = .init()
  ) throws -> Content {
    var reader = try VOTableReader(source: MemoryByteSource(bytes, pieceSize: pieceSize), options: options)
    var content = Content()
    while let table = try reader.nextTable() {
      content.tables.append(table)
      var batch = TableBatch(columns: table.columns)
      while try reader.read(into: &batch, rowLimit: rowLimit) { content.batches.append(batch) }
      content.trailing.append(reader.trailingInfos)
    }
    content.diagnostics = reader.diagnostics
    return content
  }

  static func failure(_ text: String, options: VOTableReader.Options = .init()) -> TableIOError? {
    do {
      _ = try read(text, options: options)
      return nil
    } catch { return error as? TableIOError }
  }

  /// A cell as text: elements with blanks between them, `-` for what is missing.
  static func cell(_ buffer: ColumnBuffer, _ row: Int) -> String {
    if buffer.isNull(at: row) { return "-" }
    return buffer.elementRange(at: row).map { index in
      if buffer.isNullElement(index) { return "-" }
      switch buffer.elements {
      case .boolean(let values), .bit(let values), .unsignedByte(let values): return "\(values[index])"
      case .short(let values): return "\(values[index])"
      case .int(let values): return "\(values[index])"
      case .long(let values): return "\(values[index])"
      case .float(let values): return "\(values[index])"
      case .double(let values): return "\(values[index])"
      case .floatComplex(let values): return "\(values[2 * index])+\(values[2 * index + 1])i"
      case .doubleComplex(let values): return "\(values[2 * index])+\(values[2 * index + 1])i"
      case .text(let texts): return "'\(texts.string(at: index))'"
      }
    }.joined(separator: " ")
  }

  static func cells(_ content: Content) -> [[[String]]] {
    content.batches.map { batch in
      batch.columns.map { column in (0..<batch.rowCount).map { row in cell(column, row) } }
    }
  }

  static let full = [
    "1", "1 0 1 1 0 0 1 1 0 1", "7", "-5", "16", "9007199254740993", "1.1", "nan", "1.0+-2.0i", "1.0+2.0i 3.0+4.5i",
    "'ab'",
    "'x < y'", "'\u{E9}\u{1F600}'", "'abc' 'd' 'e'", "1 - 3", "0.5 -inf",
  ]

  @Test(arguments: [VOTableSamples.tableData, VOTableSamples.binary, VOTableSamples.binary2])
  func readsEveryType(document: String) throws {
    let content = try Self.read(document)
    let batch = try #require(content.batches.first)
    #expect(batch.rowCount == 2)
    #expect(batch.columns.map { Self.cell($0, 0) } == Self.full)
    #expect(content.diagnostics == [])
    let second = batch.columns.map { Self.cell($0, 1) }
    // Without flags, a missing float is NaN and a missing string is empty.
    for (cell, column) in zip(second, content.tables[0].columns) {
      switch (document, column.datatype) {
      case (VOTableSamples.binary2, _): #expect(cell == "-", "\(column.name)")
      case (_, .char) where column.name == "words": #expect(cell == (document == VOTableSamples.binary ? "" : "-"))
      case (_, .char), (_, .unicodeChar): #expect(cell == "''")
      case (VOTableSamples.tableData, _): #expect(cell == "-", "\(column.name)")
      case (_, .bit): #expect(cell == "0 0 0 0 0 0 0 0 0 0")
      case (_, .boolean), (_, .unsignedByte), (_, .short), (_, .long): #expect(cell == "-")
      case (_, .int): #expect(cell == (column.name == "ints" ? "" : "-"))
      default: #expect(cell.allSatisfy { "nan+i ".contains($0) }, "\(column.name): \(cell)")
      }
    }
  }

  @Test(arguments: [VOTableSamples.tableData, VOTableSamples.binary, VOTableSamples.binary2])
  func piecesChangeNothing(document: String) throws {
    let whole = try Self.read(document)
    for size in 1...64 {
      let content = try Self.read(document, pieceSize: size)
      #expect(content.tables == whole.tables)
      #expect(Self.cells(content) == Self.cells(whole))
    }
  }

  @Test func readsMetadata() throws {
    let table = try Self.read(VOTableSamples.tableData).tables[0]
    #expect(table.name == "things")
    #expect(table.description == "Some things")
    #expect(table.infos == [Info(name: "QUERY_STATUS", value: "OK")])
    #expect(table.params == [Param(Column("epoch", .double, unit: "yr"), value: "2015.5")])
    #expect(table.links == [Link(href: "http://localhost/doc", contentRole: "doc")])
    #expect(table.groups.map(\.name) == ["g"])
    #expect(table.groups[0].columnRefs == ["i"])
    #expect(table.groups[0].groups.map(\.id) == ["inner"])
    #expect(table.coordinateSystems == [CoordinateSystem(id: "sys", system: "ICRS", epoch: "J2000")])
    #expect(table.timeSystems == [TimeSystem(id: "t", timescale: "TDB", refposition: "BARYCENTER")])
    #expect(table.columns[4].domain?.maximum == ValueDomain.Bound(value: "9", isInclusive: false))
    #expect(table.columns[4].nullLiteral == -1)
    #expect(table.columns[5].description == "A <long> number")
    #expect(table.columns[7].ucd == "pos.eq.ra")
    #expect(table.columns[11].xtype == "timestamp")
  }

  static let one = "<FIELD name='a' datatype='int'/>"
  static let rows = "<TABLEDATA><TR><TD>1</TD></TR><TR><TD>2</TD></TR></TABLEDATA>"

  @Test func keepsNotesAfterTheRows() throws {
    let note = "<INFO name='QUERY_STATUS' value='OVERFLOW'>more</INFO>"
    let content = try Self.read(VOTableSamples.document(fields: Self.one, data: Self.rows, around: ("", note)))
    #expect(content.trailing == [[Info(name: "QUERY_STATUS", value: "OVERFLOW", content: "more")]])
    #expect(content.tables[0].infos.count == 1)
  }

  @Test(arguments: [("before", ""), ("", "after")]) func throwsServiceErrors(place: (String, String)) throws {
    let note = "<INFO name='QUERY_STATUS' value='ERROR'><![CDATA[No such table: <x>]]></INFO>"
    let document = VOTableSamples.document(
      fields: Self.one, data: Self.rows, around: (place.0.isEmpty ? "" : note, place.1.isEmpty ? "" : note))
    let error = try #require(Self.failure(document))
    #expect(error.kind == .serviceError)
    #expect(error.message == "No such table: <x>")
    var options = VOTableReader.Options()
    options.throwsServiceErrors = false
    #expect(try Self.read(document, options: options).batches[0].rowCount == 2)
  }

  @Test func readsSeveralTablesOneByReference() throws {
    let second =
      "<TABLE ref='first' nrows='5'><DATA>\(Self.rows)</DATA></TABLE><RESOURCE><TABLE name='third'/></RESOURCE>"
    let document = VOTableSamples.document(fields: Self.one, data: Self.rows, around: ("", second))
    let content = try Self.read(document)
    #expect(content.tables.map(\.columns.count) == [1, 1, 0])
    #expect(content.batches.map(\.rowCount) == [2, 2])
    #expect(content.diagnostics.contains { $0.message.contains("5 rows") })
    var reader = try VOTableReader(source: MemoryByteSource(Array(document.utf8)))
    var count = 0
    while try reader.nextTable() != nil { count += 1 }
    #expect(count == 3)
  }

  @Test func readsPrefixesAndOtherNameSpaces() throws {
    let plain = VOTableSamples.document(fields: Self.one, data: Self.rows)
    let pieces = plain.split(separator: "<", omittingEmptySubsequences: false).map { piece in
      piece.first.map { $0.isLetter } == true
        ? "v:\(piece)" : piece.first == "/" ? "/v:\(piece.dropFirst())" : String(piece)
    }
    let prefixed = pieces.joined(separator: "<").replacing("xmlns=", with: "xmlns:v=")
    #expect(try Self.cells(Self.read(prefixed)) == Self.cells(Self.read(plain)))
    let bare = plain.replacing(" xmlns=\"http://www.ivoa.net/xml/VOTable/v1.3\"", with: "")
    #expect(try Self.cells(Self.read(bare)) == Self.cells(Self.read(plain)))
  }

  @Test(arguments: [
    "<TR><TD>1</TD><TD>2</TD></TR>", "<TR/>", "<TR><TD>x</TD></TR>", "<TR><TD>99999999999</TD></TR>",
    "<TR>1<TD>1</TD></TR>",
    "<TR><TD><b>1</b></TD></TR>", "<TR><TD>1.5</TD></TR>", "<TH/><TR><TD>1</TD></TR>",
  ]) func acceptsOddRowsWithANote(row: String) throws {
    let document = VOTableSamples.document(fields: Self.one, data: "<TABLEDATA>\(row)</TABLEDATA>")
    let content = try Self.read(document)
    #expect(content.batches[0].rowCount == 1)
    #expect(!content.diagnostics.isEmpty)
    var options = VOTableReader.Options()
    options.isStrict = true
    #expect(Self.failure(document, options: options)?.kind == .malformed)
  }

  @Test(arguments: [
    "<TR><TD><!-- c -->1</TD></TR>", "<TR><TD><![CDATA[1]]></TD></TR>", "<TR ID='r'><TD>1</TD></TR>",
    "<TR><TD >1</TD ></TR>",
    "<TR><TD>&#49;</TD></TR>", "<TR><TD>\n 1 \n</TD>\n</TR>", "<TR><TD encoding='base64'>AAAAAQ==</TD></TR>",
    "<TR><?p?><TD>1</TD></TR>",
  ]) func readsRowsThatAreNotPlain(row: String) throws {
    let plain = "<TR><TD>7</TD></TR>"
    let content = try Self.read(
      VOTableSamples.document(fields: Self.one, data: "<TABLEDATA>\(plain)\(row)\(plain)</TABLEDATA>"))
    #expect((0..<3).map { Self.cell(content.batches[0].columns[0], $0) } == ["7", "1", "7"])
    #expect(content.diagnostics == [])
  }

  @Test(arguments: [
    ("<html><body>404</body></html>", "malformed"), ("<a/>", "malformed"), ("", "malformed"),
    ("a,b\n1,2\n", "malformed"),
    (VOTableSamples.document(fields: one, data: "<TABLEDATA><TR><TD>]]></TD></TR></TABLEDATA>"), "malformed"),
    (VOTableSamples.document(fields: one, data: "<TABLEDATA><TR><TD>&e;</TD></TR></TABLEDATA>"), "malformed"),
    (VOTableSamples.document(fields: one, data: "<TABLEDATA><TR><TD>1</TR></TABLEDATA>"), "malformed"),
    (
      VOTableSamples.document(fields: one, data: "<BINARY><STREAM encoding='base64'>AAA=</STREAM></BINARY>"),
      "malformed"
    ),
    (
      VOTableSamples.document(fields: one, data: "<BINARY><STREAM encoding='base64'>A!AA</STREAM></BINARY>"),
      "malformed"
    ),
    (
      VOTableSamples.document(fields: one, data: "<BINARY><STREAM encoding='base64'>AAAAA</STREAM></BINARY>"),
      "malformed"
    ),
    (VOTableSamples.document(fields: one, data: "<BINARY><STREAM href='http://localhost/x'/></BINARY>"), "unsupported"),
    (VOTableSamples.document(fields: one, data: "<FITS><STREAM encoding='base64'>AAAA</STREAM></FITS>"), "unsupported"),
    (
      VOTableSamples.document(
        fields: "<FIELD name='a' datatype='char' arraysize='*'/>",
        data: "<BINARY><STREAM encoding='base64'>/////w==</STREAM></BINARY>"), "limit"
    ),
    (
      VOTableSamples.document(fields: "<FIELD name='a' datatype='int' arraysize='99999x99999x99999'/>", data: rows),
      "limit"
    ),
    (
      VOTableSamples.document(
        fields: "<FIELD name='a' datatype='odd'/>", data: "<BINARY><STREAM encoding='base64'>AAAA</STREAM></BINARY>"),
      "unsupported"
    ),
  ]) func refuses(document: String, kind: String) throws {
    let error = try #require(Self.failure(document))
    #expect(error.kind.rawValue == kind)
  }

  @Test func handsFITSToItsReader() throws {
    struct Stub: TableReader {
      let source: any ByteSource
      var isAtEnd = false
      mutating func nextTable() throws(TableIOError) -> TableMetadata? { TableMetadata(columns: [Column("n", .int)]) }
      mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
        batch.removeAll()
        if isAtEnd { return false }
        isAtEnd = true
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
        defer { bytes.deallocate() }
        batch.columns[0].elements = .int([Int32(try source.read(into: bytes))])
        batch.columns[0].endCell()
        batch.rowCount = 1
        return true
      }
      var trailingInfos: [Info] { [] }
      var diagnostics: [Diagnostic] { [] }
    }
    var options = VOTableReader.Options()
    options.fitsReader = { source in Stub(source: source) }
    let document = VOTableSamples.document(
      fields: Self.one, data: "<FITS><STREAM encoding='base64'>AAAAAAAA</STREAM></FITS>",
      around: ("", "<TABLE name='next'/>"))
    let content = try Self.read(document, options: options)
    #expect(content.batches.map { Self.cell($0.columns[0], 0) } == ["6"])
    #expect(content.tables.count == 2)
  }

  @Test func smallBatchesHoldTheSameRows() throws {
    for document in [VOTableSamples.tableData, VOTableSamples.binary2] {
      let content = try Self.read(document, rowLimit: 1)
      #expect(content.batches.map(\.rowCount) == [1, 1])
      #expect(content.batches[0].columns.map { Self.cell($0, 0) } == Self.full)
    }
  }

  @Test(arguments: [VOTableSamples.tableData, VOTableSamples.binary, VOTableSamples.binary2])
  func mutationsNeverCrash(document: String) {
    var random = SeededRandom(state: 42)
    let original = Array(document.utf8)
    for _ in 0..<1500 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...30, using: &random)))
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes[place] = Array("0123456789xX*AB/<>&;\"=".utf8).randomElement(using: &random)!
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      // Either rows or an error; a batch that is given holds as many cells as it says.
      guard let content = try? Self.read(bytes, pieceSize: Int.random(in: 1...5000, using: &random)) else { continue }
      for batch in content.batches { #expect(batch.columns.allSatisfy { $0.count == batch.rowCount }) }
    }
  }

  @Test(arguments: [false, true]) func gzipInsideAStreamIsInflated(flags: Bool) throws {
    let name = flags ? "BINARY2" : "BINARY"
    let rows = VOTableSamples.binaryRows(flags: flags)
    func document(_ encoding: String, _ bytes: [UInt8]) -> String {
      let base64 = Data(bytes).base64EncodedString()
      let data = "<\(name)><STREAM encoding='\(encoding)'>\(base64)</STREAM></\(name)>"
      return VOTableSamples.document(data: data, around: ("", "<INFO name='after' value='1'/>"))
    }
    func table(_ text: String) throws -> Table {
      var reader: any TableReader = try VOTableReader(source: MemoryByteSource(Array(text.utf8), pieceSize: 100))
      return try Table(reading: &reader)
    }
    let plain = try table(document("base64", rows))
    let compressed = try table(document("gzip", gzipped(rows)))
    #expect(plain.rowCount > 0)
    #expect(String(describing: compressed.rows) == String(describing: plain.rows))
    #expect(compressed.trailingInfos == [Info(name: "after", value: "1")])
    let error = #expect(throws: TableIOError.self) { try table(document("gzip", Array(gzipped(rows).dropLast(9)))) }
    #expect(error?.kind == .malformed)
    #expect(throws: TableIOError.self) { try table(document("gzip", rows)) }
  }
}
