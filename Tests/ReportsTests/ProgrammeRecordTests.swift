import Testing

@testable import Reports

@Suite struct ProgrammeRecordTests {
  @Test func laterSelectionsAddAndTakeNothingAway() {
    var known = Samples.file("jw01138004001_02101_00001_nrca1_uncal.fits")
    known.keywords = ["FILTER": FITSValue(rawValue: "'F200W'")]
    known.thumbnail = "a.TN.jpg"
    var record = ProgrammeRecord(program: "01138", title: "A title", investigator: "PI", files: [known])
    var again = Samples.file(known.name)
    again.size = 5
    let other = Samples.file("jw01138007001_02101_00001_nrca1_rate.fits", obsnum: 7, level: 2)
    record.merge(ProgrammeRecord(program: "01138", files: [other, again]))
    #expect(record.files.map(\.name) == [known.name, other.name])
    #expect(record.title == "A title")
    #expect(record.investigator == "PI")
    #expect(record.files[0].size == 5)
    #expect(record.files[0].keywords == known.keywords)
    #expect(record.files[0].thumbnail == "a.TN.jpg")
    record.merge(ProgrammeRecord(program: "01138", title: "Another"))
    #expect(record.files.count == 2)
    #expect(record.title == "Another")
  }

  @Test func whatIsKnownIsNotReplacedByAName() {
    var known = Samples.file("jw01138004001_02101_00001_nrca1_uncal.fits")
    known.target = "LMC"
    var record = ProgrammeRecord(program: "01138", files: [known])
    record.complete(with: [Samples.file(known.name), Samples.file("jw01138004001_02101_00001_nrca2_uncal.fits")])
    #expect(record.files.map(\.target) == ["LMC", nil])
  }

  @Test func filesAreOrdered() {
    let files = [
      Samples.file("c_cal.fits", obsnum: nil, level: 3), Samples.file("b_rate.fits", obsnum: 2, level: 2),
      Samples.file("b_uncal.fits", obsnum: 2), Samples.file("a_uncal.fits", obsnum: 10),
    ]
    for order in [files, files.reversed()] {
      #expect(
        ProgrammeRecord(program: "01138", files: order).files.map(\.name)
          == ["b_uncal.fits", "b_rate.fits", "a_uncal.fits", "c_cal.fits"])
    }
  }

  @Test(arguments: [
    ("a.fits", true), ("obsnum01/jpg/a.jpg", true), ("../a.fits", true), ("../../a.fits", false),
    ("/etc/passwd", false),
    ("a/../b", false), ("", false), ("..", false), ("a//b", false), ("./a", false), ("a/.", false), ("a\0b", false),
  ])
  func pathsStayInTheTree(path: String, isSafe: Bool) {
    #expect(PageFile(name: "a", path: path, observation: "a").hasSafePath == isSafe)
  }

  @Test func sizesThatDiffer() {
    var file = Samples.file("a_uncal.fits")
    #expect(!file.isPresent && !file.hasOtherSize)
    file.sizeOnDisk = 2880
    #expect(file.isPresent && !file.hasOtherSize)
    file.sizeOnDisk = 17
    #expect(file.isPresent && file.hasOtherSize)
    file.size = nil
    #expect(!file.hasOtherSize)
  }
}
