import Downloads
import TestSupport
import Testing

@testable import Unpacking

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct ArchiveUnpackerTests {
  private static let pieces: [[Int]] = [[1, 2, 60], [7, 1, 900], [512], [65_536], [131_072, 3], [.max]]

  @Test(arguments: SampleFiles.forms, pieces)
  func goodArchivesInPieces(form: String, pieces: [Int]) async throws {
    let fixture = try UnpackFixture()
    let files = try await fixture.unpack(try SampleFiles.archive(form), pieces: pieces)
    #expect(files.map(\.name) == SampleFiles.files.map(\.name))
    #expect(files.map(\.size) == SampleFiles.files.map { Int64($0.content.count) })
    #expect(files.map(\.checksum) == SampleFiles.files.map { UnpackFixture.md5($0.content) })
    #expect(files.map(\.path) == SampleFiles.files.map { fixture.destination + "/" + $0.name })
    for (name, content) in SampleFiles.files { #expect(fixture.bytes(name) == content) }
    #expect(fixture.files == SampleFiles.files.map(\.name).sorted())
    #expect(fixture.tree.allSatisfy { !$0.contains(".webb") })
  }

  @Test func modesAreOurs() async throws {
    let fixture = try UnpackFixture()
    let files = try await fixture.unpack(SampleFiles.tar.archive)
    for file in files {
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      // Whatever the umask takes away, nothing is added to rw-r--r--.
      #expect((mode ?? 0o777) & ~0o644 == 0)
    }
  }

  @Test func foldersMayBeFlattened() async throws {
    var fixture = try UnpackFixture()
    fixture.unpacker.layout = .flat
    let files = try await fixture.unpack(SampleFiles.tar.archive)
    #expect(
      fixture.tree == ["empty.txt", "jw01234_cal.fits", "jw01234_cal.jpg", "jw01234_i2d.fits", "jw01234_uncal.fits"])
    #expect(files[0].name == "jw01234/level_1/jw01234_uncal.fits")
    #expect(files[0].path == fixture.destination + "/jw01234_uncal.fits")
    var twice = TarText()
    twice.add("a/x.fits", [1])
    twice.add("b/x.fits", [2])
    await fixture.expectFailure(.duplicateMember, twice.archive)
  }

  @Test func emptyArchives() async throws {
    let fixture = try UnpackFixture()
    #expect(try await fixture.unpack(TarText().archive) == [])
    #expect(try await fixture.unpack(try gzipped(TarText().archive)) == [])
    #expect(try await fixture.unpack(try WrittenArchive.bytes(.zip, [])) == [])
    #expect(fixture.tree == [])
  }

  @Test(arguments: [
    [], Array("SIMPLE  =                    T".utf8), Array("<html>".utf8), [0x1F, 0x8B],
    [UInt8](repeating: 0, count: 100),
  ])
  func whatIsNoArchive(bytes: [UInt8]) async throws {
    let error = try await UnpackFixture().expectFailure(bytes == [0x1F, 0x8B] ? .truncated : .notAnArchive, bytes)
    #expect(error?.isFaultOfArchive == true)
  }

  @Test func aSingleCompressedFileIsNoArchive() async throws {
    let fits = Array("SIMPLE  =                    T".utf8) + UnpackFixture.content(5000, seed: 5)
    try await UnpackFixture().expectFailure(.notAnArchive, gzipped(fits))
  }

  @Test func longAndForeignNames() async throws {
    let fixture = try UnpackFixture()
    let long = String(repeating: "folder_of_many_letters/", count: 9) + "file.fits"
    var tar = TarText()
    tar.addGNU(long, [1])
    tar.addPax([("path", long + ".pax")], "short", [2])
    tar.addPax([("path", "Blå/målinger.txt")], "short", [3])
    tar.add("./Größe.txt", [4])
    let files = try await fixture.unpack(tar.archive)
    #expect(files.map(\.name) == [long, long + ".pax", "Blå/målinger.txt", "Größe.txt"])
    #expect(files.map(\.size) == [1, 1, 1, 1])
    #expect(fixture.bytes("Blå/målinger.txt") == [3])
  }

  @Test func digestsOfTheCatalogueAreCompared() async throws {
    var fixture = try UnpackFixture()
    let (name, content) = SampleFiles.files[1]
    let right = UnpackFixture.md5(content)
    for (key, checksum) in [
      (name, right), ("jw01234_cal.fits", right), (name, .md5(right.description.dropFirst(4).uppercased())),
    ] {
      fixture.unpacker.checksums = [key: checksum, "not there": .md5("00")]
      let files = try await fixture.unpack(SampleFiles.tar.archive)
      #expect(files.map(\.isVerified) == [false, true, false, false, false])
    }
    for key in [name, "jw01234_cal.fits"] {
      fixture.unpacker.checksums = [key: .md5("d41d8cd98f00b204e9800998ecf8427e")]
      let error = await fixture.expectFailure(.wrongChecksum, SampleFiles.tar.archive)
      #expect(error?.member == name)
    }
    fixture.unpacker.checksums = [
      "empty.txt": .sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    ]
    #expect(try await fixture.unpack(SampleFiles.tar.archive)[3].isVerified)
  }

  @Test func existingFilesAreReplacedOrKept() async throws {
    var fixture = try UnpackFixture()
    let first = SampleFiles.files[0]
    try FileManager.default.createDirectory(
      atPath: fixture.destination + "/jw01234/level_1", withIntermediateDirectories: true)
    try fixture.folder.write("out/" + first.name, [9])
    try fixture.folder.write("out/mine.txt", [8])
    fixture.unpacker.existing = .keep
    #expect(
      try await fixture.unpack(SampleFiles.tar.archive).map(\.keptExisting) == [true, false, false, false, false])
    #expect(fixture.bytes(first.name) == [9])
    fixture.unpacker.existing = .replace
    #expect(try await fixture.unpack(SampleFiles.tar.archive).allSatisfy { !$0.keptExisting })
    #expect(fixture.bytes(first.name) == first.content)
    #expect(fixture.bytes("mine.txt") == [8])
  }

  @Test func whatStandsInTheWayIsLeftAlone() async throws {
    let fixture = try UnpackFixture()
    try FileManager.default.createDirectory(
      atPath: fixture.destination + "/jw01234/level_3/empty.txt", withIntermediateDirectories: true)
    await fixture.expectFailure(.occupied, SampleFiles.tar.archive)
    try FileManager.default.removeItem(atPath: fixture.destination + "/jw01234/level_3")
    try fixture.folder.write("out/jw01234/level_3", [1])
    await fixture.expectFailure(.occupied, SampleFiles.tar.archive)
    #expect(fixture.bytes("jw01234/level_3") == [1])
  }

  @Test func whatAKilledRunHasLeftIsRemoved() async throws {
    let fixture = try UnpackFixture()
    let abandoned = fixture.destination + "/.webb-unpack-abc123/deep"
    try FileManager.default.createDirectory(atPath: abandoned, withIntermediateDirectories: true)
    let busy = try StagingFolder(in: fixture.destination)
    let file = try busy.makeFile(["x"])
    #expect(fixture.tree.count == 2, "the other's folder and its file")
    _ = try await fixture.unpack(TarText().archive)
    #expect(fixture.tree.count == 2)
    withExtendedLifetime((busy, file)) {}
  }
}
