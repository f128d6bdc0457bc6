import TestSupport
import Testing

@testable import Unpacking

@Suite struct HostileArchiveTests {
  @Test(arguments: [
    "../evil", "a/../../evil", "a/..", "/etc/passwd", "//evil", "a/b/../c", ".hidden", "a/.hidden/b", "-rf", "a\\..\\b",
    "a\nb", "x.part",
    "C:\\evil", "a/\u{202E}gpj.exe",
  ])
  func namesThatLeadAstray(name: String) async throws {
    let fixture = try UnpackFixture()
    var tar = TarText()
    tar.add("good.fits", [1, 2, 3])
    tar.add(name, [4])
    let error = await fixture.expectFailure(.unsafeName, tar.archive)
    #expect(error?.member == name)
    #expect(error?.description.unicodeScalars.contains { $0.properties.generalCategory == .control } == false)
    tar = TarText()
    tar.addPax([("path", name)], "harmless", [4])
    await fixture.expectFailure(.unsafeName, tar.archive)
    // libarchive takes the backslashes of a zip for slashes, which leaves this one harmless.
    if name == "C:\\evil" { return }
    let zip = try WrittenArchive.bytes(.zip, [.init("good.fits", [1]), .init(name, [4])])
    await fixture.expectFailure(.unsafeName, zip)
    #expect(fixture.folder.names == ["out"])
  }

  @Test func folderNamesLeadAstrayToo() async throws {
    var tar = TarText()
    tar.add("../evil/", type: "5")
    try await UnpackFixture().expectFailure(.unsafeName, tar.archive)
  }

  @Test func namesThatAreNoText() async throws {
    var tar = TarText()
    tar.add("aXb", [1])
    var bytes = tar.archive
    // The sum stays right: one byte up, another down.
    bytes[1] = 0xFF
    bytes[100 + 6] &-= 0
    let sum = String(bytes[..<148].reduce(256) { $0 + Int($1) } + bytes[156..<512].reduce(0) { $0 + Int($1) }, radix: 8)
    bytes.replaceSubrange(148..<154, with: Array((String(repeating: "0", count: 6 - sum.count) + sum).utf8))
    try await UnpackFixture().expectFailure(.unsafeName, bytes)
  }

  @Test(arguments: [("1", "good.fits"), ("2", "/etc/passwd"), ("2", "good.fits"), ("3", ""), ("4", ""), ("6", "")])
  func linksAndDevices(type: String, target: String) async throws {
    let fixture = try UnpackFixture()
    var tar = TarText()
    tar.add("good.fits", [1, 2, 3])
    tar.add("bad", type: Character(type), link: target)
    tar.add("bad/x", [1])
    let error = await fixture.expectFailure(.unsafeMember, tar.archive)
    #expect(error?.member == "bad")
  }

  @Test func linksInZipAndPax() async throws {
    let fixture = try UnpackFixture()
    let files = [WrittenArchive.File("good.fits", [1]), .init("bad", [], link: "/etc/passwd")]
    for form in [WrittenArchive.Form.zip, .pax] {
      let bytes = try WrittenArchive.bytes(form, files)
      let error = await fixture.expectFailure(.unsafeMember, bytes)
      #expect(error?.member == "bad")
    }
    var hidden = TarText()
    hidden.add("PaxHeaders/x", Array("24 linkpath=/etc/passwd\n".utf8), type: "x")
    hidden.add("bad", type: "2")
    await fixture.expectFailure(.unsafeMember, hidden.archive)
  }

  @Test func filesWithHoles() async throws {
    var content = [UInt8](repeating: 0, count: 1 << 20)
    content[600_000] = 1
    let tar = try WrittenArchive.bytes(.pax, [.init("holes", content, data: 524_288..<655_360)])
    try #require(tar.count < 500_000)
    try await UnpackFixture().expectFailure(.unsupportedMember, tar)
  }

  @Test func duplicates() async throws {
    let fixture = try UnpackFixture()
    for (first, second) in [("a", "a"), ("a", "./a"), ("a", "a/b"), ("a/b", "a"), ("a//b", "a/./b")] {
      var tar = TarText()
      tar.add(first, [1])
      tar.add(second, [2])
      await fixture.expectFailure(.duplicateMember, tar.archive)
    }
    var folders = TarText()
    for name in ["a/", "a/b/", "a/"] { folders.add(name, type: "5") }
    folders.add("a/b/x", [1])
    #expect(try await fixture.unpack(folders.archive).map(\.name) == ["a/b/x"])
  }

