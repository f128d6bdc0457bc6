import SkyGeometry
import Testing

@testable import LocalArchive

@Suite struct CAOMIdentifierTests {
  /// The published test values of FNV-1a.
  @Test(arguments: [
    ("", "00000000-0000-0000-cbf2-9ce484222325"), ("a", "00000000-0000-0000-af63-dc4c8601ec8c"),
    ("foobar", "00000000-0000-0000-8594-4171f73967e8"),
  ])
  func keysAreHashesOfNames(text: String, key: String) { #expect(CAOMIdentifier.uuid(text) == key) }

  @Test func identifiersOfOthersAreNotOurs() {
    let ours = CAOMIdentifier.publisherID("jw01410020001_02101_00001_nrca1", level: 2)
    #expect(ours == "ivo://webb.archive/jwst?jw01410020001_02101_00001_nrca1/level2")
    #expect(CAOMIdentifier.planeURI(ofPublisherID: ours) == "caom:JWST/jw01410020001_02101_00001_nrca1/level2")
    #expect(CAOMIdentifier.planeURI(ofPublisherID: "ivo://mast.stsci/jwst?x/level2") == nil)
  }

  @Test func areas() throws {
    func area(_ text: String) throws -> Double {
      try SkyRegion(sRegion: text).shapes.reduce(0) { $0 + $1.sphericalArea }
    }
    let sphere = 129_600 / Double.pi
    #expect(abs(try area("POLYGON 0 0 90 0 0 90") - sphere / 8) < 1e-9)
    #expect(abs(try area("POLYGON 0 0 0 90 90 0") - sphere / 8) < 1e-9)
    #expect(abs(try area("CIRCLE 10 20 90") - sphere / 2) < 1e-9)
    #expect(abs(try area("POLYGON 359.99 -0.01 0.01 -0.01 0.01 0.01 359.99 0.01") - 0.0004) < 1e-10)
    #expect(abs(try area("CIRCLE 10 20 0.01") - Double.pi * 1e-4) < 1e-11)
  }
}
