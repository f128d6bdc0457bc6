import FoundationEssentials
import Testing

@testable import TableIO

@Suite struct VOTableWriterTests {
  private func document(_ table: SampleTable, _ form: VOTableWriter.Serialization = .tableData) throws -> String {
    try table.text { VOTableWriter(sink: $0, serialization: form) }
  }

  /// The bytes inside STREAM.
  private func stream(_ table: SampleTable, _ form: VOTableWriter.Serialization) throws -> [UInt8] {
    let document = try document(table, form)
    let start = try #require(document.firstRange(of: "<STREAM encoding=\"base64\">\n"))
    let end = try #require(document.firstRange(of: "</STREAM>"))
    let text = document[start.upperBound..<end.lowerBound].split(separator: "\n").joined()
    return Array(try #require(Data(base64Encoded: text)))
  }

  /// The text between TABLEDATA's tags.
  private func rows(_ table: SampleTable) throws -> [Substring] {
    let document = try document(table)
    let start = try #require(document.firstRange(of: "<TABLEDATA>\n"))
    let end = try #require(document.firstRange(of: "</TABLEDATA>"))
    return document[start.upperBound..<end.lowerBound].split(separator: "</TR>\n")
  }

  @Test func servicesStandAfterTheTable() throws {
    var table = SampleTable([(Column("id", .char, shape: .variable, id: "c1"), ["a"])])
    table.metadata.services = [
      ServiceDescriptor(
        name: "s", description: "a < b",
        params: [Param(Column("accessURL", .char, shape: .variable), value: "http://example.org/?a&b")],
        inputs: [
          Param(Column("ID", .char, shape: .variable, ref: "c1"), value: ""),
          Param(Column("x", .int, ref: "nothing"), value: "5"),
        ])
    ]
    let expected = """
      </TABLE>
      </RESOURCE>
      <RESOURCE name="s" type="meta" utype="adhoc:service">
      <DESCRIPTION>a &lt; b</DESCRIPTION>
      <PARAM name="accessURL" datatype="char" arraysize="*" value="http://example.org/?a&amp;b"/>
      <GROUP name="inputParams">
      <PARAM name="ID" datatype="char" arraysize="*" ref="c1" value=""/>
      <PARAM name="x" datatype="int" value="5"/>
      </GROUP>
      </RESOURCE>
      </VOTABLE>

      """
    for form in [VOTableWriter.Serialization.tableData, .binary, .binary2] {
      let document = try document(table, form)
      #expect(document.hasSuffix(expected), "\(document)")
    }
  }

  @Test func metadataHasItsPlaces() throws {
    var table = SampleTable([
      (
        Column(
          "ra", .double, id: "c1", unit: "deg", ucd: "pos.eq.ra", utype: "u", ref: "frame", width: 12, precision: "F3",
          description: "a < b",
          domain: ValueDomain(minimum: .init(value: "0"), maximum: .init(value: "360", isInclusive: false))),
        [1.5]
      ),
      (
        Column(
          "kind", .char, shape: ArrayShape(dimensions: [], isVariable: true, limit: 9), xtype: "x",
          domain: ValueDomain(options: [("first", "a&b"), (nil, "c")]),
          links: [Link(href: "http://example.org/?a=1&b=2", contentRole: "doc")]), ["c"]
      ),
      (Column("n", .int, nullLiteral: -1), [nil]),
    ])
    table.metadata.name = "t"
    table.metadata.id = "t1"
    table.metadata.description = "a table"
    table.metadata.params = [Param(Column("epoch", .double, id: "p1", unit: "yr"), value: "2015.5")]
    table.metadata.infos = [
      Info(name: "QUERY_STATUS", value: "OK"), Info(name: "note", value: "\"x\"\n", content: "1 < 2"),
    ]
    table.metadata.links = [Link(href: "http://example.org/", title: "home")]
    table.metadata.groups = [
      Group(
        name: "g", ucd: "pos", description: "both", columnRefs: ["c1"], paramRefs: ["p1"],
        params: [Param(Column("in", .int), value: "5")], groups: [Group(name: "inner")])
    ]
    table.metadata.coordinateSystems = [CoordinateSystem(id: "frame", system: "ICRS", epoch: "J2015.5")]
    table.metadata.timeSystems = [TimeSystem(id: "clock", timescale: "TDB", timeorigin: "MJD-origin")]
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
      <RESOURCE type="results">
      <INFO name="QUERY_STATUS" value="OK"/>
      <INFO name="note" value="&quot;x&quot;&#10;">1 &lt; 2</INFO>
      <COOSYS ID="frame" system="ICRS" epoch="J2015.5"/>
      <TIMESYS ID="clock" timeorigin="MJD-origin" timescale="TDB" refposition="UNKNOWN"/>
      <TABLE ID="t1" name="t">
      <DESCRIPTION>a table</DESCRIPTION>
      <FIELD ID="c1" name="ra" datatype="double" unit="deg" ucd="pos.eq.ra" utype="u" ref="frame" width="12" precision="F3">
      <DESCRIPTION>a &lt; b</DESCRIPTION>
      <VALUES>
      <MIN value="0"/>
      <MAX value="360" inclusive="no"/>
      </VALUES>
      </FIELD>
      <FIELD name="kind" datatype="char" arraysize="9*" xtype="x">
      <VALUES>
      <OPTION name="first" value="a&amp;b"/>
      <OPTION value="c"/>
      </VALUES>
      <LINK href="http://example.org/?a=1&amp;b=2" content-role="doc"/>
      </FIELD>
      <FIELD name="n" datatype="int">
      <VALUES null="-1"/>
      </FIELD>
      <PARAM ID="p1" name="epoch" datatype="double" unit="yr" value="2015.5"/>
      <GROUP name="g" ucd="pos">
      <DESCRIPTION>both</DESCRIPTION>
      <FIELDref ref="c1"/>
      <PARAMref ref="p1"/>
      <PARAM name="in" datatype="int" value="5"/>
      <GROUP name="inner">
      </GROUP>
      </GROUP>
      <LINK href="http://example.org/" title="home"/>
      <DATA>
      <TABLEDATA>
      <TR><TD>1.5</TD><TD>c</TD><TD/></TR>
      </TABLEDATA>
      </DATA>
      </TABLE>
      <INFO name="QUERY_STATUS" value="OVERFLOW">more</INFO>
      </RESOURCE>
      </VOTABLE>

      """
    let infos = [Info(name: "QUERY_STATUS", value: "OVERFLOW", content: "more")]
    #expect(try table.text(infos: infos) { VOTableWriter(sink: $0) } == expected)
  }

  @Test func identifiersThatXMLRefusesAreLeftOut() throws {
    var table = SampleTable([
      (Column("a", .int, id: "twice", ref: "nowhere"), [1]), (Column("b", .int, id: "twice"), [1]),
      (Column("c", .int, id: "1bad"), [1]), (Column("d", .int, id: "good-1.é"), [1]),
    ])
    table.metadata.groups = [Group(columnRefs: ["twice", "1bad", "good-1.é"])]
    let text = try document(table)
    #expect(!text.contains("twice") && !text.contains("1bad") && !text.contains("nowhere"))
    #expect(text.contains("<FIELD ID=\"good-1.é\"") && text.contains("<FIELDref ref=\"good-1.é\"/>"))
  }

  @Test func newerCoordinateSystemsNeedVersionOneFive() throws {
    var table = SampleTable([(Column("a", .int), [1])])
    table.metadata.coordinateSystems = [CoordinateSystem(id: "s", system: "ICRS", refposition: "BARYCENTER")]
    #expect(try document(table).contains("<VOTABLE version=\"1.5\""))
    table.metadata.coordinateSystems = [CoordinateSystem(id: "s", system: "FK5")]
    #expect(try document(table).contains("<VOTABLE version=\"1.5\""))
    table.metadata.coordinateSystems = [CoordinateSystem(id: "s", system: "eq_FK5")]
    #expect(try document(table).contains("<VOTABLE version=\"1.4\""))
  }

  @Test func tableDataSpellsEveryType() throws {
    let rows = try rows(.everything)
    #expect(
      rows[0] == """
        <TR><TD>true</TD><TD>1</TD><TD>0</TD><TD>-32768</TD><TD>-2147483648</TD><TD>-9223372036854775807</TD><TD>0.1</TD>\
        <TD>5e-324</TD><TD>1.7976931348623157e+308</TD><TD>1.5 -0.1</TD><TD>1e-300 -0.1</TD><TD>a</TD><TD>é</TD>\
        <TD>a &amp; b &lt;c&gt; "q", 'x'</TD><TD>12345678</TD><TD>Müller 山田 𝄞</TD><TD>abcdx   </TD><TD>äöüx  </TD>\
        <TD>T F ?</TD><TD>1 0 1</TD><TD>0 1 255</TD><TD>1 -32767</TD><TD>1 2 3 4</TD><TD>1 2 3 4</TD><TD>0.1 NaN</TD>\
        <TD>1.0 2.0 3.0 4.0</TD><TD>1.0 2.0</TD>
        """)
    #expect(
      rows[1].hasPrefix(
        "<TR><TD>false</TD><TD>0</TD><TD>255</TD><TD>32767</TD><TD>2147483647</TD><TD>9223372036854775807</TD><TD>+Inf</TD>"
          + "<TD>-Inf</TD><TD>NaN</TD><TD>0.0 2.0</TD><TD>+Inf 2.0</TD><TD>Z</TD><TD>山</TD><TD></TD><TD>abc</TD>"
          + "<TD>tab\tline\nend </TD><TD>    y   </TD>"))
    #expect(rows[2].hasPrefix("<TR><TD/><TD>1</TD><TD/><TD/>"))
    #expect(rows[2].hasSuffix("<TD>0.0 -0.0</TD>" + String(repeating: "<TD/>", count: 16)))
    #expect(
      try document(.everything).contains(
        "name=\"shorts\" datatype=\"short\" arraysize=\"2\">\n<VALUES null=\"-32767\"/>"))
  }

  @Test func aMissingComplexArrayOfFixedSizeIsNaNInTableData() throws {
    let column = Column("z", .floatComplex, shape: ArrayShape(dimensions: [2]))
    #expect(try rows(SampleTable([(column, [nil])])) == ["<TR><TD>NaN NaN NaN NaN</TD>"])
  }

  @Test func charactersThatXMLCannotHoldAreReplaced() throws {
    var table = SampleTable([(Column("a", .char, shape: .variable), ["\u{1}b\u{FFFE}c\r\u{B}d", "x"])])
    var texts = TextBuffer()
    for bytes: [UInt8] in [Array("\u{1}b\u{FFFE}c\r\u{B}d".utf8), [0x61, 0xE9, 0x62]] {
      texts.bytes += bytes
      texts.endString()
    }
    table.batch.columns[0].elements = .text(texts)
    #expect(
      try rows(table) == ["<TR><TD>\u{FFFD}b\u{FFFD}c&#13;\u{FFFD}d</TD>", "<TR><TD>a\u{FFFD}b</TD>"])
  }

  @Test func binaryTwoBeginsRowsWithFlags() throws {
    let columns: [(Column, [Sample])] = (0..<8).map { (Column("b\($0)", .boolean), [$0 % 2 == 0 ? true : nil]) }
    let table = SampleTable(columns + [(Column("last", .short), [nil])])
    #expect(try stream(table, .binary2) == [0b0101_0101, 0b1000_0000] + Array("T?T?T?T?".utf8) + [0, 0])
  }

  @Test func binaryHasNetworkOrderLengthsAndFillers() throws {
    let table = SampleTable([
      (Column("byte", .unsignedByte), [200]), (Column("short", .short), [-2]), (Column("int", .int), [0x0102_0304]),
      (Column("long", .long), [1]), (Column("float", .float), [1]), (Column("double", .double), [-2]),
      (Column("z", .floatComplex), [.complex(1, -2)]), (Column("letter", .char), ["a"]),
      (Column("wide", .unicodeChar, shape: .variable), ["é𝄞"]), (Column("text", .char, shape: .variable), ["é"]),
      (Column("fixed", .char, shape: ArrayShape(dimensions: [4])), ["ab"]),
      (Column("fixed_wide", .unicodeChar, shape: ArrayShape(dimensions: [2])), ["a"]),
      (Column("names", .char, shape: ArrayShape(dimensions: [2], isVariable: true)), [["a", "bc"]]),
      (Column("bits", .bit, shape: ArrayShape(dimensions: [9])), [[1, 0, 0, 0, 0, 0, 0, 1, 1]]),
      (Column("bit", .bit), [1]), (Column("none", .bit, shape: .variable), [[]]),
      (Column("shorts", .short, shape: ArrayShape(dimensions: [2], isVariable: true)), [[1, 2]]),
      (Column("flags", .boolean, shape: ArrayShape(dimensions: [2])), [[false, nil]]),
    ])
    let expected: [UInt8] =
      [200, 0xFF, 0xFE, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0]
      + [0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0, 0x61]
      + [0, 0, 0, 3, 0x00, 0xE9, 0xD8, 0x34, 0xDD, 0x1E, 0, 0, 0, 2, 0xC3, 0xA9, 0x61, 0x62, 0, 0, 0, 0x61, 0, 0]
      + [0, 0, 0, 4, 0x61, 0, 0x62, 0x63, 0x81, 0x80, 0x80, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 2, 0x46, 0x3F]
    #expect(try stream(table, .binary) == expected)
    #expect(try stream(table, .binary2) == [0, 0, 0] + expected)
  }

  @Test func binaryMarksMissingNumbersByAValueThatNoneHas() throws {
    let table = SampleTable([
      (Column("short", .short), [-32768, nil]), (Column("byte", .unsignedByte), [255, nil]),
      (Column("declared", .int, nullLiteral: -1), [5, nil]), (Column("double", .double), [1, nil]),
      (Column("text", .char, shape: .variable), ["", nil]),
    ])
    let text = try document(table, .binary)
    #expect(text.contains("name=\"short\" datatype=\"short\">\n<VALUES null=\"-32767\"/>"))
    #expect(text.contains("name=\"byte\" datatype=\"unsignedByte\">\n<VALUES null=\"254\"/>"))
    let bytes = try stream(table, .binary)
    #expect(bytes.prefix(7) == [0x80, 0x00, 255, 0, 0, 0, 5])
    #expect(bytes[19..<26] == [0x80, 0x01, 254, 0xFF, 0xFF, 0xFF, 0xFF])
    #expect(bytes[26] == 0x7F && bytes[27] == 0xF8)
  }

  @Test func missingAndEmptyStringsDifferInBinaryTwo() throws {
    let table = SampleTable([(Column("text", .char, shape: .variable), ["", nil])])
    #expect(try stream(table, .binary2) == [0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0])
  }

  struct Refused: Sendable {
    let column: Column
    let cells: [Sample]
    var form = VOTableWriter.Serialization.tableData
  }

  @Test(arguments: [
    Refused(column: Column("a", .bit), cells: [nil], form: .binary),
    Refused(column: Column("a", .char, shape: ArrayShape(dimensions: [2])), cells: ["abc"], form: .binary2),
    Refused(column: Column("a", .unicodeChar), cells: ["𝄞"], form: .binary2),
    Refused(column: Column("a", .char, shape: ArrayShape(dimensions: [2, 1])), cells: [["abc"]]),
    Refused(column: Column("a", .int, nullLiteral: 7), cells: [7, nil], form: .binary),
    Refused(column: Column("a", .int, shape: .variable, nullLiteral: 7), cells: [[7]]),
    Refused(column: Column("a", .bit, shape: .variable), cells: [[1, nil]]),
    Refused(column: Column("a", .char, shape: ArrayShape(dimensions: [1 << 30])), cells: [nil], form: .binary2),
  ])
  func whatCannotBeWrittenIsRefused(_ refused: Refused) {
    let error = #expect(throws: TableIOError.self) {
      try document(SampleTable([(refused.column, refused.cells)]), refused.form)
    }
    #expect(error?.kind == .unsupported)
    #expect(error?.message.contains("column a") == true)
  }

  @Test func aMissingValueThatComesTooLateIsRefused() throws {
    let column = Column("a", .unsignedByte)
    var writer = VOTableWriter(sink: MemoryByteSink(), serialization: .binary)
    try writer.begin(TableMetadata(columns: [column]))
    try writer.write(SampleTable([(column, [1])]).batch)
    #expect(throws: TableIOError.self) { try writer.write(SampleTable([(column, [nil])]).batch) }
  }

  @Test(arguments: [VOTableWriter.Serialization.tableData, .binary, .binary2])
  func aTableWithoutRowsIsADocument(form: VOTableWriter.Serialization) throws {
    let sink = MemoryByteSink()
    var writer = VOTableWriter(sink: sink, serialization: form)
    try writer.begin(TableMetadata(columns: [Column("a", .int)]))
    try writer.end(infos: [])
    let text = String(decoding: sink.bytes, as: UTF8.self)
    #expect(text.contains("<FIELD name=\"a\"") && text.hasSuffix("</DATA>\n</TABLE>\n</RESOURCE>\n</VOTABLE>\n"))
  }
}
