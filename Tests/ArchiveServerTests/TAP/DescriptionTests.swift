import TableIO
import Testing

@testable import ArchiveServer

/// What the service says of itself.
@Suite struct DescriptionTests {
  private let tap: MadeUpService

  init() throws { tap = try MadeUpService() }

  /// Reads a document to its end: it is well-formed XML. Gives the names of its elements as they are spelled, and its texts.
  private func elements(_ answer: MadeUpService.Answer) throws -> (names: [String], texts: [String]) {
    let xml = try XMLReader(source: MemoryByteSource(answer.body))
    var names: [String] = []
    var texts: [String] = []
    while let event = try xml.next() {
      if event == .start { names.append(xml.name.qualified) }
      if event == .text { texts.append(String(decoding: xml.text, as: UTF8.self)) }
    }
    return (names, texts)
  }

  @Test func capabilitiesListWhatThereIs() async throws {
    let answer = try await tap.get("/tap/capabilities")
    #expect(answer.type == "text/xml; charset=utf-8")
    let (names, texts) = try elements(answer)
    #expect(names.first == "vosi:capabilities")
    #expect(names.filter { $0 == "capability" }.count == 5)
    #expect(names.filter { $0 == "outputFormat" }.count == ResponseFormat.offers.count)
    #expect(texts.contains("http://archive.example:8080/tap"))
    #expect(texts.contains { $0.hasPrefix("ivo_hasword(") && $0.hasSuffix("-> INTEGER") })
    #expect(answer.text.contains("TAPRegExt#upload-inline\"/>"))
    #expect(!answer.text.contains("upload-http"))
    // Each name in the list is understood, and answered with a media type that is listed.
    for offer in ResponseFormat.offers {
      for name in offer.aliases + [offer.mediaType] {
        #expect(ResponseFormat(name)?.table == offer.table, "\(name)")
      }
    }
  }

  @Test func eachBaseTellsItsOwnAddress() async throws {
    for base in ["/tap", "/server/tap"] {
      let text = try await tap.get(base + "/capabilities", headers: ["host": "[::1]:80"]).text
      #expect(text.contains("<accessURL use=\"base\">http://[::1]:80\(base)</accessURL>"))
      #expect(text.contains("<accessURL use=\"full\">http://[::1]:80\(base)/tables</accessURL>"))
    }
    let odd = try await tap.get("/tap/capabilities", headers: ["host": "a\"><script>"]).text
    #expect(odd.contains(">http://localhost/tap<"))
  }

