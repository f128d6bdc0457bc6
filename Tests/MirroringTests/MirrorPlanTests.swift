import Testing

@testable import Mirroring

/// What is decided about a file, from what is known, on disk and listed; no disk, no network.
@Suite struct MirrorPlanTests {
  private let a = String(repeating: "a", count: 32)
  private let b = String(repeating: "b", count: 32)
  private let c = String(repeating: "c", count: 32)
  private let path = "02731/x_cal.fits"

  private func entry(
    _ mark: FileMark, path: String? = nil, rights: String? = "PUBLIC", release: Double? = nil
  ) -> MirrorEntry {
    let path = path ?? self.path
    let name = String(path.split(separator: "/").last ?? "")
    return MirrorEntry(
      name: name, path: path, uri: "mast:JWST/product/" + name, mark: mark, rights: rights, releaseDate: release)
  }

  private func file(
    _ mark: FileMark, md5: String?, modified: Int64 = 1, certainty: Certainty = .checksum, isGone: Bool = false
  ) -> MirrorFile {
    MirrorFile(
      path: path, name: "x_cal.fits", uri: "mast:JWST/product/x_cal.fits",
      disk: DiskState(size: mark.size ?? 10, modified: modified, md5: md5), mark: mark, certainty: certainty,
      isGone: isGone)
  }

  private func action(
    _ entry: MirrorEntry?, known: MirrorFile? = nil, disk: DiskState?,
    _ change: (inout MirrorPlan.Rules) -> Void = { _ in }
  ) -> MirrorPlan.Action? {
    var rules = MirrorPlan.Rules(now: 61_000)
    change(&rules)
    let catalogue = [entry, self.entry(FileMark(), path: "other.fits")].compactMap(\.self)
    let plan = MirrorPlan(
      known: known.map { [path: $0] } ?? [:], onDisk: disk.map { [path: $0] } ?? [:], catalogue: catalogue,
      rules: rules)
    return plan.steps.first { $0.path == path }?.action
  }

  // MARK: What the catalogue lists

  @Test func whatWasNeverHereIsFetched() {
    #expect(action(entry(FileMark(size: 10, md5: a)), disk: nil) == .fetch)
  }

  @Test func whatIsAsItWasIsPresentWithoutBeingRead() {
    let mark = FileMark(size: 10, md5: a, archiveFileID: 1)
    let disk = DiskState(size: 10, modified: 1)
    #expect(action(entry(mark), known: file(mark, md5: a), disk: disk) == .present(.checksum))
    #expect(paths(entry(mark), known: file(mark, md5: a), disk: disk).isEmpty)
    #expect(paths(entry(mark), known: file(mark, md5: a), disk: disk, verifies: true) == [path])
  }

