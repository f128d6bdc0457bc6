import Testing

@testable import TableIO

@Suite struct JSONTableWriterTests {
  private let table = SampleTable([
    (Column("ra", .double, unit: "deg", ucd: "pos.eq.ra", description: "a \"b\""), [1.5, .real(.nan), nil]),
    (Column("name", .char, shape: .variable), ["a \"b\" \\ \u{1} é\n", "", nil]),
    (Column("name", .long), [9_223_372_036_854_775_807, 0, nil]),
    (Column("box", .short, shape: ArrayShape(dimensions: [2], isVariable: true)), [[1, nil, 3, 4], [], nil]),
    (Column("z", .floatComplex), [.complex(1, 0.1), .complex(.infinity, 0), nil]),
  ])

  @Test func esaHasMetadataAndRows() throws {
    let expected = #"""
      {"metadata":[
      {"name":"ra","datatype":"double","unit":"deg","ucd":"pos.eq.ra","description":"a \"b\""},
      {"name":"name","datatype":"char","arraysize":"*","unit":null,"description":null},
      {"name":"name","datatype":"long","unit":null,"description":null},
      {"name":"box","datatype":"short","arraysize":"2x*","unit":null,"description":null},
      {"name":"z","datatype":"floatComplex","unit":null,"description":null}
      ],"data":[
      [1.5,"a \"b\" \\ \u0001 é\n",9223372036854775807,[[1,null],[3,4]],[1.0,0.1]],
      ["NaN","",0,[],["Infinity",0.0]],
      [null,null,null,null,null]
      ],"infos":[{"name":"QUERY_STATUS","value":"OVERFLOW","content":"cut"}]}

      """#
    let infos = [Info(name: "QUERY_STATUS", value: "OVERFLOW", content: "cut")]
    #expect(try table.text(infos: infos) { JSONTableWriter(sink: $0, layout: .metadataAndData) } == expected)
  }

  @Test func mastHasFieldsAndObjects() throws {
    let expected = #"""
      {"status":"COMPLETE","msg":"","fields":[{"name":"ra","type":"float"},{"name":"name","type":"string"},\#
      {"name":"name_2","type":"int"},{"name":"box","type":"array"},{"name":"z","type":"array"}],"data":[
      {"ra":1.5,"name":"a \"b\" \\ \u0001 é\n","name_2":9223372036854775807,"box":[[1,null],[3,4]],"z":[1.0,0.1]},
      {"ra":null,"name":"","name_2":0,"box":[],"z":[null,0.0]},
      {"ra":null,"name":null,"name_2":null,"box":null,"z":null}
      ],"paging":{"page":1,"pageSize":3,"pagesFiltered":1,"rows":3,"rowsFiltered":3,"rowsTotal":3}}

      """#
    #expect(try table.text { JSONTableWriter(sink: $0, layout: .fieldsAndData) } == expected)
  }

  @Test func linesHaveAnObjectEach() throws {
    let expected = #"""
      {"ra":1.5,"name":"a \"b\" \\ \u0001 é\n","name_2":9223372036854775807,"box":[[1,null],[3,4]],"z":[1.0,0.1]}
      {"ra":"NaN","name":"","name_2":0,"box":[],"z":["Infinity",0.0]}
      {"ra":null,"name":null,"name_2":null,"box":null,"z":null}

      """#
    #expect(try table.text { JSONTableWriter(sink: $0, layout: .lines) } == expected)
  }

  @Test(arguments: [JSONTableWriter.Layout.metadataAndData, .fieldsAndData])
  func severalBatchesAndNoneMakeADocument(layout: JSONTableWriter.Layout) throws {
    for count in 0...3 {
      let sink = MemoryByteSink()
      var writer = JSONTableWriter(sink: sink, layout: layout)
      try writer.begin(table.metadata)
      for _ in 0..<count { try writer.write(table.batch) }
      try writer.write(TableBatch(columns: table.metadata.columns))
      try writer.end(infos: [])
      let document = try JSONValue(parsing: String(decoding: sink.bytes, as: UTF8.self))
      #expect(document["data"]?.arrayValue?.count == 3 * count)
    }
  }

  @Test func bytesThatAreNoTextAreReplaced() throws {
    var table = SampleTable([(Column("a", .char, shape: .variable), ["x"])])
    var texts = TextBuffer()
    texts.bytes = [0x61, 0xFF, 0x62]
    texts.endString()
    table.batch.columns[0].elements = .text(texts)
    #expect(try table.text { JSONTableWriter(sink: $0, layout: .lines) } == "{\"a\":\"a\u{FFFD}b\"}\n")
  }
}
