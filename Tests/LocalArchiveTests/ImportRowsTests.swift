import Holdings
import SkyGeometry
import Testing

@testable import LocalArchive

/// Rows of MAST's catalogue from CSV files.
@Suite struct ImportRowsTests {
  private let folder: ArchiveFolder
  private let store: ArchiveStore

  init() throws {
    folder = ArchiveFolder()
    store = try ArchiveStore.create(at: folder.path + "/archive")
  }

  @Test func observationsAndProductsComeInAndAreBroughtUpToDate() throws {
    let observations = try folder.write(
      """
      s_dec,obs_id,s_ra,proposal_id,unknown,obsid,dataRights
      -7.5,jw01410001001_02101_00001_nrca1,10.25,1410,x,7001,PUBLIC
      ,,,,,,
      1,jw2,2
      """, to: "o.csv")
    let report = try store.importMASTRows(Observation.self, paths: [observations])
    #expect(report.rowCount == 3)
    #expect(report.newCount == 1)
    #expect(report.issues.map(\.line) == [3, 4])
    let later = try folder.write("obs_id,target_name\njw01410001001_02101_00001_nrca1,M 1\n", to: "later.csv")
    try store.importMASTRows(Observation.self, paths: [later])
    let rows = try store.observations(matching: [Filter("proposal_id", values: ["1410"])])
    #expect(rows.map(\.obsid) == [7001])
    #expect(rows.first?.s_ra == 10.25)
    #expect(rows.first?.target_name == "M 1")
    #expect(rows.first?.dataRights == "PUBLIC")
    // What a column has no value for any more goes.
    let emptied = try folder.write("obs_id,target_name\njw01410001001_02101_00001_nrca1,\n", to: "emptied.csv")
    try store.importMASTRows(Observation.self, paths: [emptied])
    #expect(try store.observations().map(\.target_name) == [nil])

    let products = try folder.write(
      "parent_obsid,dataURI,productFilename,size\n7001,mast:JWST/product/a.fits,a.fits,12\n", to: "p.csv")
    #expect(try store.importMASTRows(Product.self, paths: [products]).newCount == 1)
    #expect(try store.products(ofObservations: [7001]).map(\.size) == [12])
  }

  private static let name = "jw01410020001_02101_00001_nrca1"
  private static let uri = "mast:JWST/product/\(name)_cal.fits"

  /// An exclusive observation with an exclusive file.
  private func addExclusive() throws {
    var observation = Observation()
    observation.obsid = 7001
    observation.obs_id = Self.name
    observation.proposal_id = "1410"
    observation.dataRights = "EXCLUSIVE_ACCESS"
    var product = Product()
    product.obsID = 7001
    product.parent_obsid = 7001
    product.dataURI = Self.uri
    product.productFilename = Self.name + "_cal.fits"
    product.dataRights = "EXCLUSIVE_ACCESS"
    product.size = 12
    try store.add(observations: [observation], products: [product])
  }

  /// Neither a missing column nor an empty one makes a file public.
  @Test(arguments: [
    "dataURI,parent_obsid,productFilename\n\(uri),7001,\(name)_cal.fits",
    "dataURI,parent_obsid,dataRights\n\(uri),7001,", "dataURI,parent_obsid\n\(uri),7002",
  ])
  func rightsOutliveRowsThatAreSilentAboutThem(text: String) throws {
    try addExclusive()
    try store.importMASTRows(Product.self, paths: [try folder.write(text + "\n", to: "p.csv")])
    let entry = try #require(try store.file(uri: Self.uri))
    #expect(entry.isExclusive)
    #expect(entry.rights.areMet(by: [1410]))
    #expect(try store.artifact(identifiedBy: Self.uri)?.isExclusive == true)
    #expect(try store.products(ofObservations: [7001]).map(\.size) == [12])
    let open = "obs_id,s_ra\n\(Self.name),1\n"
    try store.importMASTRows(Observation.self, paths: [try folder.write(open, to: "o.csv")])
    #expect(try store.observations().map(\.dataRights) == ["EXCLUSIVE_ACCESS"])
  }

  @Test func aProductThatIsSilentHasTheRightsOfItsObservation() throws {
    try addExclusive()
    let uri = "mast:JWST/product/\(Self.name)_rate.fits"
    let text = "dataURI,parent_obsid\n\(uri),7001\n"
    try store.importMASTRows(Product.self, paths: [try folder.write(text, to: "p.csv")])
    #expect(try store.file(uri: uri)?.isExclusive == true)
    let said = "dataURI,parent_obsid,dataRights\n\(uri),7001,PUBLIC\n"
    try store.importMASTRows(Product.self, paths: [try folder.write(said, to: "p.csv")])
    #expect(try store.file(uri: uri)?.isExclusive == false)
  }

