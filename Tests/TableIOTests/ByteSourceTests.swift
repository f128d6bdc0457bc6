import FoundationEssentials
import TestSupport
import Testing

@testable import TableIO

@Suite struct ByteSourceTests {
  private func all(_ source: any ByteSource, pieceSize: Int = 1000) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while true {
      let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  private let content = Array((0..<20_000).map { "\($0)," }.joined().utf8)

  @Test(arguments: [1, 2, 7, 1 << 20]) func gzipIsToldByContentAndReadWhateverThePieces(pieceSize: Int) throws {
    let packed = try gzipped(Array(content[..<500])) + gzipped(Array(content[500...]))
    let source = try PeekableByteSource(inflating: MemoryByteSource(packed, pieceSize: pieceSize))
    #expect(Array(try source.peek(6)) == Array("0,1,2,".utf8))
    #expect(try all(source, pieceSize: pieceSize) == content)
    #expect(source.consumedByteCount == Int64(packed.count))
    #expect(source.byteCount == Int64(packed.count))
    #expect(try all(source).isEmpty)
  }

  @Test func whatIsLookedAtStaysToBeRead() throws {
    let source = try PeekableByteSource(inflating: MemoryByteSource(content, pieceSize: 3))
    #expect(try source.peek(10_000).count == 10_000)
    #expect(try all(source) == content)
    #expect(try source.peek(1).isEmpty)
    #expect(try PeekableByteSource(MemoryByteSource([])).peek(4).isEmpty)
  }

  @Test func damagedAndCutGzipAreErrors() throws {
    let packed = try gzipped(content)
    #expect(throws: TableIOError.self) { try all(GzipByteSource(MemoryByteSource(packed.dropLast(9)))) }
    var damaged = packed
    for index in 20..<40 { damaged[index] ^= 0x5a }
    let error = #expect(throws: TableIOError.self) { try all(GzipByteSource(MemoryByteSource(damaged))) }
    #expect(error?.kind == .malformed)
    #expect(throws: TableIOError.self) { try all(GzipByteSource(MemoryByteSource([]))) }
  }

  @Test func dataThatExpandBeyondReasonAreRefused() throws {
    let packed = try gzipped([UInt8](repeating: 0x20, count: 4 << 20))
    let bound = GzipByteSource.Bound(ratio: 100, freeByteCount: 1 << 20)
    let error = #expect(throws: TableIOError.self) {
      try all(GzipByteSource(MemoryByteSource(packed), bound: bound))
    }
    #expect(error?.kind == .limit)
    #expect(try all(GzipByteSource(MemoryByteSource(packed))).count == 4 << 20)
  }

  @Test func filesAreReadAndMissingOnesNamed() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "bytes-\(UUID().uuidString)")
    try Data(content).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let source = try FileByteSource(path: url.path)
    #expect(source.byteCount == Int64(content.count))
    let looked = try PeekableByteSource(inflating: source)
    #expect(try looked.peek(100).count == 100)
    let again = try PeekableByteSource(inflating: looked)
    #expect(again.plainFile === source)
    #expect(try all(again) == content)
    #expect(again.plainFile == nil)
    let error = #expect(throws: TableIOError.self) { try FileByteSource(path: url.path + "/none") }
    #expect(error?.file == url.path + "/none")
    #expect(error?.kind == .inputOutput)
  }

  @Test(arguments: [0, 100]) func spooledBytesComeBackFromMemoryAndFromDisk(memoryLimit: Int) throws {
    let spool = SpoolFile(memoryLimit: memoryLimit)
    for start in stride(from: 0, to: 1000, by: 30) {
      try content[start..<start + 30].withUnsafeBytes { try spool.append($0) }
    }
    #expect(try all(spool.contents.source()) == Array(content[..<1020]))
    var word = [UInt8](repeating: 0, count: 5)
    try word.withUnsafeMutableBytes { try spool.read(at: 400, into: $0) }
    #expect(word == Array(content[400..<405]))
    #expect(throws: TableIOError.self) { try word.withUnsafeMutableBytes { try spool.read(at: 1018, into: $0) } }
  }
}
