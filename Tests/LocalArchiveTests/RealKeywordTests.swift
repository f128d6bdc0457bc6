import Holdings
import LocalArchive
import SkyGeometry
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The real rows of MAST's keyword services; needs the shared material.
@Suite(.enabled(if: shared != nil, "WEBB_SHARED is not set"), .serialized)
struct RealKeywordTests {
  @Test(arguments: [false, true])
  func allFilesInAnyOrderGiveTheSameArchive(reversed: Bool) throws {
    let source = try #require(shared) + "/realdata/mast_si_keywords"
    let names = try FileManager.default.contentsOfDirectory(atPath: source).filter { $0.hasSuffix(".csv.gz") }.sorted()
    #expect(names.count == 6)
    let paths = (reversed ? names.reversed() : names).map { source + "/" + $0 }
    let folder = ArchiveFolder()
    let store = try ArchiveStore.create(at: folder.path)
    let report = try store.importMASTKeywords(paths: paths, on: ModifiedJulianDate(rawValue: 61366))
    #expect(report.issues.isEmpty)
    #expect(report.newCount == 29749)
    #expect(report.historyCount == 8100)
    let statistics = try store.statistics()
    #expect(statistics.distinctFiles == 29749)
    #expect(statistics.observations == 24571)
    #expect(statistics.programs.count == 385)
    #expect(statistics.fileVersions == 33536)
    #expect(try store.find(in: .keywords(.nirspec)).count == 6151)

    // Once more, with the smallest of the full files.
    let again = try store.importMASTKeywords(
      paths: [source + "/niriss_full.csv.gz"], on: ModifiedJulianDate(rawValue: 61366))
    #expect(again.newCount == 0)
    #expect(again.knownCount == 1383)
    #expect(try store.statistics() == statistics)
  }
}

private let shared = ProcessInfo.processInfo.environment["WEBB_SHARED"]