  /// The archive holds one file of a name, under whatever address it is listed.
  @Test func aFileIsHeldBackUnderAllItsAddresses() throws {
    try addExclusive()
    let other = "mast:HLSP/x/\(Self.name)_cal.fits"
    let texts = [
      (Observation.self as any CatalogueRow.Type, "obs_id,obsid,proposal_id,dataRights\nhlsp_x,7002,777,PUBLIC\n"),
      (Product.self, "dataURI,parent_obsid,obsID,dataRights\n\(other),7002,7002,PUBLIC\n"),
    ]
    for (type, text) in texts { try store.importMASTRows(type, paths: [try folder.write(text, to: "r.csv")]) }
    let artifact = try #require(try store.artifact(identifiedBy: other))
    for rights in [try #require(try store.file(uri: other)).rights, artifact.rights] {
      #expect(rights == FileRights("1410"))
      // The right to the programme that lists it openly opens nothing.
      #expect(!rights.areMet(by: [777]))
      #expect(rights.areMet(by: [777, 1410]))
    }
  }

  @Test func whoHoldsBackWithoutAProgrammeOpensToNobody() {
    #expect(FileRights(nil).areMet(by: []))
    #expect(!FileRights("").areMet(by: [1410]))
    #expect(!FileRights("1410,777").areMet(by: [1410]))
  }

  /// Keywords first, products under MAST's number next, observations last.
  @Test func observationsComeAfterKeywordsAndProducts() throws {
    let keywords =
      "instrume,filename,program,publicReleaseDate_mjd\nNIRCAM,\(Self.name)_cal.fits,1410,70000\n"
      + "NIRCAM,\(Self.name)_rate.fits,1410,70000\n"
    try store.importMASTKeywords(
      paths: [try folder.write(keywords, to: "k.csv")], on: ModifiedJulianDate(rawValue: 61000))
    let products = "dataURI,parent_obsid,obsID,productFilename\n\(Self.uri),87600000,87600000,\(Self.name)_cal.fits\n"
    try store.importMASTRows(Product.self, paths: [try folder.write(products, to: "p.csv")])
    let observations = "obs_id,obsid,proposal_id\n\(Self.name),87600000,1410\n"
    try store.importMASTRows(Observation.self, paths: [try folder.write(observations, to: "o.csv")])
    #expect(try store.observations().map(\.obsid) == [87_600_000])
    let rows = try store.products(ofObservations: [87_600_000])
    #expect(rows.compactMap(\.productFilename).sorted() == ["\(Self.name)_cal.fits", "\(Self.name)_rate.fits"])
    #expect(rows.allSatisfy { $0.obsID == 87_600_000 && $0.dataRights == "EXCLUSIVE_ACCESS" })
    #expect(try store.int("SELECT count(*) FROM products") == 2)
  }

  private func cone(_ ra: Double, _ dec: Double) throws -> [String?] {
    let circle = SkyCircle(center: SkyPosition(ra: ra, dec: dec), radius: 0.001)
    return try store.observations(touching: circle).map(\.obs_id)
  }

  /// The index is that of the row as it is kept.
  @Test func theIndexOfFootprintsFollowsTheStoredRow() throws {
    let whole = "obs_id,s_ra,s_dec,s_region\n\(Self.name),10,20,POLYGON 9 19 11 19 11 21 9 21\n"
    try store.importMASTRows(Observation.self, paths: [try folder.write(whole, to: "o.csv")])
    #expect(try cone(9.1, 19.1) == [Self.name])
    let keywords = "instrume,filename,targ_ra,targ_dec\nNIRCAM,\(Self.name)_cal.fits,10,20\n"
    try store.importMASTKeywords(
      paths: [try folder.write(keywords, to: "k.csv")], on: ModifiedJulianDate(rawValue: 61000))
    #expect(try cone(9.1, 19.1) == [Self.name])
    let empty = "obs_id,s_ra,s_dec,s_region\n\(Self.name),,,\n"
    try store.importMASTRows(Observation.self, paths: [try folder.write(empty, to: "o.csv")])
    #expect(try store.int("SELECT count(*) FROM footprints") == 0)
    #expect(try cone(10, 20).isEmpty)
  }

  /// A plan that says fewer columns is news only where it says something else.
  @Test func plansThatSayTheSameAreNoNews() throws {
    let days = [61000, 61001, 61002].map { ModifiedJulianDate(rawValue: $0) }
    let texts = [
      "calib_level,dataRights,target_name\n-1,PUBLIC,M 1", "calib_level,dataRights\n-1,", "target_name\nM 2",
    ]
    var known: [String?] = []
    for (text, day) in zip(texts, days) {
      let lines = text.split(separator: "\n")
      let path = try folder.write("obs_id,\(lines[0])\nplanned-1,\(lines[1])\n", to: "o.csv")
      try store.importMASTRows(Observation.self, paths: [path], on: day)
      known += try store.texts("SELECT CAST(planned_on AS INTEGER) FROM observations")
    }
    #expect(known == ["61000", "61000", "61002"])
  }

  @Test func otherFilesAreRefused() throws {
    let path = try folder.write("a,b\n1,2\n", to: "x.csv")
    let error = #expect(throws: LocalArchiveError.self) {
      try store.importMASTRows(Observation.self, paths: [path])
    }
    #expect(error?.kind == .unreadableImport)
    #expect(error?.message.contains("obs_id") == true)
  }
}
