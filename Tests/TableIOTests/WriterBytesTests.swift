import CZlib
import FoundationEssentials
import TestSupport
import Testing

@testable import TableIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct WriterBytesTests {
  private func text(_ write: (inout OutputBuffer) -> Void) -> String {
    var output = OutputBuffer(capacity: 1)
    write(&output)
    return output.text
  }

  @Test(arguments: [
    (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1e-7, "1e-07"), (1e16, "1e+16"),
    (0.30000000000000004, "0.30000000000000004"),
    (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.nan, "NaN"),
    (.infinity, "+Inf"), (-.infinity, "-Inf"),
  ])
  func doublesAreAsShortAsCanBe(value: Double, expected: String) {
    #expect(text { $0.append(shortest: value, .votable) } == expected)
  }

  @Test(arguments: [(0.1, "0.1"), (16_777_216, "16777216.0"), (3.4028235e38, "3.4028235e+38"), (Float.nan, "NaN")])
  func floatsKeepTheirOwnShortness(value: Float, expected: String) {
    #expect(text { $0.append(shortest: value, .plain) } == expected)
  }

  @Test func numbersReadBackTheSame() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let double = Double(bitPattern: generator.next())
      if double.isFinite { #expect(Double(text { $0.append(shortest: double, .plain) }) == double) }
      let float = Float(bitPattern: generator.next())
      if float.isFinite { #expect(Float(text { $0.append(shortest: float, .plain) }) == float) }
      let integer = Int64(truncatingIfNeeded: generator.next()) >> Int64.random(in: 0..<64)
      #expect(Int64(text { $0.append(decimal: integer) }) == integer)
    }
  }

  @Test(arguments: [0, 9, 10, 99, 100, -1, .max, .min, 1_000_000_000_000_000_000, 999_999_999_999_999_999])
  func integersHaveAllTheirDigits(value: Int64) {
    #expect(text { $0.append(decimal: value) } == value.description)
  }

  @Test(arguments: Array(0...180) + [4096, 57 * 100])
  func base64GoesThroughInLines(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 >> 3) }
    var input = OutputBuffer()
    var output = OutputBuffer()
    for byte in bytes {
      input.append(byte)
      if byte % 7 == 0 { Base64Encoder.encodeLines(of: &input, into: &output) }
    }
    Base64Encoder.encodeAll(of: &input, into: &output)
    let lines = output.text.split(separator: "\n")
    #expect(lines.dropLast().allSatisfy { $0.utf8.count == 76 })
    #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    #expect(Array(try #require(Data(base64Encoded: lines.joined()))) == bytes)
  }

  @Test func weavingTurnsColumnsIntoRows() {
    let long = String(repeating: "long", count: 100)
    let columns = [["a", "", "c"], ["1", long, "3"], ["x", "yy", String(repeating: "z", count: 32)]]
    var cells = CellMatrix()
    for cell in columns.joined() {
      cells.bytes.append(utf8: cell)
      cells.endCell()
    }
    var output = OutputBuffer(capacity: 1)
    cells.weave(rowCount: 3, into: &output)
    #expect(output.text == "a1x" + "" + long + "yy" + "c3" + String(repeating: "z", count: 32))
  }

  @Test(arguments: [
    ([0x61, 0xC3, 0xA9], "61,e9"), ([0xFF, 0x61], "-,61"), ([0xC3], "-"), ([0xE5, 0xB1, 0x61], "-,61"),
    ([0xED, 0xA0, 0x80], "-"), ([0xF0, 0x9D, 0x84, 0x9E], "1d11e"), ([0xC0, 0x80], "-,-"),
    ([0xF4, 0x90, 0x80, 0x80], "-"),
  ])
  func brokenUTF8IsNoticed(bytes: [UInt8], expected: String) {
    let found = bytes.withUnsafeBufferPointer { buffer in
      var found: [String] = []
      var position = 0
      while position < buffer.count {
        let piece = UTF8Piece(buffer, at: position)
        found.append(piece.scalar.map { String($0, radix: 16) } ?? "-")
        position += piece.length
      }
      return found.joined(separator: ",")
    }
    #expect(found == expected)
  }

  @Test func aFileAppearsWhenItIsFinishedAndNotBefore() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "webb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "table.csv").path
    try Data("before".utf8).write(to: URL(filePath: path))

    let sink = try FileByteSink(path: path)
    try sink.write(Array("after".utf8))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
    try sink.finish()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "after")
    #expect(throws: TableIOError.self) { try sink.write(Array("late".utf8)) }

    try FileByteSink(path: path).write(Array("abandoned".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["table.csv"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "after")
  }

  @Test func aFileKeepsPermissionsAndLinksOfTheOneItReplaces() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "webb-\(UUID().uuidString)").path
    defer { unlink(path) }
    close(open(path, O_WRONLY | O_CREAT, 0o600))
    let link = path + "-link"
    try #require(symlink(path, link) == 0)
    defer { unlink(link) }
    let sink = try FileByteSink(path: link)
    try sink.write([1, 2])
    try sink.finish()
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size == 2)
  }

  @Test func aDeviceIsWrittenDirectlyAndStaysOne() throws {
    let sink = try FileByteSink(path: "/dev/null")
    try sink.write([1])
    try sink.finish()
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func everythingGoesThroughAPipe() async throws {
    var ends: [CInt] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    let count = 1_000_000
    async let received = onOwnThread {
      var total = 0
      var buffer = [UInt8](repeating: 0, count: 7000)
      while case let number = read(reading, &buffer, buffer.count), number > 0 { total += number }
      return total
    }
    try await onOwnThread {
      defer { close(writing) }
      try FileByteSink(descriptor: writing).write([UInt8](repeating: 7, count: count))
    }
    #expect(try await received == count)
    close(reading)
  }

  @Test func largeRowsAreRenderedFewAtATime() {
    let column = Column("a", .double, shape: ArrayShape(dimensions: [100_000]))
    var batch = TableBatch(columns: [column])
    batch.columns[0].elements = .double([Double](repeating: 0, count: 400_000))
    batch.rowCount = 4
    #expect(CellMatrix.rowsAtOnce(of: batch) == 1)
    #expect(CellMatrix.rowsAtOnce(of: SampleTable.everything.batch) == 512)
  }

  @Test func aFileThatCannotBeCreatedIsNamed() {
    let error = #expect(throws: TableIOError.self) {
      _ = try FileByteSink(path: FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)/table.csv")
    }
    #expect(error?.kind == .inputOutput)
    #expect(error?.file?.hasSuffix("table.csv") == true)
  }

  @Test func gzipReadsBackWhateverTheSizeOfThePieces() throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    for piece in [1, 1000, 300_000] {
      let sink = MemoryByteSink()
      let gzip = try GzipByteSink(sink)
      for start in stride(from: 0, to: piece == 1 ? 5000 : bytes.count, by: piece) {
        try gzip.write(Array(bytes[start..<min(start + piece, bytes.count)]))
      }
      try gzip.finish()
      let count = piece == 1 ? 5000 : bytes.count
      #expect(try inflated(sink.bytes, count: count) == Array(bytes.prefix(count)))
      #expect(throws: TableIOError.self) { try gzip.write([1]) }
    }
  }

  private func inflated(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
    var stream = z_stream()
    try #require(webb_inflate_init(&stream) == Z_OK)
    defer { inflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: count + 1)
    let left = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return inflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.avail_out) : -1
      }
    }
    try #require(left >= 0)
    return Array(output.dropLast(left))
  }
}