  @Test func aReprocessedFileOfTheSameSizeIsReplaced() {
    let before = FileMark(size: 10, md5: a, archiveFileID: 1)
    let now = FileMark(size: 10, md5: b, archiveFileID: 2)
    let disk = DiskState(size: 10, modified: 1)
    #expect(action(entry(now), known: file(before, md5: a), disk: disk) == .replace(keeping: nil))
    #expect(
      action(entry(now), known: file(before, md5: a), disk: disk) { $0.keepsVersions = true }
        == .replace(keeping: "02731/x_cal.v1.fits"))
  }

  @Test func theArchivesNumberDecidesWhereNoMD5IsListed() {
    let before = FileMark(size: 10, archiveFileID: 1, ingestDate: 60_000)
    let disk = DiskState(size: 10, modified: 1)
    let known = file(before, md5: a, certainty: .version)
    #expect(action(entry(before), known: known, disk: disk) == .present(.version))
    #expect(action(entry(FileMark(size: 10, archiveFileID: 2)), known: known, disk: disk) == .replace(keeping: nil))
    #expect(action(entry(FileMark(size: 10, ingestDate: 60_001)), known: known, disk: disk) == .replace(keeping: nil))
    #expect(
      action(entry(FileMark(size: 10, ingestDate: 60_000 + 1e-8)), known: known, disk: disk) == .present(.version))
  }

  @Test func withoutNumberTheSizeDecidesAndThatIsTold() {
    let disk = DiskState(size: 10, modified: 1)
    let known = file(FileMark(size: 10), md5: a, certainty: .size)
    #expect(action(entry(FileMark(size: 10)), known: known, disk: disk) == .present(.size))
    #expect(action(entry(FileMark(size: 11)), known: known, disk: disk) == .replace(keeping: nil))
    let vague = file(FileMark(), md5: a, certainty: .unknown)
    #expect(action(entry(FileMark()), known: vague, disk: disk) == .present(.unknown))
  }

  @Test func aNewNumberForTheSameBytesFetchesNothing() {
    let disk = DiskState(size: 10, modified: 1)
    let known = file(FileMark(size: 10, md5: a, archiveFileID: 1), md5: a)
    #expect(
      action(entry(FileMark(size: 10, md5: a, archiveFileID: 2)), known: known, disk: disk) == .present(.checksum))
  }

  // MARK: What is on disk

  @Test func damageIsMended() {
    let mark = FileMark(size: 10, md5: a)
    let known = file(mark, md5: a)
    #expect(action(entry(mark), known: known, disk: nil) == .mend(.missing))
    #expect(action(entry(mark), known: known, disk: DiskState(size: 9, modified: 2)) == .mend(.changed))
    #expect(action(entry(mark), known: known, disk: DiskState(size: 10, modified: 2, md5: c)) == .mend(.changed))
    // Touched, but the same bytes.
    #expect(action(entry(mark), known: known, disk: DiskState(size: 10, modified: 2, md5: a)) == .present(.checksum))
    // Damaged and reprocessed: what is here is no version to keep.
    let new = entry(FileMark(size: 10, md5: b))
    #expect(
      action(new, known: known, disk: DiskState(size: 10, modified: 2, md5: c)) { $0.keepsVersions = true }
        == .mend(.changed))
  }

  @Test func damageIsMendedWithoutAListedMD5() {
    let mark = FileMark(size: 10, archiveFileID: 1)
    let known = file(mark, md5: a, certainty: .version)
    #expect(action(entry(mark), known: known, disk: DiskState(size: 10, modified: 1, md5: c)) == .mend(.changed))
    #expect(action(entry(mark), known: known, disk: DiskState(size: 10, modified: 2, md5: a)) == .present(.version))
  }

  @Test func onlyDoubtfulFilesAreRead() {
    let mark = FileMark(size: 10, md5: a)
    let known = file(mark, md5: a)
    #expect(paths(entry(mark), known: known, disk: DiskState(size: 10, modified: 2)) == [path])
    #expect(paths(entry(mark), known: known, disk: DiskState(size: 9, modified: 2)).isEmpty)
    #expect(paths(entry(mark), known: nil, disk: DiskState(size: 10, modified: 2)) == [path])
    #expect(paths(entry(mark), known: nil, disk: DiskState(size: 9, modified: 2)).isEmpty)
    #expect(paths(entry(mark), known: nil, disk: DiskState(size: -1, modified: 2)).isEmpty)
    // A file of the user's own.
    #expect(paths(nil, known: nil, disk: DiskState(size: 10, modified: 2), verifies: true).isEmpty)
  }

  @Test func whatAnotherDownloadHasLeftIsTakenOver() {
    let listed = entry(FileMark(size: 10, md5: a))
    #expect(action(listed, disk: DiskState(size: 10, modified: 1, md5: a)) == .adopt(.checksum))
    #expect(action(listed, disk: DiskState(size: 10, modified: 1, md5: c)) == .replace(keeping: nil))
    #expect(action(listed, disk: DiskState(size: 9, modified: 1)) == .replace(keeping: nil))
    #expect(
      action(entry(FileMark(size: 10)), disk: DiskState(size: 10, modified: 1, md5: c)) == .adopt(.size))
    #expect(action(entry(FileMark()), disk: DiskState(size: 10, modified: 1, md5: c)) == .adopt(.unknown))
  }

  @Test func whatIsNoFileOrCannotBeReadIsLeftAlone() {
    let mark = FileMark(size: 10, md5: a)
    var unreadable = DiskState(size: 10, modified: 2)
    unreadable.fault = "The file cannot be read."
    for disk in [DiskState(size: -1, modified: 1), unreadable] {
      guard case .refuse? = action(entry(mark), known: file(mark, md5: a), disk: disk) else {
        Issue.record("not refused: \(disk)")
        continue
      }
    }
  }

  // MARK: What the archive does not list

  @Test func withdrawnFilesAreToldAndRemovedOnlyOnRequestAndUnchanged() {
    let known = file(FileMark(size: 10, md5: a), md5: a)
    let whole = DiskState(size: 10, modified: 1)
    #expect(action(nil, known: known, disk: whole) == .gone(damage: nil))
    #expect(action(nil, known: known, disk: whole) { $0.deletesGone = true } == .delete)
    let changed = DiskState(size: 10, modified: 2, md5: c)
    #expect(action(nil, known: known, disk: changed) { $0.deletesGone = true } == .gone(damage: .changed))
    #expect(action(nil, known: known, disk: nil) == .forget)
    #expect(action(nil, known: known, disk: whole) { $0.isCatalogueComplete = false } == nil)
  }

  @Test func anEmptyCatalogueRemovesNothing() {
    var rules = MirrorPlan.Rules(now: 0)
    rules.deletesGone = true
    let known = file(FileMark(size: 10, md5: a), md5: a)
    let plan = MirrorPlan(
      known: [path: known], onDisk: [path: DiskState(size: 10, modified: 1)], catalogue: [], rules: rules)
    #expect(plan.steps.map(\.action) == [.gone(damage: nil)])
  }

  // MARK: Rights and places

  @Test func exclusiveFilesAreWithheldUntilTheirDay() {
    let mark = FileMark(size: 10, md5: a)
    let closed = entry(mark, rights: "EXCLUSIVE_ACCESS", release: 61_001)
    #expect(action(closed, disk: nil) == .withheld(until: 61_001))
    #expect(action(closed, disk: nil) { $0.asksForExclusive = true } == .fetch)
    #expect(action(closed, disk: nil) { $0.now = 61_002 } == .fetch)
    #expect(action(closed, known: file(mark, md5: a), disk: DiskState(size: 10, modified: 1)) == .present(.checksum))
    #expect(action(entry(mark, rights: "RESTRICTED", release: 1), disk: nil) == .withheld(until: 1))
  }

  @Test(arguments: ["../x.fits", "/etc/x.fits", "a/../../x.fits", ".webb-mirror.sqlite", "a/.hidden", "", "a//b"])
  func aPathThatLeavesTheDirectoryIsRefused(path: String) {
    let entry = MirrorEntry(name: "x.fits", path: path, uri: "u", mark: FileMark())
    let plan = MirrorPlan(known: [:], onDisk: [:], catalogue: [entry], rules: .init(now: 0))
    guard case .refuse? = plan.steps.first?.action else {
      Issue.record("\(path) was not refused")
      return
    }
  }

  @Test func twoFilesAtOnePlaceAreNotFetchedOverEachOther() {
    let first = MirrorEntry(name: "x.fits", path: "x.fits", uri: "u1", mark: FileMark())
    var second = first
    second.uri = "u2"
    let plan = MirrorPlan(known: [:], onDisk: [:], catalogue: [first, second, first], rules: .init(now: 0))
    #expect(plan.steps.count == 2)
    #expect(plan.steps.filter(\.needsTransfer).map(\.entry?.uri) == ["u1"])
  }

  private func paths(
    _ entry: MirrorEntry?, known: MirrorFile?, disk: DiskState, verifies: Bool = false
  ) -> [String] {
    var rules = MirrorPlan.Rules(now: 0)
    rules.verifies = verifies
    return MirrorPlan.pathsToRead(
      known: known.map { [path: $0] } ?? [:], onDisk: [path: disk], catalogue: [entry].compactMap(\.self),
      rules: rules)
  }
}
