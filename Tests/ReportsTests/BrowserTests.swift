import Foundation
import Pictures
import TestSupport
import Testing

@testable import Reports

/// What the pages do in a browser. Skipped where no Chromium is installed; `scripts/setup --tests` installs it.
@Suite(.serialized, .enabled(if: Browser.program != nil, "Chromium is not installed"))
struct BrowserTests {
  private let scratch: ScratchFolder

  /// A tree of two programmes with data, pictures, missing files and hostile names.
  init() throws {
    scratch = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: scratch.file("01138"), withIntermediateDirectories: true)
    let picture = RGBImage(width: 60, height: 40, samples: [UInt8](repeating: 99, count: 7200))
    let hostile = "a \"><img src=x onerror=alert(1)>&#?%<b>'_rate.jpg"
    var files: [PageFile] = []
    for (index, exposure) in [3.5, -2, 100, 21].enumerated() {
      var file = Samples.file("x\(index)_uncal.fits", obsnum: index < 3 ? 1 : 2)
      file.exposureTime = exposure
      file.target = "</title><script>document.title = 'run'</script>"
      file.region = "POLYGON ICRS 10 10 10.\(index + 1) 10 10.1 10.1"
      files.append(file)
      try scratch.write("01138/" + file.name, Samples.fits(filter: "F\(index)W").bytes)
    }
    var picture1 = Samples.file(hostile, level: 2, observation: "x0")
    picture1.fileType = "_rate.jpg"
    try scratch.write("01138/" + hostile, JPEG.encode(picture))
    let absent = Samples.file("x1_cal.fits", level: 2)
    files += [picture1, absent]
    let pages = PageFolder(root: scratch.path, date: Samples.date)
    _ = try pages.add(ProgrammeRecord(program: "01138", title: "<i>Title</i>", files: files))
    _ = try pages.add(ProgrammeRecord(program: "00743", title: "Other", files: []))
    _ = try pages.writeTopPage()
  }

  /// Loads a copy of a page that runs a script after its own, and reads what the script returns. The copy goes without the
  /// page's policy, which would not let the script run.
  private func run<Answer: Decodable>(_ page: String, _ script: String) throws -> (Answer, Browser.Result) {
    var text = String(decoding: try #require(scratch.bytes(page)), as: UTF8.self)
    let policy = try #require(text.range(of: "<meta http-equiv=\"Content-Security-Policy\""))
    let end = try #require(text[policy.lowerBound...].range(of: ">"))
    text.removeSubrange(policy.lowerBound..<end.upperBound)
    let probe = """
      <script>
      window.failures = [];
      window.addEventListener('error', event => failures.push(String(event.message)), true);
      </script>
      """
    text = text.replacingOccurrences(
      of: "</title>", with: "</title>" + probe, options: [], range: text.range(of: "</title>"))
    let ending = """
      <script>
      for (const image of document.images) image.loading = 'eager';
      addEventListener('load', () => {
        const answer = (() => { \(script) })();
        const result = document.createElement('pre');
        result.id = 'answer';
        result.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(answer))));
        document.body.append(result);
      });
      </script></body>
      """
    text = text.replacingOccurrences(of: "</body>", with: ending)
    let copy = (page as NSString).deletingLastPathComponent + "/copy.html"
    try scratch.write(copy, Array(text.utf8))
    let result = try Browser.load(scratch.file(copy))
    let match = try #require(result.document.firstMatch(of: /<pre id="answer">([A-Za-z0-9+\/=]*)<\/pre>/), "no answer")
    let data = try #require(Data(base64Encoded: String(match.1)))
    return (try JSONDecoder().decode(Answer.self, from: data), result)
  }

  private static let column = """
    const column = (section, heading) => {
      const table = document.querySelector(section + ' table');
      const head = Array.from(table.tHead.rows[0].cells).find(cell => cell.textContent === heading);
      return { head, values: () => Array.from(table.tBodies[0].rows, row => row.cells[head.cellIndex].textContent) };
    };
    """

  @Test func sorting() throws {
    struct Answer: Decodable {
      var before, rising, falling, byName: [String]
      var marks: [String?]
    }
    let (answer, _): (Answer, _) = try run(
      "01138/index.html",
      Self.column + """
          const { head, values } = column('#obs1', 'Exposure (s)');
          const before = values();
          head.querySelector('button').click();
          const rising = values(), marks = [head.getAttribute('aria-sort')];
          head.querySelector('button').click();
          const falling = values();
          marks.push(head.getAttribute('aria-sort'));
          column('#obs1', 'Name').head.querySelector('button').click();
          marks.push(head.getAttribute('aria-sort'));
          return { before, rising, falling, byName: column('#obs1', 'Name').values(), marks };
        """)
    #expect(answer.before == ["3.5", "-2", "100"])
    // Numbers, also negative ones, are sorted as numbers.
    #expect(answer.rising == ["-2", "3.5", "100"])
    #expect(answer.falling == ["100", "3.5", "-2"])
    #expect(answer.byName == ["x0", "x1", "x2"])
    #expect(answer.marks == ["ascending", "descending", nil])
  }

  @Test func filtering() throws {
    struct Answer: Decodable {
      var counts: [String]
      var rows: [[String]]
      var sections: [Bool]
    }
    let (answer, _): (Answer, _) = try run(
      "01138/index.html",
      """
        const words = document.getElementById('words'), type = document.getElementById('type');
        const counts = [], rows = [];
        const note = () => {
          counts.push(document.getElementById('count').textContent);
          rows.push(Array.from(document.querySelectorAll('tbody tr:not([hidden]) td.name'), cell => cell.textContent));
        };
        const find = text => { words.value = text; words.dispatchEvent(new Event('input')); note(); };
        note(); find('f2w'); find('X1 f1W'); find('nothing like it');
        const sections = Array.from(document.querySelectorAll('section'), part => getComputedStyle(part).display === 'none');
        find('');
        type.value = 'cal.fits'; type.dispatchEvent(new Event('change')); note();
        return { counts, rows, sections };
      """)
    #expect(answer.counts == ["4 rows", "1 of 4 rows", "1 of 4 rows", "0 of 4 rows", "4 rows", "1 of 4 rows"])
    #expect(answer.rows == [["x0", "x1", "x2", "x3"], ["x2"], ["x1"], [], ["x0", "x1", "x2", "x3"], ["x1"]])
    #expect(answer.sections == [true, true])
  }

  @Test(arguments: ["01138/index.html", "index.html"])
  func linksResolveAndNothingElseIsLoaded(page: String) throws {
    struct Answer: Decodable {
      var links, loaded, failures: [String]
      var pictures: [Int]
      var scripts, anchors: Int
      var title: String
    }
    let (answer, result): (Answer, _) = try run(
      page,
      """
        return {
          links: Array.from(document.querySelectorAll('a'), link => link.href),
          loaded: performance.getEntriesByType('resource').map(entry => entry.name),
          failures, pictures: Array.from(document.images, image => image.naturalWidth),
          scripts: document.scripts.length, title: document.title,
          anchors: Array.from(document.querySelectorAll('nav a'), link => document.querySelector(link.hash)).filter(Boolean).length
        };
      """)
    #expect(!answer.links.isEmpty)
    for link in answer.links + answer.loaded {
      let url = try #require(URL(string: link))
      #expect(url.scheme == "file" && FileManager.default.fileExists(atPath: url.path), "\(link)")
    }
    // Every picture that is shown is there and can be decoded: one of its own, three made from FITS.
    #expect(answer.pictures == (page == "index.html" ? [120] : [120, 120, 120, 120]))
    #expect(answer.failures == [])
    // The page's own script and the two of this test.
    #expect(answer.scripts == 3)
    #expect(answer.title == (page == "index.html" ? "JWST programmes" : "JWST programme 1138"))
    #expect(answer.anchors == (page == "index.html" ? 0 : 2))
    #expect(result.console == [])
  }

  /// The pages as they are, with their policy: their script runs, no other would, and the console stays silent.
  @Test(arguments: ["01138/index.html", "index.html", "00743/index.html"])
  func pagesAsTheyAre(page: String) throws {
    let result = try Browser.load(scratch.file(page))
    #expect(result.console == [])
    // The script has shown the filter and counted.
    #expect(result.document.contains("<form id=\"filter\">"))
    #expect(result.document.contains(/<output id="count">\d+ rows<\/output>/))
  }

  @Test func policyStopsForeignScripts() throws {
    var text = String(decoding: try #require(scratch.bytes("index.html")), as: UTF8.self)
    text = text.replacingOccurrences(of: "</h1>", with: "</h1><script>document.title = 'run'</script>")
    try scratch.write("foreign.html", Array(text.utf8))
    let result = try Browser.load(scratch.file("foreign.html"))
    #expect(result.document.contains("<title>JWST programmes</title>"))
    #expect(result.console.count == 1)
  }

  @Test func lightAndDark() throws {
    struct Answer: Decodable { var colours, themes, words: [String] }
    let (answer, _): (Answer, _) = try run(
      "01138/index.html",
      """
        const button = document.getElementById('theme'), root = document.documentElement;
        const colours = [], themes = [], words = [];
        for (let turn = 0; turn < 3; turn += 1) {
          colours.push(getComputedStyle(document.body).backgroundColor);
          themes.push(root.dataset.theme || '');
          words.push(button.textContent);
          button.click();
        }
        return { colours, themes, words };
      """)
    #expect(answer.themes == ["", "dark", "light"])
    #expect(answer.words == ["Dark", "Light", "Dark"])
    #expect(answer.colours[0] == answer.colours[2] && answer.colours[0] != answer.colours[1])
  }
}
