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
}
