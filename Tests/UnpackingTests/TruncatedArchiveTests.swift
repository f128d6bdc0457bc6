import TestSupport
import Testing

@testable import Unpacking

@Suite struct TruncatedArchiveTests {
  @Test(arguments: SampleFiles.forms)
  func aCutAnywhereIsNoticed(form: String) async throws {
    let bytes = try SampleFiles.archive(form)
    // Padding behind the end mark of a plain tar may be missing.
    let isPlain = form == "tar" || form == "pax"
    let end = isPlain ? (bytes.lastIndex { $0 != 0 }! + 511) / 512 * 512 + 1023 : bytes.count - 1
    var random = SeededRandom(state: 11)
    var cuts = (0..<30).map { _ in Int.random(in: 0...end, using: &random) }
    cuts += [0, 1, 511, 512, 1024, end - 512, end - 1, end]
    if form == "tar" {
      cuts += SampleFiles.tar.starts.dropFirst() + [SampleFiles.tar.bytes.count, SampleFiles.tar.bytes.count + 512]
    }
    let fixture = try UnpackFixture()
    for cut in cuts {
      let error = await #expect(throws: UnpackingError.self, "\(form) cut at \(cut)") {
        try await fixture.unpack(Array(bytes.prefix(cut)), pieces: [4096])
      }
      #expect(
        error.map { [.truncated, .notAnArchive].contains($0.kind) } == true, "\(form) cut at \(cut): \(error as Any)")
      #expect(fixture.tree == [])
    }
  }

  @Test(arguments: ["gzip", "bzip2", "xz", "zip"])
  func aFlippedBitIsNoticed(form: String) async throws {
    let good = try SampleFiles.archive(form)
    var random = SeededRandom(state: 12)
    let fixture = try UnpackFixture()
    for _ in 0..<15 {
      var bytes = good
      // In the compressed content, not in a name or a date.
      bytes[Int.random(in: 200..<100_000, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      await #expect(throws: UnpackingError.self) { try await fixture.unpack(bytes) }
      #expect(fixture.tree == [])
    }
  }

  @Test func theSumOfGzipIsCompared() async throws {
    var bytes = try SampleFiles.archive("gzip")
    bytes[bytes.count - 8] ^= 1
    try await UnpackFixture().expectFailure(.damaged, bytes)
  }

  @Test func nothingMayFollowTheEnd() async throws {
    let fixture = try UnpackFixture()
    let tar = SampleFiles.tar.archive
    await fixture.expectFailure(.damaged, tar + [1])
    await fixture.expectFailure(.damaged, tar + tar)
    await fixture.expectFailure(.damaged, try gzipped(tar) + [1])
    await fixture.expectFailure(.damaged, try SampleFiles.archive("zip") + [1])
    #expect(try await fixture.unpack(tar + [0]).count == 5)
    #expect(try await fixture.unpack(try gzipped(tar) + [0, 0]).count == 5)
  }

  @Test func severalGzipMembersAreOneContent() async throws {
    let tar = SampleFiles.tar.archive
    let bytes = try gzipped(Array(tar.prefix(100_000))) + gzipped(Array(tar.dropFirst(100_000)))
    #expect(try await UnpackFixture().unpack(bytes, pieces: [999]).count == 5)
  }

  @Test func aDirectoryThatTellsOfOtherMembers() async throws {
    let fixture = try UnpackFixture()
    let one = try WrittenArchive.bytes(.zip, [.init("a", [1])])
    let two = try WrittenArchive.bytes(.zip, [.init("a", [1]), .init("b", [2])])
    let mark: [UInt8] = [0x50, 0x4B, 1, 2]
    let (first, second) = (one.firstRange(of: mark)!, two.firstRange(of: mark)!)
    await fixture.expectFailure(.damaged, Array(one[..<first.lowerBound] + two[second.lowerBound...]))
  }
}
