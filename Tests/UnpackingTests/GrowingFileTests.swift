import HTTPTransport
import TestSupport
import Testing

@testable import Unpacking

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct GrowingFileTests {
  private struct Reason: Error {}

  /// Writes an archive piece by piece beside the one who reads it, each piece only when all before it has been asked for.
  private func write(_ bytes: [UInt8], to path: String, telling file: GrowingFile, pieces: Int = 10) throws {
    let handle = try #require(fopen(path, "w"))
    defer { fclose(handle) }
    let size = bytes.count / pieces + 1
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = bytes[start..<min(bytes.count, start + size)]
      fwrite(Array(piece), 1, piece.count, handle)
      fflush(handle)
      file.grow(to: Int64(piece.endIndex))
      usleep(1000)
    }
  }

  @Test(arguments: ["tar", "gzip", "zip"])
  func readingGoesAlongWithWriting(form: String) async throws {
    let fixture = try UnpackFixture()
    let path = fixture.folder.file("a.part")
    let file = GrowingFile(path: path)
    async let files = fixture.unpacker.unpack(file, into: fixture.destination)
    try write(SampleFiles.archive(form), to: path, telling: file)
    file.finish()
    #expect(try await files.map(\.name) == SampleFiles.files.map(\.name))
  }

  @Test func aWriterThatBeginsAgain() async throws {
    let fixture = try UnpackFixture()
    let path = fixture.folder.file("a.part")
    let file = GrowingFile(path: path)
    var other = TarText()
    other.add("other.fits", UnpackFixture.content(300_000, seed: 9))
    async let files = fixture.unpacker.unpack(file, into: fixture.destination)
    try write(Array(SampleFiles.tar.archive.prefix(200_000)), to: path, telling: file)
    file.restart()
    try write(other.archive, to: path, telling: file)
    file.finish()
    #expect(try await files.map(\.name) == ["other.fits"])
    #expect(fixture.tree == ["other.fits"])
  }

  @Test func aRestartIsToldOnceAndOnlyToWhoHasReadBytes() throws {
    let folder = try ScratchFolder()
    try folder.write("f", [1, 2, 3])
    let file = GrowingFile(path: folder.file("f"))
    file.grow(to: 0)
    file.restart()
    file.grow(to: 3)
    var bytes: [UInt8] = [0, 0, 0, 0]
    func read() throws -> Int {
      try bytes.withUnsafeMutableBytes { (buffer) throws(UnpackingError) in try file.read(into: buffer) }
    }
    #expect(try read() == 3)
    file.restart()
    file.grow(to: 2)
    file.finish()
    let error = #expect(throws: UnpackingError.self) { try read() }
    #expect(error?.kind == .restarted)
    #expect(try read() == 2)
    #expect(try read() == 0)
    #expect(bytes == [1, 2, 3, 0])
  }

  @Test func aWriterThatFails() async throws {
    let fixture = try UnpackFixture()
    let path = fixture.folder.file("a.part")
    let file = GrowingFile(path: path)
    async let files = fixture.unpacker.unpack(file, into: fixture.destination)
    try write(Array(SampleFiles.tar.archive.prefix(200_000)), to: path, telling: file)
    file.fail(Reason())
    do {
      _ = try await files
      Issue.record("unpacked")
    } catch let error as UnpackingError {
      #expect(error.kind == .source)
      #expect(error.cause is Reason)
    }
    #expect(fixture.tree == [])
  }

  @Test func cancellationEndsTheWaiting() async throws {
    let fixture = try UnpackFixture()
    let path = fixture.folder.file("a.part")
    let file = GrowingFile(path: path)
    let task = Task { [fixture] in try await fixture.unpacker.unpack(file, into: fixture.destination) }
    try write(Array(SampleFiles.tar.archive.prefix(200_000)), to: path, telling: file)
    task.cancel()
    let error = await #expect(throws: UnpackingError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    #expect(fixture.tree == [])
  }

  @Test func aFileThatIsNotThere() async throws {
    let fixture = try UnpackFixture()
    let error = await #expect(throws: UnpackingError.self) {
      try await fixture.unpacker.unpack(GrowingFile(completeAt: fixture.folder.file("none")), into: fixture.destination)
    }
    #expect(error?.kind == .fileSystem)
  }
}
