import Testing

@testable import Reports

@Suite struct ProgrammePageTests {
  /// A programme with the same text in every field that a server or a file fills.
  private func record(_ text: String) -> ProgrammeRecord {
    let region = "POLYGON ICRS 10 10 10.1 10 10.1 10.1"
    let files = ["1", "2"].map { number -> PageFile in
      var file = PageFile(name: text + number + ".jpg", path: text + number, observation: text + number)
      file.size = 10
      file.sizeOnDisk = number == "1" ? 10 : 11
      file.fileType = "_" + text
      file.level = 1
      file.obsnum = 3
      file.visit = text
      file.detector = text
      file.dataType = text
      file.summary = text
      file.instrument = text
      file.filters = text
      file.target = text
      file.start = text
      file.rights = text
      file.region = region
      file.keywords = ["FILTER": FITSValue(rawValue: "'\(text)'"), "TARG_RA": FITSValue(rawValue: text)]
      file.thumbnail = text + ".jpg"
      return file
    }
    var absent = PageFile(name: text, path: text + "3", observation: text + "3")
    absent.obsnum = 3
    return ProgrammeRecord(program: "01138", title: text, investigator: text, files: files + [absent])
  }

  /// The tags of a page with the names of their attributes: what a browser makes of it, without the values.
  private func skeleton(_ page: String) -> [String] {
    var tags: [String] = []
    var scalars = Array(page.unicodeScalars)[...]
    while let start = scalars.firstIndex(of: "<") {
      scalars = scalars[(start + 1)...]
      guard let first = scalars.first, first.properties.isAlphabetic || first == "/" || first == "!" else { continue }
      var tag = ""
      var quote: Unicode.Scalar?
      while let scalar = scalars.popFirst() {
        if let open = quote {
          if scalar == open { quote = nil }
        } else if scalar == ">" {
          break
        } else if scalar == "\"" || scalar == "'" {
          quote = scalar
          tag += "V"
        } else {
          tag.unicodeScalars.append(scalar)
        }
      }
      tags.append(tag)
      // In scripts and styles, only their own end is a tag.
      if tag == "script" || tag == "style",
        let end = scalars.indices.first(where: {
          scalars[$0] == "<" && scalars[$0...].dropFirst().first == "/" && scalars[$0...].dropFirst(2).first == first
        })
      {
        scalars = scalars[end...]
      }
    }
    return tags
  }

  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)", "</title></style></script><svg onload=alert(1)>", "--><b>", "]]><b>",
    "\"\u{301} onclick=alert(1) x=\"\u{301}", "<\u{338}img src=x onerror=alert(1)>", "javascript:alert(1)//",
    "a\0<b>", "{{{title}}}<b>", "&lt;b&gt;<b>", "\u{202E}<b>\u{2066}", "\\\"><b>", "`><b>",
  ]

  /// However hostile the text in all the fields, a page has the tags and attributes that it has with harmless text.
  @Test(arguments: hostile)
  func textIsNeverMarkup(text: String) {
    let options = WebPageOptions()
    let harmless = ProgrammePage(record: record("text"), options: options, date: Samples.date).html
    let page = ProgrammePage(record: record(text), options: options, date: Samples.date).html
    #expect(skeleton(page) == skeleton(harmless))
    let top = TopPage(records: [record(text)], date: Samples.date).html
    #expect(skeleton(top) == skeleton(TopPage(records: [record("text")], date: Samples.date).html))
    // No link leads elsewhere or runs anything.
    for link in (page + top).matches(of: /(?:href|src)="([^"]*)"/).map({ String($0.1) }) {
      #expect(["./", "../index.html", "#obs3", "data:,"].contains { link.hasPrefix($0) }, "\(link)")
    }
  }

  /// The test above would be worthless with a skeleton that does not see markup.
  @Test func skeletonSeesMarkup() {
    #expect(skeleton("<p title=\"a\">x</p>") == ["p title=V", "/p"])
    #expect(skeleton("<p title=\"a\" onclick=\"b\">x</p>") == ["p title=V onclick=V", "/p"])
    #expect(skeleton("<p>1 < 2</p>") == ["p", "/p"])
    #expect(skeleton("<script>a<b></script><b>") == ["script", "/script", "b"])
  }

  @Test func sectionsRowsAndLinks() throws {
    var raw = Samples.file("jw01138004001_02101_00001_nrca1_uncal.fits", obsnum: 4)
    raw.sizeOnDisk = 2880
    raw.path = "obsnum04/" + raw.name
    raw.keywords = ["FILTER": FITSValue(rawValue: "'F200W  '"), "PUPIL": FITSValue.absent]
    var picture = Samples.file("jw01138004001_02101_00001_nrca1_uncal.jpg", obsnum: 4)
    picture.sizeOnDisk = 17
    let absent = Samples.file("jw01138004001_02101_00001_nrca1_rate.fits", obsnum: 4, level: 2)
    let combined = Samples.file("jw01138-o007_t001_nircam_clear-f200w_i2d.fits", obsnum: 7, level: 3)
    let record = ProgrammeRecord(program: "01138", title: "A title", files: [combined, raw, picture, absent])
    let page = ProgrammePage(record: record, date: Samples.date).html
    #expect(page.contains("<h1><span>Programme 1138</span> A title</h1>"))
    #expect(page.matches(of: /<section id="(obs\d+)">/).map { String($0.1) } == ["obs4", "obs7"])
    // Files of one observation stand in one row.
    #expect(page.matches(of: /<tr data-types/).count == 2)
    #expect(page.contains("data-types=\"uncal.fits uncal.jpg rate.fits\""))
    #expect(page.contains(">F200W</td>"))
    #expect(page.contains("data-sort>FILTER</th>"))
    #expect(!page.contains("PUPIL"))
    #expect(page.contains("<a href=\"./obsnum04/\(raw.name)\" title=\"\(raw.name), 2.9 kB\">uncal.fits</a>"))
    #expect(page.contains("17 B on disk, 2.9 kB in the archive: fetch it again"))
    #expect(page.contains("<span title=\"\(absent.name), 2.9 kB, not on disk\">rate.fits</span>"))
    #expect(page.contains("<option>i2d.fits</option>"))
  }

  /// A page of 20,000 files, as the largest programmes have them.
  @Test func manyFiles() {
    let files = (0..<20_000).map { number -> PageFile in
      let exposure = number / 4
      let type = ["uncal.fits", "rate.fits", "cal.fits", "cal.jpg"][number % 4]
      var file = Samples.file(
        "jw01138\(exposure / 100)_\(exposure)_nrca1_\(type)", obsnum: exposure / 100, level: number % 4)
      file.region = "POLYGON ICRS 10 10 10.1 10 10.1 1\(exposure % 9).1"
      file.sizeOnDisk = 2880
      file.keywords = ["FILTER": FITSValue(rawValue: "'F200W'"), "TARG_RA": FITSValue(rawValue: "80.4957")]
      return file
    }
    let page = ProgrammePage(record: ProgrammeRecord(program: "01138", files: files), date: Samples.date).html
    #expect(page.matches(of: /<tr data-types/).count == 5000)
    #expect(page.matches(of: /<section id/).count == 50)
  }

  @Test func picturesAsAskedFor() {
    let names = ["a_uncal.jpg", "a_rate.jpg", "b_i2d.jpg", "a_thumb.jpg"]
    let files = names.map { name -> PageFile in
      var file = Samples.file(name, level: name == "b_i2d.jpg" ? 3 : 1)
      file.sizeOnDisk = 1
      return file
    }
    var options = WebPageOptions()
    func shown() -> [String] {
      let page = ProgrammePage(
        record: ProgrammeRecord(program: "00001", files: files), options: options, date: Samples.date)
      return page.html.matches(of: /<img src="([^"]*)"/).map { String($0.1) }
    }
    #expect(Set(shown()) == ["./a_uncal.jpg", "./a_rate.jpg", "./b_i2d.jpg"])
    options.pictureTypes = ["rate"]
    options.figureWidth = 77
    // The choice is one of levels 1 and 2.
    #expect(Set(shown()) == ["./a_rate.jpg", "./b_i2d.jpg"])
    let page = ProgrammePage(
      record: ProgrammeRecord(program: "00001", files: files), options: options, date: Samples.date)
    #expect(page.html.contains(" loading=\"lazy\" width=\"77\">"))
  }
}
