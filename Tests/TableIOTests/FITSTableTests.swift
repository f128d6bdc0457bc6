import CCFITSIO
import FoundationEssentials
import TestSupport
import Testing

@testable import TableIO

@Suite struct FITSTableTests {
  /// A table of every datatype, with what is missing in every way.
  static func everything(rowCount: Int = 5) throws -> (TableMetadata, TableBatch) {
    let columns = [
      Column("bool", .boolean), Column("bools", .boolean, shape: ArrayShape(dimensions: [3])), Column("bit", .bit),
      Column("bits", .bit, shape: ArrayShape(dimensions: [11])), Column("byte", .unsignedByte),
      Column("short", .short, nullLiteral: -5), Column("int", .int, unit: "km/s", ucd: "spect.dopplerVeloc"),
      Column("long", .long), Column("longs", .long, shape: .variable), Column("float", .float),
      Column("double", .double),
      Column("grid", .double, shape: ArrayShape(dimensions: [2, 3])), Column("floats", .float, shape: .variable),
      Column("fc", .floatComplex), Column("dc", .doubleComplex),
      Column("text", .char, shape: .variable, description: String(repeating: "A long description; ", count: 9) + "."),
      Column("fixed", .char, shape: ArrayShape(dimensions: [8])), Column("letter", .char),
      Column("unicode", .unicodeChar, shape: .variable), Column("words", .char, shape: ArrayShape(dimensions: [4, 2])),
    ]
    var batch = TableBatch(columns: columns)
    let rows = [
      "[true,[true,false,null],1,[1,0,1,0,1,0,1,0,1,0,1],255,-32768,2147483647,9223372036854775807,[1,null,3],1.5,0.1,"
        + "[1,2,3,4,5,6],[1.5],[1],[2],\"a\",\"abcdefgh\",\"x\",\"müß\",[\"ab\",\"abcd\"]]",
      "[null,null,0,[0,0,0,0,0,0,0,0,0,0,0],null,null,null,null,[],null,null,null,[],[1],[2],null,null,null,null,null]",
      "[false,[false,true,true],1,[1,1,1,1,1,1,1,1,1,1,1],0,32767,-2147483647,-9223372036854775807,[9007199254740993],-1e-40,"
        + "5e-324,[0,0,0,0,0,1e300],[0.1,-2],[3],[4],\"longer text, with words\",\"\",\"y\",\"山\",[\"\",\"z\"]]",
    ]
    for row in 0..<rowCount {
      try Array(rows[row % rows.count].utf8).withUnsafeBufferPointer { bytes in
        var scanner = JSONScanner(bytes)
        #expect(scanner.next() == .beginArray)
        for (index, column) in columns.enumerated() {
          let token = scanner.next()
          switch column.datatype {
          case .floatComplex, .doubleComplex:
            // JSON has no complex numbers: the number in brackets is the real part.
            guard token == .beginArray, case .number(let range) = scanner.next() else { throw Failure() }
            let real = try #require(NumberParsing.double(scanner.slice(range)))
            if column.datatype == .floatComplex {
              batch.columns[index].elements.append(Float(real), -0.5)
            } else {
              batch.columns[index].elements.append(real, 0.25)
            }
            batch.columns[index].endCell(isNull: row % rows.count == 1 && column.datatype == .doubleComplex)
            _ = scanner.next()
          default:
            #expect(
              JSONCell.append(token, &scanner, shape: column.elementShape, to: &batch.columns[index]), "\(column.name)")
          }
          _ = scanner.next()
        }
      }
      batch.rowCount += 1
    }
    return (TableMetadata(name: "EVERYTHING", columns: columns), batch)
  }

  private struct Failure: Error {}

  private func write(_ table: TableMetadata, _ batches: [TableBatch]) throws -> [UInt8] {
    let sink = MemoryByteSink()
    var writer = FITSTableWriter(sink: sink)
    try writer.begin(table)
    for batch in batches { try writer.write(batch) }
    try writer.end(infos: [])
    return sink.bytes
  }

  @Test func everyDatatypeComesBack() throws {
    let (table, batch) = try Self.everything()
    let bytes = try write(table, [batch, batch])
    #expect(bytes.count % 2880 == 0)
    var reader = try FITSTableReader(bytes: bytes)
    let text = try #require(try TableText(&reader, rowLimit: 3))
    // FITS tells neither text of fixed from text of open length, nor a missing truth value from others in arrays.
    #expect(
      text.columns == [
        "bool boolean", "bools boolean[3]", "bit bit", "bits bit[11]", "byte unsignedByte", "short short", "int int",
        "long long",
        "longs long[*]", "float float", "double double", "grid double[2x3]", "floats float[*]", "fc floatComplex",
        "dc doubleComplex", "text char[23*]", "fixed char[8*]", "letter char", "unicode char[5*]", "words char[4x2]",
      ])
    #expect(text.rows.count == 10)
    #expect(
      text.rows[0]
        == "T|T F ∅|1|1 0 1 0 1 0 1 0 1 0 1|255|-32768|2147483647|9223372036854775807|1 ∅ 3|1.5|0.1|1.0 2.0 3.0 4.0 5.0 6.0|1.5|"
        + "1.0,-0.5|2.0,0.25|a|abcdefgh|x|müß|ab abcd")
    #expect(
      text.rows[1]
        == "∅|∅ ∅ ∅|0|0 0 0 0 0 0 0 0 0 0 0|∅|∅|∅|∅||∅|∅|nan nan nan nan nan nan||1.0,-0.5|∅|∅|∅|∅|∅|∅ ∅")
    #expect(
      text.rows[2]
        == "F|F T T|1|1 1 1 1 1 1 1 1 1 1 1|0|32767|-2147483647|-9223372036854775807|9007199254740993|-1e-40|5e-324|"
        + "0.0 0.0 0.0 0.0 0.0 1e+300|0.1 -2.0|3.0,-0.5|4.0,0.25|longer text, with words||y|山| z")
    #expect(text.rows[3] == text.rows[0])
    #expect(text.rows[5] == text.rows[0])
    #expect(try reader.nextTable() == nil)
  }

  @Test func metadataIsKept() throws {
    let (table, batch) = try Self.everything()
    var reader = try FITSTableReader(bytes: write(table, [batch]))
    let read = try #require(try reader.nextTable())
    #expect(read.name == "EVERYTHING")
    #expect(read.rowCount == 5)
    #expect(read.columns[6].unit == "km/s")
    #expect(read.columns[6].ucd == "spect.dopplerVeloc")
    #expect(read.columns[15].description == table.columns[15].description)
    #expect(read.columns[5].nullLiteral == -5)
  }

  /// The rows as CFITSIO itself reads them.
  @Test func whatIsWrittenIsWhatCFITSIOReads() throws {
    let (table, batch) = try Self.everything()
    try withFile(write(table, [batch])) { path in
      var file: UnsafeMutablePointer<fitsfile>?
      var status: CInt = 0
      ffdkopn(&file, path, READONLY, &status)
      ffmahd(file, 2, nil, &status)
      var anyNull: CInt = 0
      var doubles = [0.0, 0, 0]
      ffgcvd(file, 11, 1, 1, 3, -1, &doubles, &anyNull, &status)
      // While it looks for NaN, CFITSIO takes numbers that small for zero.
      #expect(doubles == [0.1, -1, 0])
      var longs: [Int64] = [0, 0, 0]
      ffgcvjj(file, 8, 1, 1, 3, 42, &longs, &anyNull, &status)
      #expect(longs == [.max, 42, .min + 1])
      var heap: [Int64] = [0, 0, 0]
      ffgcvjj(file, 9, 1, 1, 3, 42, &heap, &anyNull, &status)
      #expect(heap == [1, 42, 3])
      var bits = [CChar](repeating: 0, count: 11)
      ffgcx(file, 4, 1, 1, 11, &bits, &status)
      #expect(bits == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
      var booleans: [CChar] = [9, 9, 9]
      ffgcvl(file, 1, 1, 1, 3, 7, &booleans, &anyNull, &status)
      #expect(booleans == [1, 7, 0])
      #expect(status == 0)
      ffclos(file, &status)
    }
  }

  @Test(arguments: [1, 13, 2880, 1 << 20]) func filesPipesAndGzipReadTheSame(pieceSize: Int) throws {
    let (table, batch) = try Self.everything()
    let bytes = try write(table, [batch])
    var memory = try FITSTableReader(bytes: bytes)
    let expected = try TableText(&memory)
    var piped = try FITSTableReader(source: MemoryByteSource(bytes, pieceSize: pieceSize))
    #expect(try TableText(&piped, rowLimit: 2) == expected)
    var packed = try FITSTableReader(source: MemoryByteSource(gzipped(bytes), pieceSize: pieceSize))
    #expect(try TableText(&packed) == expected)
    try withFile(bytes) { path in
      var plain = try FITSTableReader(source: FileByteSource(path: path))
      #expect(try TableText(&plain) == expected)
    }
  }

  @Test func aValueThatOccursNowhereStandsForWhatIsMissing() throws {
    var column = Column("n", .short, nullLiteral: 7)
    for values: [Int16?] in [[7, nil, .min], [7, nil, .min, .max - 1], [nil]] {
      var batch = TableBatch(columns: [column])
      guard case .short = batch.columns[0].elements else { return }
      batch.columns[0].elements = .short(values.map { $0 ?? 7 })
      for value in values { batch.columns[0].endCell(isNull: value == nil) }
      batch.rowCount = values.count
      var reader = try FITSTableReader(bytes: write(TableMetadata(columns: [column]), [batch]))
      #expect(try TableText(&reader)?.rows == values.map { $0.map(String.init) ?? "∅" })
    }
    column = Column("n", .short)
    var full = TableBatch(columns: [column])
    full.columns[0].elements = .short([.min, .max, 0])
    for row in 0..<3 { full.columns[0].endCell(isNull: row == 2) }
    full.rowCount = 3
    let error = #expect(throws: TableIOError.self) { try write(TableMetadata(columns: [column]), [full]) }
    #expect(error?.kind == .unsupported)
  }

  @Test func stringsOfVeryDifferentLengthsGoOnTheHeap() throws {
    let column = Column("s", .char, shape: .variable)
    var batch = TableBatch(columns: [column])
    guard case .text(var texts) = batch.columns[0].elements else { return }
    var expected: [String] = []
    for row in 0..<3000 {
      let text = row == 1500 ? String(repeating: "long ", count: 4000) + "." : "\(row)"
      texts.append(text)
      expected.append(text)
    }
    batch.columns[0].elements = .text(texts)
    for _ in expected { batch.columns[0].endCell() }
    batch.rowCount = expected.count
    let bytes = try write(TableMetadata(columns: [column]), [batch])
    #expect(bytes.count < 200_000)
    var reader = try FITSTableReader(bytes: bytes)
    let text = try #require(try TableText(&reader))
    #expect(text.columns == ["s char[*]"])
    #expect(text.rows == expected)
  }

  @Test func tablesWithoutRowsOrColumns() throws {
    let (table, _) = try Self.everything()
    var empty = try FITSTableReader(bytes: write(table, []))
    #expect(try TableText(&empty)?.rows == [])
    var bare = try FITSTableReader(bytes: write(TableMetadata(), []))
    #expect(try TableText(&bare)?.columns == [])
  }

  @Test func brokenFilesAreErrors() throws {
    let (table, batch) = try Self.everything()
    let bytes = try write(table, [batch])
    #expect(throws: TableIOError.self) { try FITSTableReader(bytes: Array("no FITS".utf8)) }
    #expect(throws: TableIOError.self) { try FITSTableReader(source: MemoryByteSource([])) }
    // Cut in the data, in the header, behind the primary header.
    for count in [bytes.count - 2880, 2880 * 3, 2880] {
      let reader = try? FITSTableReader(bytes: Array(bytes[..<count]))
      let error = reader.flatMap { failure(of: $0) }
      #expect(count == 2880 || error != nil)
    }
    for (old, new) in [
      ("'1K      '", "'1W      '"), ("'1K      '", "'2K      '"),
      ("NAXIS2  =                    5", "NAXIS2  =           5000000000"),
    ] {
      let changed = try replacing(old, new, in: bytes)
      let reader = try? FITSTableReader(bytes: changed)
      #expect(reader.flatMap { failure(of: $0) } != nil, "\(new)")
    }
  }

  /// Unsigned and scaled numbers, by the keywords that make them so.
  @Test func offsetsAndScales() throws {
    let columns = [
      Column("a", .short), Column("b", .short), Column("c", .unsignedByte), Column("d", .int), Column("e", .long),
    ]
    var batch = TableBatch(columns: columns)
    batch.columns[0].elements = .short([-32768, 32767])
    batch.columns[1].elements = .short([1, 3])
    batch.columns[2].elements = .unsignedByte([0, 255])
    batch.columns[3].elements = .int([.min, .max])
    batch.columns[4].elements = .long([.min, -1])
    for index in columns.indices {
      batch.columns[index].endCell()
      batch.columns[index].endCell()
    }
    batch.rowCount = 2
    var bytes = try write(TableMetadata(columns: columns), [batch])
    let cards = [
      "TZERO1  =                32768", "TSCAL2  =                  0.5", "TZERO2  =                 10.0",
      "TZERO3  =                 -128", "TZERO4  =           2147483648", "TZERO5  =  9223372036854775808",
    ]
    let end = try #require(place(of: "END" + String(repeating: " ", count: 77), in: bytes, from: 2880))
    let padded = cards.map { $0 + String(repeating: " ", count: 80 - $0.count) }.joined() + "END"
    bytes.replaceSubrange(end..<end + padded.utf8.count, with: Array(padded.utf8))
    var reader = try FITSTableReader(bytes: bytes)
    let text = try #require(try TableText(&reader))
    #expect(text.columns == ["a int", "b double", "c short", "d long", "e long"])
    #expect(text.rows == ["0|10.5|-128|0|0", "65535|11.5|127|4294967295|9223372036854775807"])
  }

  /// No single wrong byte in the headers or the rows brings the reader down.
  @Test func wrongBytesAreSurvived() throws {
    let (table, batch) = try Self.everything()
    let bytes = try write(table, [batch])
    var state: UInt64 = 1
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        changed[Int(state >> 33) % (changed.count - 2880) + 2880] = UInt8(truncatingIfNeeded: state >> 24)
      }
      if let reader = try? FITSTableReader(bytes: changed) { _ = failure(of: reader) }
    }
  }

  private func replacing(_ old: String, _ new: String, in bytes: [UInt8]) throws -> [UInt8] {
    let start = try #require(place(of: old, in: bytes, from: 0))
    var changed = bytes
    changed.replaceSubrange(start..<start + old.utf8.count, with: Array(new.utf8))
    return changed
  }

  private func place(of text: String, in bytes: [UInt8], from start: Int) -> Int? {
    bytes.indices[start...].first { bytes[$0...].starts(with: text.utf8) }
  }

  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "table[1]-\(UUID().uuidString).fits")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }
}

extension ColumnBuffer.Elements {
  fileprivate mutating func append(_ real: Float, _ imaginary: Float) {
    if case .floatComplex(let values) = self { self = .floatComplex(values + [real, imaginary]) }
  }

  fileprivate mutating func append(_ real: Double, _ imaginary: Double) {
    if case .doubleComplex(let values) = self { self = .doubleComplex(values + [real, imaginary]) }
  }
}
