import GRDB
import TestSupport
import Testing

@testable import Mirroring

/// The memory of a directory.
@Suite struct MirrorStoreTests {
  private let file = MirrorFile(
    path: "a/x.fits", name: "x.fits", uri: "mast:JWST/product/x.fits",
    disk: DiskState(size: 3, modified: 1_790_000_000_123_456_789, md5: String(repeating: "a", count: 32)),
    mark: FileMark(size: 3, archiveFileID: 7, ingestDate: 61_000.25), certainty: .version, isGone: true)

  @Test func filesAndQuestionsStay() throws {
    let folder = try ScratchFolder()
    let store = try MirrorStore.create(in: folder.file("new/mirror"))
    try store.update(saving: [file])
    try store.remember(question: ["--propID", "2731"])
    try store.remember(question: ["--propID", "2732"])
    try store.remember(question: ["--propID", "2731"])
    try store.remember(["--archive", "a \"b\""], of: .archive)
    let again = try MirrorStore.open(in: folder.file("new/mirror"))
    #expect(try again.files() == ["a/x.fits": file])
    #expect(try again.questions() == [["--propID", "2731"], ["--propID", "2732"]])
    #expect(try again.words(of: .archive) == ["--archive", "a \"b\""])
    #expect(try again.words(of: .layout) == nil)
    try again.forget(question: ["--propID", "2731"])
    #expect(try again.questions() == [["--propID", "2732"]])
  }

  @Test func aDirectoryWithoutMemoryIsToldApart() throws {
    let folder = try ScratchFolder()
    #expect(!MirrorStore.exists(in: folder.path))
    #expect(throws: MirroringError.self) { try MirrorStore.open(in: folder.path) }
    #expect(folder.names.isEmpty)
  }

  @Test func aDamagedMemoryIsAnErrorThatSaysWhatToDo() throws {
    let folder = try ScratchFolder()
    try folder.write(MirrorStore.fileName, Array("not a database at all, but long enough to be looked at".utf8))
    do {
      _ = try MirrorStore.open(in: folder.path).files()
      Issue.record("a damaged memory was opened")
    } catch { #expect(error.message.contains("remove the file")) }
  }

  @Test func pathsThatLeaveTheDirectoryAreRefused() throws {
    let folder = try ScratchFolder()
    let store = try MirrorStore.create(in: folder.path)
    var hostile = file
    hostile.path = "../x.fits"
    try store.update(saving: [hostile])
    do {
      _ = try store.files()
      Issue.record("a hostile path was accepted")
    } catch { #expect(error.kind == .unsafePath) }
  }

  @Test func rowsThatAreNoneAreAnErrorAndNoTrap() throws {
    let folder = try ScratchFolder()
    let store = try MirrorStore.create(in: folder.path)
    try store.write {
      try $0.execute(
        sql: """
          DROP TABLE files;
          CREATE TABLE files AS SELECT 'a' AS path, NULL AS name, 'u' AS uri, 'large' AS size, x'00' AS modified,
          'none' AS certainty, 'maybe' AS isGone
          """)
    }
    #expect(throws: MirroringError.self) { try store.files() }
  }

  @Test func oneProgramAtATime() throws {
    let folder = try ScratchFolder()
    let store = try MirrorStore.create(in: folder.path)
    let first = try MirrorSync(store: store)
    #expect(throws: MirroringError.self) { try MirrorSync(store: store) }
    _ = first
  }

  @Test(arguments: [
    ("a/x_cal.fits", FileMark(archiveFileID: 7), "a/x_cal.v7.fits"),
    ("x.v/y", FileMark(archiveFileID: 7), "x.v/y.v7"),
    ("x.fits", FileMark(md5: String(repeating: "AB", count: 16)), "x.vabababababab.fits"),
    ("x.fits", FileMark(), "x.vt5.fits"),
  ])
  func versionsStandBesideTheirFiles(path: String, mark: FileMark, version: String) {
    #expect(MirrorPath.version(of: path, mark: mark, modified: 5_999_999_999) == version)
  }
}
