import Holdings
import LocalArchive
import SkyGeometry
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct ArchiveStoreTests {
  private let folder = ArchiveFolder()

  private func observation(_ id: Int64, _ name: String, _ change: (inout Observation) -> Void = { _ in }) -> Observation
  {
    var row = Observation()
    row.obsid = id
    row.obs_id = name
    change(&row)
    return row
  }

  private func product(_ name: String, parent: Int64) -> Product {
    var row = Product()
    row.parent_obsid = parent
    row.obsID = parent
    row.productFilename = name
    row.dataURI = "mast:JWST/product/" + name
    return row
  }

  @Test func foldersWithoutArchiveAreNotOpened() {
    let error = #expect(throws: LocalArchiveError.self) { try ArchiveStore.open(at: folder.path) }
    #expect(error?.kind == .notFound)
  }

  @Test func rowsComeBackInTheOrderTheyArrived() throws {
    let store = try ArchiveStore.create(at: folder.path)
    let rows = [observation(30, "c"), observation(10, "a"), observation(20, "b")]
    let products = [product("y", parent: 10), product("x", parent: 30), product("y", parent: 30)]
    try store.add(observations: rows, products: products)
    try store.add(observations: rows, products: products)
    #expect(try store.observations() == rows)
    #expect(try store.products(ofObservations: [30, 10]).map(\.productFilename) == ["x", "y", "y"])
    #expect(try store.products(ofObservations: [10, 30]).map(\.parent_obsid) == [10, 30, 30])
    try store.close()
    #expect(try ArchiveStore.open(at: folder.path).observations() == rows)
  }

  @Test func theArchivesNumberReplacesOurOwn() throws {
    let store = try ArchiveStore.create(at: folder.path)
    var row = observation(0, "a")
    row.obsid = nil
    try store.add(observations: [row])
    let own = try #require(try store.observations().first?.obsid)
    try store.add(products: [product("x", parent: own)])
    try store.add(observations: [observation(77, "a")])
    #expect(try store.observations().map(\.obsid) == [77])
    #expect(try store.products(ofObservations: [77]).map(\.obsID) == [77])
  }

  @Test(arguments: [
    (Filter("proposal_id", values: ["01410"]), ["a"]),
    (Filter("PROPOSAL_ID", values: ["1410", "15000"]), ["a", "c"]),
    (Filter("target_name", values: ["ngc 3132"]), ["a"]),
    (Filter("instrument_name", pattern: "nircam%"), ["a", "b"]),
    (Filter("instrument_name", values: ["FGS"], pattern: "*/WFSS"), ["b", "c"]),
    (Filter("instrument_name", pattern: "NIRCAM_IMAGE"), []),
    (Filter("filters", values: ["grismr"], separator: ";"), ["b"]),
    (Filter("filters", values: ["F444"], separator: ";"), []),
    (Filter("target_classification", values: ["Planetary nebulae"], separator: ";"), ["a"]),
    (Filter("t_min", ranges: [Filter.Range(min: 59000, max: nil)]), ["a", "b"]),
    (Filter("t_min", ranges: [Filter.Range(min: nil, max: nil)]), ["a", "b"]),
    (Filter("t_min", ranges: [Filter.Range(min: 1, max: 2), Filter.Range(min: 59200, max: 59200)]), ["b"]),
    (Filter("obsid", values: ["10"]), ["a"]),
    (Filter("calib_level", values: ["-1", "3"]), ["a", "c"]),
    (Filter("mtFlag", values: ["true"]), ["c"]),
    (Filter("target_name", values: [""]), []),
    (Filter("target_name"), []),
  ])
  func filtersSelect(filter: Filter, names: [String]) throws {
    let store = try ArchiveStore.create(at: folder.path)
    try store.add(observations: [
      observation(10, "a") {
        $0.proposal_id = "1410"
        $0.target_name = "NGC 3132"
        $0.instrument_name = "NIRCAM/IMAGE"
        $0.filters = "F200W"
        $0.target_classification = "ISM; Planetary nebulae"
        $0.t_min = 59100
        $0.calib_level = 3
      },
      observation(20, "b") {
        $0.proposal_id = "2731"
        $0.instrument_name = "NIRCAM/WFSS"
        $0.filters = "F444W;GRISMR"
        $0.t_min = 59200
        $0.calib_level = 2
      },
      observation(30, "c") {
        $0.proposal_id = "15000"
        $0.instrument_name = "FGS"
        $0.calib_level = -1
        $0.mtFlag = true
      },
    ])
    #expect(try store.observations(matching: [filter]).map(\.obs_id) == names)
  }

  @Test func filtersThatMakeNoSenseAreErrors() throws {
    let store = try ArchiveStore.create(at: folder.path)
    func kind(_ filter: Filter) -> LocalArchiveError.Kind? {
      #expect(throws: LocalArchiveError.self) { try store.observations(matching: [filter]) }?.kind
    }
    #expect(kind(Filter("wavelength\"; DROP TABLE files; --", values: ["1"])) == .unknownColumn)
    #expect(kind(Filter("t_min", values: ["yesterday"])) == .unsuitableValue)
    #expect(kind(Filter("target_name", values: Array(repeating: "x", count: 10_001))) == .unsuitableValue)
    #expect(kind(Filter("target_name", pattern: "%a%a%a%a%a%a%a%a%")) == .unsuitableValue)
    #expect(kind(Filter("target_name", ranges: [Filter.Range(min: 0, max: 1)])) == .unsuitableValue)
  }

  /// The largest filters that pass the check have to pass SQLite as well.
  @Test(arguments: [
    Filter("target_name", values: Array(repeating: "x", count: 10_000)),
    Filter("filters", values: Array(repeating: "x", count: 500), separator: ";"),
    Filter("t_min", ranges: Array(repeating: Filter.Range(min: 0, max: 1), count: 400)),
    Filter("target_name", pattern: "%a%a%a%a%a%a%a%"),
  ])
  func theLargestFiltersWork(filter: Filter) throws {
    let store = try ArchiveStore.create(at: folder.path)
    #expect(try store.observations(matching: [filter]).isEmpty)
    #expect(try store.observations(matching: Array(repeating: Filter("obsid", values: ["1"]), count: 200)).isEmpty)
  }

  /// Footprints of many sizes, at the poles and across zero: the index must find what a look at every footprint finds.
  @Test func conesFindEveryFootprintTheyTouch() throws {
    let store = try ArchiveStore.create(at: folder.path)
    var rows: [Observation] = []
    var seed: UInt64 = 1
    func random() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 11) / Double(1 << 53)
    }
    for number in 0..<600 {
      let ra = number % 3 == 0 ? random() * 4 - 2 : random() * 360
      let dec = number % 5 == 0 ? 90 - random() * 2 : random() * 178 - 89
      let radius = [0.01, 0.03, 0.3, 4][number % 4] * (0.5 + random())
      rows.append(
        observation(Int64(number + 1), "o\(number)") {
          $0.s_ra = ra < 0 ? ra + 360 : ra
          $0.s_dec = dec
          if number % 7 > 0 { $0.s_region = "CIRCLE \($0.s_ra!) \(dec) \(radius)" }
        })
    }
    try store.add(observations: rows)
    for number in 0..<60 {
      let center = SkyPosition(
        ra: number % 2 == 0 ? random() * 0.5 : random() * 360, dec: number % 3 == 0 ? 89.5 : random() * 180 - 90)
      let circle = SkyCircle(center: center, radius: [0.001, 0.2, 3, 30][number % 4])
      let expected = rows.filter { row in
        guard let text = row.s_region, let region = try? SkyRegion(sRegion: text) else {
          return circle.contains(SkyPosition(ra: row.s_ra!, dec: row.s_dec!))
        }
        return region.intersects(circle)
      }
      #expect(try store.observations(touching: circle).map(\.obs_id) == expected.map(\.obs_id))
    }
  }

  @Test func keywordRowsAddUp() throws {
    let store = try ArchiveStore.create(at: folder.path)
    let name = "jw01410020001_02101_00001_nrca1_rate.fits"
    func row(_ version: Int64, _ cells: [String: Cell]) -> KeywordRow {
      KeywordRow(
        service: .nircam, cells: cells.merging(["filename": .text(name), "ArchiveFileID": .integer(version)]) { $1 })
    }
    try store.add(keywordRows: [row(2, ["filter": .text("F200W"), "publicReleaseDate": .text("/Date(5)/")])])
    try store.add(keywordRows: [row(2, ["pupil": .text("CLEAR")]), row(1, ["pupil": .text("FLAT")])])
    let kept = try #require(
      try store.keywordRows(of: .nircam, columns: ["pupil", "filter", "publicReleaseDate"]).first)
    #expect(kept.cells == ["pupil": .text("CLEAR"), "filter": .text("F200W"), "publicReleaseDate": .integer(5)])
    try store.add(keywordRows: [row(3, ["pupil": .text("F162M")])])
    #expect(try store.keywordRows(of: .nircam).map { $0.cells["filter"] } == [nil])
  }

  @Test(arguments: ["../tokens.json", "/etc/passwd", "a/../../b", "", "a//b", "."])
  func filesStayInsideTheArchive(path: String) throws {
    let store = try ArchiveStore.create(at: folder.path)
    let file = StoredFile(name: "x", relativePath: path, size: 1, md5: nil)
    let error = #expect(throws: LocalArchiveError.self) { try store.add(files: [file]) }
    #expect(error?.kind == .invalidRow)
    #expect(store.path(of: file) == nil)
  }

  @Test func filesAreFoundByURIWithTheStrictestRight() throws {
    let store = try ArchiveStore.create(at: folder.path)
    var held = product("x.fits", parent: 2)
    held.dataRights = "EXCLUSIVE_ACCESS"
    var open = product("x.fits", parent: 1)
    open.dataRights = "PUBLIC"
    try store.add(
      products: [open, held], files: [StoredFile(name: "x.fits", relativePath: "a/x.fits", size: 3, md5: "abc")])
    let entry = try #require(try store.file(uri: "mast:JWST/product/x.fits"))
    #expect(entry.isExclusive)
    #expect(entry.file?.relativePath == "a/x.fits")
    #expect(try store.file(uri: "mast:JWST/product/y.fits") == nil)
    #expect(try store.statistics().storedBytes == 3)
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private static let databaseFiles = ["/webb.sqlite", "/webb.sqlite-wal", "/webb.sqlite-shm"]

  @Test func aNewArchiveIsForItsOwnerOnly() throws {
    let path = folder.path + "/new/archive"
    let store = try ArchiveStore.create(at: path)
    #expect(try permissions(path) == 0o700)
    #expect(try Self.databaseFiles.map { try permissions(path + $0) } == [0o600, 0o600, 0o600])
    try store.close()
  }

  /// Archives of old are tightened when there is something to keep from others; folders that somebody else made stay as they are.
  @Test(arguments: [false, true]) func anOldArchiveIsForItsOwnerOnceItHasUsers(reopened: Bool) throws {
    let path = folder.path + "/old"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    var store = try ArchiveStore.create(at: path)
    #expect(try permissions(path) == 0o755)
    func loosen() throws {
      for file in Self.databaseFiles where FileManager.default.fileExists(atPath: path + file) {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path + file)
      }
    }
    try loosen()
    try store.close()
    store = try ArchiveStore.open(at: path)
    #expect(try permissions(path + "/webb.sqlite") == 0o644)
    try store.add(ArchiveUser(name: "jdoe"), password: "correct horse", salt: [UInt8](1...16))
    if reopened {
      try loosen()
      try store.close()
      store = try ArchiveStore.open(at: path)
    }
    #expect(try Self.databaseFiles.map { try permissions(path + $0) } == [0o600, 0o600, 0o600])
  }

  @Test func tokensAreKeptForTheOwnerOnly() throws {
    let store = try ArchiveStore.create(at: folder.path)
    #expect(try store.accessTokens().holder(of: "secret") == nil)
    try store.setAccessTokens(["secret": AccessHolder(ezid: "pi", display_name: "Pia", programs: [3730])])
    let tokens = try store.accessTokens()
    #expect(tokens.holder(of: "secret")?.programs == [3730])
    #expect(!"\(tokens)".contains("secret"))
    #expect(!String(reflecting: tokens).contains("secret"))
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/tokens.json")
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
  }
}
