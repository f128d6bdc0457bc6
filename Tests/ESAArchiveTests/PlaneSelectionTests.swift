@testable import ESAArchive
import TAP
import Testing

/// Which planes are chosen, and how their products are asked for.
@Suite struct PlaneSelectionTests {
  private let planes = [PlaneRow(id: "b", level: 1), PlaneRow(id: "c", level: 2), PlaneRow(id: "a", level: 2)]

  @Test func theHighestLevelComesFirst() throws {
    let selection = try PlaneSelection(observationID: "jw1", level: .all, planes: planes + planes)
    #expect(selection.topLevel == 2)
    #expect(selection.planeIDs == ["c", "a"])
    #expect(!selection.isComplete)
    #expect(try PlaneSelection(observationID: "jw1", level: .level(2), planes: planes).isComplete)
  }

  @Test func levelsAboveTheHighestAreRefused() throws {
    for level in [3, 4] {
      let error = #expect(throws: ESAArchiveError.self) {
        try PlaneSelection(observationID: "jw1", level: .level(level), planes: planes)
      }
      #expect(error?.kind == .levelTooHigh)
    }
    #expect(throws: Never.self) { try PlaneSelection(observationID: "jw1", level: .level(-1), planes: planes) }
  }

  @Test func noPlanesAreNoObservation() {
    let error = #expect(throws: ESAArchiveError.self) {
      try PlaneSelection(observationID: "jw1", level: .all, planes: [])
    }
    #expect(error?.kind == .notFound)
    #expect(error?.subject == "jw1")
  }

  @Test(arguments: [
    (ProductLevel.all, "ALL"), (.level(2), "SELECTED"), (.level(1), "LEVEL1ONLY"), (.level(3), "SELECTED"),
    (.level(0), "0"), (.level(-1), "-1"),
  ])
  func wordsForLevels(level: ProductLevel, word: String) throws {
    let planes = [PlaneRow(id: "a", level: 3)]
    #expect(try PlaneSelection(observationID: "jw1", level: level, planes: planes).levelWord == word)
  }

  @Test func aContributedObservationHasLevelFour() throws {
    let planes = [PlaneRow(id: "a", level: 4)]
    #expect(try PlaneSelection(observationID: "hlsp_x", level: .level(4), planes: planes).levelWord == "SELECTED")
    #expect(try PlaneSelection(observationID: "hlsp_x", level: .level(3), planes: planes).levelWord == "3")
  }

  @Test func statements() {
    #expect(
      ArchiveStatement.planes(of: "x' or '1'='1", layout: .main).text
        == "select distinct m.planeid, m.calibrationlevel from jwst.main m where m.observationid = 'x'' or ''1''=''1'")
    #expect(ArchiveStatement.planes(of: "a", layout: .archive).text.contains(" from jwst.archive m where "))
    #expect(
      ArchiveStatement.siblings(of: ["p1"], level: .all).text == """
        SELECT o.observationuri, p.planeid, p.calibrationlevel, sp.planeid as product_planeid, sp.calibrationlevel as \
        product_level FROM jwst.observation o JOIN jwst.plane p ON p.obsid=o.obsid JOIN jwst.plane sp ON \
        sp.obsid=o.obsid WHERE sp.calibrationlevel<=p.calibrationlevel AND p.planeid = 'p1'
        """)
    #expect(
      ArchiveStatement.siblings(of: ["p1", "p2"], level: .level(-1)).text.hasSuffix(
        "WHERE sp.calibrationlevel=-1 AND p.planeid IN ('p1', 'p2')"))
    #expect(
      ArchiveStatement.memberPlanes(of: ["p1"], level: .level(1)).text == """
        SELECT o.observationuri, p.planeid, p.calibrationlevel, mp.planeid as product_planeid, mp.calibrationlevel as \
        product_level FROM jwst.observation o JOIN jwst.plane p on o.obsid=p.obsid JOIN jwst.observationmember m on \
        o.obsid=m.parentid JOIN jwst.observation mo on m.memberid=mo.observationuri JOIN jwst.plane mp on \
        mo.obsid=mp.obsid WHERE mp.calibrationlevel=1 AND p.planeid = 'p1'
        """)
    #expect(ArchiveStatement.memberPlanes(of: ["p1"], level: .all).text.hasSuffix("WHERE p.planeid = 'p1'"))
    #expect(
      ArchiveStatement.products(of: ["p1", "p2"], type: .science).text == """
        select distinct a.uri, a.artifactid, a.filename, a.contenttype, a.producttype, p.calibrationlevel, p.public \
        FROM jwst.plane p JOIN jwst.artifact a ON (p.planeid=a.planeid) WHERE a.planeid IN ('p1', 'p2') \
        AND producttype ILIKE '%science%';
        """)
    #expect(
      ArchiveStatement.combinations(holding: "jw'1", layout: .main).text
        == "select * from jwst.main m where m.members like '%jw''1%'")
    #expect(
      ArchiveStatement.members(of: "jw1", layout: .main).text
        == "select m.members from jwst.main m where m.observationid='jw1'")
    #expect(
      ArchiveStatement.observations(ofProgramme: "6651").text
        == "SELECT observationid FROM jwst.archive WHERE proposal_id IN ('6651', '06651')")
  }

  @Test func membersAreSplit() {
    #expect(Members.identifiers(in: "caom:JWST/a caom:JWST/b  caom:JWST/a") == ["a", "b"])
    #expect(Members.identifiers(in: "") == [])
    #expect(Members.identifiers(in: "caom:HST/x") == ["caom:HST/x"])
  }
}
