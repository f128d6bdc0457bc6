import Testing
import Unpacking

@Suite struct ArchiveKindTests {
  private static let kinds: [(String, ArchiveKind)] = [
    ("tar", .tar), ("pax", .tar), ("gzip", .gzip), ("bzip2", .bzip2), ("xz", .xz), ("zstandard", .zstandard),
    ("zip", .zip),
  ]

  @Test(arguments: kinds)
  func kindsAreToldByTheFirstBytes(form: String, kind: ArchiveKind) throws {
    #expect(ArchiveKind(firstBytes: try SampleFiles.archive(form)) == kind)
  }

  @Test func emptyArchives() throws {
    #expect(ArchiveKind(firstBytes: TarText().archive) == .tar)
    #expect(ArchiveKind(firstBytes: try WrittenArchive.bytes(.zip, [])) == .zip)
  }

  @Test func otherThingsAreNone() {
    #expect(ArchiveKind(firstBytes: []) == nil)
    #expect(ArchiveKind(firstBytes: [UInt8](repeating: 0, count: 511)) == nil)
    #expect(ArchiveKind(firstBytes: [UInt8](repeating: 0x20, count: 2880)) == nil)
    #expect(ArchiveKind(firstBytes: Array("SIMPLE  =".utf8) + [UInt8](repeating: 0x20, count: 2871)) == nil)
    var damaged = SampleFiles.tar.archive
    damaged[3] ^= 1
    #expect(ArchiveKind(firstBytes: damaged) == nil)
  }

  @Test func theOldFormHasNoMark() {
    var block = Array(SampleFiles.tar.archive.prefix(512))
    let mark = block[257..<265].reduce(0) { $0 + Int($1) }
    block.replaceSubrange(257..<265, with: [UInt8](repeating: 0, count: 8))
    let sum = Int(String(decoding: block[148..<154], as: UTF8.self), radix: 8)! - mark
    let digits = String(sum, radix: 8)
    block.replaceSubrange(148..<154, with: Array((String(repeating: "0", count: 6 - digits.count) + digits).utf8))
    #expect(ArchiveKind(firstBytes: block) == .tar)
  }
}