  @Test func proxiesAreBelievedOnlyWhereOneIs() async throws {
    let forwarded = [
      "x-forwarded-proto": "https", "x-forwarded-host": "archive.example.org, inner", "x-forwarded-prefix": "/jwst/",
    ]
    #expect(try await tap.get("/tap", headers: forwarded).text.contains("http://archive.example:8080/tap"))
    let behind = try MadeUpService { $0.trustsForwarding = true }
    #expect(try await behind.get("/tap", headers: forwarded).text.contains("https://archive.example.org/jwst/tap"))
    #expect(
      try await behind.get("/tap", headers: ["x-forwarded-host": "evil/<path>"]).text.contains(
        "http://archive.example:8080/tap"))
    let fixed = try MadeUpService { $0.publicURL = "https://fixed.example" }
    #expect(try await fixed.get("/tap", headers: forwarded).text.contains("https://fixed.example/tap"))
  }

  @Test func availabilityIsTold() async throws {
    let (names, texts) = try elements(try await tap.get("/tap/availability"))
    #expect(names == ["vosi:availability", "vosi:available", "vosi:upSince"])
    #expect(texts.contains("true") && texts.contains("2025-11-21T00:00:00.000Z"))
  }

  @Test func tablesAreToldInTheStandardsWayAndInESAs() async throws {
    let standard = try await tap.get("/tap/tables", headers: ["user-agent": "python-pyvo/1.9"])
    let (names, texts) = try elements(standard)
    #expect(names.first == "vosi:tableset")
    #expect(names.filter { $0 == "column" }.count == 4)
    #expect(texts.contains("jwst.main") && texts.contains("\"public\""))
    #expect(standard.text.contains("<description>RA &lt;ICRS&gt;</description>"))
    #expect(standard.text.contains("<dataType xsi:type=\"vs:VOTableType\" arraysize=\"*\">char</dataType>"))
    #expect(standard.text.contains("<flag>indexed</flag>"))
    #expect(!standard.text.contains("esatapplus"))
    for plus in [
      try await tap.get("/tap/tables"), try await tap.get("/server/tap/tables", headers: ["user-agent": "x"]),
      try await tap.get("/tap/tables?tables=jwst.main", headers: ["user-agent": "x"]),
    ] {
      #expect(plus.text.contains("<column std=\"false\" esatapplus:flags=\"1\">"))
    }
  }

  @Test func tablesCanBeAskedForOneByOne() async throws {
    let brief = try await tap.get("/tap/tables?detail=min").text
    #expect(brief.contains("<name>jwst.artifact</name>"))
    #expect(!brief.contains("<column"))
    #expect(try await !tap.get("/tap/tables?only_tables=true").text.contains("<column"))
    let one = try await tap.get("/tap/tables/JWST.main")
    #expect(try elements(one).names.first == "vosi:table")
    #expect(!one.text.contains("jwst.artifact"))
    #expect(try await tap.get("/tap/tables/jwst.unknown").status == 404)
    let plus = try await tap.get("/server/tap/tables?tables=jwst.artifact").text
    #expect(plus.contains("<name>jwst.artifact</name>") && !plus.contains("<name>jwst.main</name>"))
    #expect(try elements(try await tap.get("/server/tap/tables?tables=jwst.unknown")).names == ["vosi:tableset"])
  }

  @Test func pagesAreXHTML() async throws {
    let examples = try await tap.get("/tap/examples")
    #expect(examples.type == "application/xhtml+xml; charset=utf-8")
    #expect(try elements(examples).names.filter { $0 == "pre" }.count == QueryExample.all.count)
    #expect(examples.text.ranges(of: "vocab=").count == 1)
    _ = try elements(try await tap.get("/tap"))
  }

  @Test func tapPlusGetsItsFilesCompressed() async throws {
    for (format, isCompressed) in [("votable", true), ("fits", true), ("ecsv", true), ("csv", false)] {
      let form = "QUERY=ROWS 2&FORMAT=\(format)&tapclient=ASTROQUERY"
      let answer = try await tap.send("POST", "/server/tap/sync", form: form)
      #expect(answer.response.header("Content-Encoding") == (isCompressed ? "gzip" : nil))
      #expect(answer.body.starts(with: [0x1f, 0x8b]) == isCompressed)
      #expect(try answer.table().rowCount == 2)
    }
  }
}

@Suite struct RoutesTests {
  @Test func theLongestPathAnswers() throws {
    var routes = Routes()
    routes.add("/tap") { _, rest in .text(200, "tap " + rest.joined(separator: "|")) }
    routes.add("/tap/share", methods: ["POST"]) { _, rest in .text(200, "share " + rest.joined(separator: "|")) }
    func answer(_ method: String, _ path: String) -> (Int, String)? {
      guard let response = routes.respond(to: ServerRequest(method: method, target: path)),
        case .bytes(let bytes) = response.body
      else { return nil }
      return (response.status, String(decoding: bytes, as: UTF8.self))
    }
    #expect(try #require(answer("GET", "/tap/async/7Q/phase")) == (200, "tap async|7Q|phase\n"))
    #expect(try #require(answer("GET", "//TAP//sync/")) == (200, "tap sync\n"))
    #expect(try #require(answer("POST", "/Tap/SHARE/x")) == (200, "share x\n"))
    #expect(try #require(answer("GET", "/tap/share")).0 == 405)
    #expect(answer("GET", "/tapas") == nil)
    #expect(answer("GET", "/") == nil)
  }
}
