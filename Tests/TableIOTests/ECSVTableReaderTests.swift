import Testing

@testable import TableIO

@Suite struct ECSVTableReaderTests {
  private static let header = """
    # %ECSV 1.0
    # ---
    # datatype:
    # - {name: a, unit: deg, datatype: int64, format: .2f, description: 'long: it''s a text
    #     that goes on'}
    # - name: b
    #   datatype: string
    # - {name: c, datatype: float64}
    # - {name: d, datatype: bool}
    # - {name: e, datatype: string, subtype: 'int32[3,2]'}
    # - {name: f, datatype: string, subtype: 'float64[null]'}
    # - {name: h, datatype: complex128, meta: {ucd: "phot.flux;\\u00e9"}}
    # - {name: "\\xE9", datatype: string, subtype: json}
    # meta: !!omap
    # - comments: [one, 'two: three']
    # - nested:
    #     k:
    #     - 1
    #     - {z: null}
    # - {n: 5}
    # - y: !!omap
    #   - {z: 2}
    # - note: |
    #     line 1
    #     line 2
    # schema: astropy-2.0

    """
  private static let rows = #"""
    a b c d e f h é
    1 "x y" 1.5 True [[0,1],[2,3],[4,5]] [1,NaN] (1+2j) "{""a"": 1}"
    "" "" nan False [[0,0],[0,0],[0,null]] [] (-0-1.5e-3j) null
    -3 "say ""hi""" "" "" "" "" "" ""

    """#

  private func reader(_ text: String, pieceSize: Int = .max) -> ECSVTableReader {
    ECSVTableReader(source: MemoryByteSource(Array(text.utf8), pieceSize: pieceSize))
  }

  @Test func headerTypesAndValues() throws {
    var reader = reader(Self.header + Self.rows)
    let table = try #require(try TableText(&reader))
    #expect(
      table.columns == [
        "a long", "b unicodeChar[*]", "c double", "d boolean", "e int[2x3]", "f double[*]", "h doubleComplex",
        "é unicodeChar[*]",
      ])
    #expect(
      table.rows == [
        "1|x y|1.5|T|0 1 2 3 4 5|1.0 nan|1.0,2.0|{\"a\": 1}",
        "∅|∅|nan|F|0 0 0 0 0 ∅||-0.0,-0.0015|null",
        "-3|say \"hi\"|∅|∅|∅|∅|∅|∅",
      ])
  }

  @Test func metadata() throws {
    var reader = reader(Self.header + Self.rows)
    let table = try #require(try reader.nextTable())
    #expect(table.columns[0].unit == "deg")
    #expect(table.columns[0].description == "long: it's a text that goes on")
    #expect(table.columns[6].ucd == "phot.flux;é")
    #expect(table.infos.map(\.value) == ["one", "two: three"])
    #expect(table.params.map(\.column.name) == ["n", "note"])
    #expect(table.params.map(\.value) == ["5", "line 1\nline 2\n"])
  }

  @Test func commasSeparateAndBlockStyleIsRead() throws {
    let text = """
      # %ECSV 1.0
      # ---
      # delimiter: ','
      # datatype:
      # -
      #   name: observationid
      #   datatype: string
      # -
      #   name: time_exposure
      #   datatype: float64
      #   unit: s
      # meta:
      #   name: votable
      observationid,time_exposure
      "a, b",10.5
      ,""

      """
    var reader = reader(text)
    let metadata = try #require(try reader.nextTable())
    #expect(metadata.name == "votable")
    #expect(metadata.columns[1].unit == "s")
    var batch = TableBatch(columns: metadata.columns)
    #expect(try reader.read(into: &batch))
    #expect(batch.columns.map { $0.cellText(at: 0) } == ["a, b", "10.5"])
    #expect(batch.columns.map { $0.cellText(at: 1) } == ["∅", "∅"])
  }

  @Test(arguments: [1, 2, 5, 100]) func piecesChangeNothing(pieceSize: Int) throws {
    var whole = reader(Self.header + Self.rows)
    var cut = reader(Self.header + Self.rows, pieceSize: pieceSize)
    #expect(try TableText(&whole) == TableText(&cut, rowLimit: 2))
  }

  @Test(arguments: [
    ("a b\n1 2\n", 1), ("# %ECSV 1.0\n# ---\n", 1), ("# %ECSV 1.0\n# ---\n# datatype: [\n", 3),
    ("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int65}\na\n", 1),
    ("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int64}\nb\n", 5),
    ("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int64}\n", 5),
    ("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int16}\na\n1\n70000\n", 7),
    ("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: string, subtype: 'int16[2]'}\na\n[1,2]\n[1]\n", 7),
    ("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int16}\na\n1 2\n", 6),
    ("# %ECSV 1.0\n# ---\n# delimiter: ';'\n# datatype:\n# - {name: a, datatype: int16}\na\n1\n", 1),
  ])
  func malformedFilesAreErrorsWithALine(text: String, line: Int) {
    let error = failure(of: reader(text))
    #expect(error?.kind == .malformed)
    #expect(error?.line == line)
  }

  @Test func deepNestingIsRefused() {
    let text = "# %ECSV 1.0\n# ---\n# datatype: " + String(repeating: "[", count: 5000) + "\n"
    #expect(failure(of: reader(text))?.kind == .malformed)
  }
}
