import ArchiveServer
import LocalArchive
import TableIO
import Testing

@Suite struct DownloadTests {
  private let archive: SampleArchive

  init() throws { archive = try SampleArchive() }

  private func get(
    _ uri: String, _ headers: [String: String] = [:], method: String = "GET", path: String = "/api/v0.1/Download/file"
  ) -> ServerResponse {
    archive.handler.respond(to: ServerRequest(method: method, target: path + "?uri=" + uri, headers: headers))
  }

  @Test(arguments: ["/api/v0.1/Download/file", "/api/v0/download/file", "/jwst/api/v0.1/download/file"])
  func filesAreSentWhole(path: String) async throws {
    for uri in [
      SampleArchive.publicURI, SampleArchive.publicURI.replacing(":", with: "%3A").replacing("/", with: "%2f"),
    ] {
      let response = get(uri, path: path)
      #expect(response.status == 200)
      #expect(response.contentLength == 700_000)
      #expect(response.header("Accept-Ranges") == "bytes")
      #expect(response.header("Content-Type") == "application/octet-stream")
      #expect(
        response.header("content-disposition") == "attachment; filename=\"jw01410020001_02101_00001_nrca1_rate.fits\"")
      #expect(response.header("ETag")?.hasSuffix("-\(String(700_000, radix: 16))\"") == true)
      #expect(try await bytes(of: response) == SampleArchive.content)
    }
  }

  @Test(arguments: [
    ("bytes=0-0", 206, 0..<1), ("bytes=699999-", 206, 699_999..<700_000), ("bytes=-5", 206, 699_995..<700_000),
    ("bytes=100-199", 206, 100..<200), ("bytes=5-99999999999999999999", 206, 5..<700_000),
    ("bytes=0-1,5-6", 200, 0..<700_000), ("pages=1-2", 200, 0..<700_000), ("bytes=9-1", 200, 0..<700_000),
    ("bytes=--1", 200, 0..<700_000),
  ])
  func rangesAreParts(range: String, status: Int, part: Range<Int>) async throws {
    let response = get(SampleArchive.publicURI, ["range": range])
    #expect(response.status == status)
    #expect(try await bytes(of: response) == Array(SampleArchive.content[part]))
    #expect(
      response.header("Content-Range")
        == (status == 206 ? "bytes \(part.lowerBound)-\(part.upperBound - 1)/700000" : nil))
  }

  @Test(arguments: ["bytes=700000-", "bytes=-0", "bytes=99999999999999999999-"])
  func rangesBeyondTheEndAreRefused(range: String) {
    let response = get(SampleArchive.publicURI, ["range": range])
    #expect(response.status == 416)
    #expect(response.header("Content-Range") == "bytes */700000")
  }

  @Test func conditionsCompareTheState() throws {
    let whole = get(SampleArchive.publicURI)
    let tag = try #require(whole.header("ETag"))
    let date = try #require(whole.header("Last-Modified"))
    #expect(date.hasSuffix(" GMT"))
    #expect(get(SampleArchive.publicURI, ["range": "bytes=5-", "if-range": tag]).status == 206)
    #expect(get(SampleArchive.publicURI, ["range": "bytes=5-", "if-range": date]).status == 206)
    #expect(get(SampleArchive.publicURI, ["range": "bytes=5-", "if-range": "\"old-1\""]).status == 200)
    #expect(get(SampleArchive.publicURI, ["if-none-match": "\"x\", " + tag]).status == 304)
    #expect(get(SampleArchive.publicURI, ["if-none-match": "\"x\""]).status == 200)
    #expect(get(SampleArchive.publicURI, ["if-modified-since": date]).status == 304)
    #expect(get(SampleArchive.publicURI, ["range": "bytes=5-"], method: "HEAD").status == 200)
  }

  @Test(
    arguments: [
      ([:], 401), (["cookie": "a=b; mast_token=unknown"], 401), (["authorization": "Basic pi-token"], 401),
      (["cookie": "mast_token=visitor-token"], 403), (["authorization": "token visitor-token"], 403),
      (["cookie": "x=1; mast_token=pi-token"], 200), (["authorization": "Token pi-token"], 200),
      (["authorization": "Bearer pi-token"], 200),
    ] as [([String: String], Int)])
  func exclusiveFilesNeedTheRightToken(headers: [String: String], status: Int) {
    #expect(get(SampleArchive.exclusiveURI, headers).status == status)
  }

  /// What only some may have is not for caches that serve all.
  @Test func exclusiveFilesStayOutOfSharedCaches() throws {
    let pi = ["authorization": "token pi-token"]
    let tag = try #require(get(SampleArchive.exclusiveURI, pi).header("ETag"))
    for (headers, status) in [([:], 200), (["range": "bytes=5-"], 206), (["if-none-match": tag], 304)] {
      let response = get(SampleArchive.exclusiveURI, pi.merging(headers) { $1 })
      #expect(response.status == status)
      #expect(response.header("Cache-Control") == "private, no-cache")
      #expect(response.header("Vary") == "Cookie, Authorization")
    }
    #expect(get(SampleArchive.publicURI, pi).header("Cache-Control") == nil)
  }

  /// A login opens files here as it does at the other endpoints.
  @Test func aLoginOpensExclusiveFilesToo() throws {
    let plus = try PlusArchive()
    func status(_ session: String) -> Int {
      let request = ServerRequest(
        method: "GET", target: "/api/v0.1/Download/file?uri=" + SampleArchive.exclusiveURI,
        headers: ["cookie": "JSESSIONID=" + session])
      return plus.sample.handler.respond(to: request).status
    }
    #expect(status(try plus.login("jdoe")) == 200)
    let mary = try plus.login("mroe")
    #expect(status(mary) == 403)
    #expect(status("no-session-at-all-anywhere") == 401)
    #expect(plus.post("/server/jwstToken", [("token", "pi-token")], as: mary).status == 200)
    #expect(status(mary) == 200)
  }

  @Test(arguments: [
    "mast:JWST/product/unregistered.txt", "unregistered.txt", "../tokens.json", "mast:JWST/product/../../tokens.json",
    "/etc/passwd", "%2e%2e%2ftokens.json", "file:///etc/passwd", "mast:JWST/product/%00", SampleArchive.absentURI,
  ])
  func onlyRegisteredFilesAreEverOpened(uri: String) {
    #expect(get(uri).status == 404)
  }

  @Test func oddRequestsAreRefused() {
    #expect(get("").status == 400)
    #expect(get(SampleArchive.publicURI, method: "DELETE").status == 405)
    #expect(archive.handler.respond(to: ServerRequest(method: "GET", target: "/nothing/<script>")).status == 404)
  }

  @Test func tokensSayWhoTheyBelongTo() async throws {
    func whoami(_ headers: [String: String]) async throws -> JSONValue {
      let response = archive.handler.respond(to: ServerRequest(method: "GET", target: "/whoami", headers: headers))
      return try JSONValue(parsing: try await bytes(of: response))
    }
    let holder = try await whoami(["cookie": "mast_token=pi-token"])
    #expect(holder["anon"] == .boolean(false))
    #expect(holder["attrib"]?["display_name"] == .string("Pia Investigator"))
    #expect(try await whoami([:])["anon"] == .boolean(true))
    let guest = try await whoami(["cookie": "mast_token=anything"])
    #expect(guest["anon"] == .boolean(false))
    #expect(guest["scopes"] == .array([.string("mast:user:info")]))
  }
}
