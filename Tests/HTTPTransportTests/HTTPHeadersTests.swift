import HTTPTransport
import Testing

@Suite struct HTTPHeadersTests {
  @Test func namesIgnoreCase() {
    var headers: HTTPHeaders = ["Content-Type": "text/plain", "X-A": "1", "x-a": "2"]
    #expect(headers["content-type"] == "text/plain")
    #expect(headers.values(of: "X-a") == ["1", "2"])
    headers["X-A"] = "3"
    #expect(headers.fields.map(\.value) == ["text/plain", "3"])
    headers["content-TYPE"] = nil
    #expect(headers.fields.map(\.name) == ["X-A"])
  }

  @Test func secretsAreNotShown() {
    let headers: HTTPHeaders = ["Authorization": "token s3cret", "cookie": "mast_token=s3cret", "Accept": "x/y"]
    let credential = Credential(origin: Origin(url: "https://a.b")!, headers: ["X-Key": "s3cret"])
    var request = HTTPRequest(.get, "https://a.b", headers: headers)
    request.credentials = [credential]
    var dumped = ""
    dump(request, to: &dumped)
    for text in ["\(headers)", "\(credential)", "\(request)", String(reflecting: request), dumped] {
      #expect(!text.contains("s3cret"))
    }
    #expect("\(headers)".contains("x/y"))
  }

  @Test(
    arguments: [
      (["12"], 12), (["12", "12"], 12), (["12", "13"], nil), (["-1"], nil), (["+1"], nil), ([], nil), ([""], nil),
    ] as [([String], Int64?)])
  func contentLength(values: [String], expected: Int64?) {
    var response = HTTPResponse(status: 200)
    for value in values { response.headers.append("Content-Length", value) }
    #expect(response.contentLength == expected)
  }

  @Test func mediaTypeIsBare() {
    let response = HTTPResponse(status: 200, headers: ["content-type": "Text/HTML ; charset=utf-8"])
    #expect(response.mediaType == "text/html")
  }
}
