import Holdings
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
    try store.importMASTRows(Observation.self, paths: [later, observations])
    let rows = try store.observations(matching: [Filter("proposal_id", values: ["1410"])])
    #expect(rows.map(\.obsid) == [7001])
    #expect(rows.first?.s_ra == 10.25)

    let products = try folder.write(
      "parent_obsid,dataURI,productFilename,size\n7001,mast:JWST/product/a.fits,a.fits,12\n", to: "p.csv")
    #expect(try store.importMASTRows(Product.self, paths: [products]).newCount == 1)
    #expect(try store.products(ofObservations: [7001]).map(\.size) == [12])
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