  @Test func aBombIsNoticedEarly() async throws {
    var fixture = try UnpackFixture()
    fixture.unpacker.limits.bytesBeforeRatio = 1 << 20
    var tar = TarText()
    tar.add("zeros.fits", [UInt8](repeating: 0, count: 8 << 20))
    let bomb = try gzipped(tar.archive)
    // Behind the bomb stands so much that a reader to the end would have had to take it.
    let feed = MemoryFeed(bomb + [UInt8](repeating: 0, count: 1 << 20), pieces: [1000])
    let error = await #expect(throws: UnpackingError.self) {
      try await fixture.unpacker.unpack(feed, into: fixture.destination)
    }
    #expect(error?.kind == .limit)
    #expect(feed.position < 5000)
    #expect(fixture.tree == [])
    let zip = try WrittenArchive.bytes(.zip, [.init("zeros.fits", [UInt8](repeating: 0, count: 4 << 20))])
    await fixture.expectFailure(.limit, zip)
    // The same behind the end of the archive.
    await fixture.expectFailure(.limit, try gzipped(TarText().archive + [UInt8](repeating: 0, count: 4 << 20)))
  }

  @Test func limits() async throws {
    func expectLimit(_ limits: UnpackLimits, sourceLocation: SourceLocation = #_sourceLocation) async throws {
      var fixture = try UnpackFixture()
      fixture.unpacker.limits = limits
      for form in ["tar", "zip"] {
        await fixture.expectFailure(.limit, try SampleFiles.archive(form), sourceLocation: sourceLocation)
      }
    }
    try await expectLimit(UnpackLimits(members: 4))
    try await expectLimit(UnpackLimits(bytesPerMember: 150_000))
    try await expectLimit(UnpackLimits(totalBytes: 322_911))
    try await expectLimit(UnpackLimits(depth: 2))
    try await expectLimit(UnpackLimits(nameLength: 33))
    var fixture = try UnpackFixture()
    fixture.unpacker.limits = UnpackLimits(
      members: 6, bytesPerMember: 150_001, totalBytes: 322_912, depth: 3, nameLength: 34)
    #expect(try await fixture.unpack(SampleFiles.tar.archive).count == 5)
  }

  @Test func headersWithRandomBytesDoNoHarm() async throws {
    var tar = TarText()
    tar.addPax([("path", "a/b/c")], "short", [1])
    tar.addGNU(String(repeating: "long/", count: 30) + "x", [2])
    tar.add("d/e", UnpackFixture.content(700, seed: 1))
    let good = tar.archive
    var random = SeededRandom(state: 13)
    var outcomes: [String: Int] = [:]
    for _ in 0..<400 {
      var bytes = good
      let start = tar.starts.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        // Name, sizes, type and link; digits and letters among them, so that some make sense.
        let offset = [0, 1, 124, 130, 134, 156, 157, 257, 345].randomElement(using: &random)!
        bytes[start + offset] = Array("0123456789LKxgS./\0\u{7F}".utf8).randomElement(using: &random)!
      }
      bytes.replaceSubrange(start + 148..<start + 156, with: Array("        ".utf8))
      let sum = String(bytes[start..<start + 512].reduce(0) { $0 + Int($1) }, radix: 8)
      let digits = String(repeating: "0", count: 6 - sum.count) + sum
      bytes.replaceSubrange(start + 148..<start + 155, with: Array(digits.utf8) + [0])
      let fixture = try UnpackFixture()
      do {
        let files = try await fixture.unpack(bytes)
        outcomes["unpacked", default: 0] += 1
        #expect(fixture.files == files.map { String($0.path.dropFirst(fixture.destination.count + 1)) }.sorted())
      } catch let error as UnpackingError {
        outcomes[error.kind.rawValue, default: 0] += 1
        #expect(fixture.tree == [])
      }
      #expect(fixture.folder.names == ["out"])
    }
    #expect(outcomes.count >= 4, "\(outcomes)")
    #expect(outcomes["unpacked", default: 0] > 0)
  }

  @Test func aHeaderThatLiesAboutItsSize() async throws {
    let fixture = try UnpackFixture()
    var tar = TarText()
    tar.add("a", [UInt8](repeating: 65, count: 512), size: 1 << 30)
    await fixture.expectFailure(.truncated, tar.archive)
    tar = TarText()
    tar.add("a", [UInt8](repeating: 65, count: 1024), size: 512)
    await fixture.expectFailure(.damaged, tar.archive)
  }
}
