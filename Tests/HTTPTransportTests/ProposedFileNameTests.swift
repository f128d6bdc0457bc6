import HTTPTransport
import Testing

@Suite struct ProposedFileNameTests {
  @Test(arguments: [
    ("attachment; filename=\"a.vot.gz\"", "a.vot.gz"), ("attachment;filename=a.vot; size=3", "a.vot"),
    ("attachment; filename=\"a \\\"b\\\".vot\"; x=\"y\"", "a \"b\".vot"), ("inline; FileName = \"x;y.csv\"", "x;y.csv"),
    ("attachment; filename=\"../../etc/passwd\"", "passwd"), ("attachment; filename=\"C:\\\\dir\\\\f.txt\"", "f.txt"),
    ("attachment; filename=\"plain\"; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt", "grüße.txt"),
    ("attachment; filename*=UTF-8''..%2F..%2Fx.sh", "x.sh"), ("attachment; filename=\".bashrc\"", "bashrc"),
    ("attachment; filename=\"-rf\"", "rf"), ("attachment; filename=\"a\u{1B}[2Jb\"", "a[2Jb"),
  ])
  func names(field: String, name: String) {
    #expect(HTTPResponse(status: 200, headers: ["Content-Disposition": field]).proposedFileName == name)
  }

  @Test(arguments: [
    "", "attachment", "attachment; filename", "attachment; filename=", "attachment; filename=\"..\"",
    "attachment; filename=\"a/\\u{0}\"; filename=\"\"", "; ; =",
  ])
  func none(field: String) {
    #expect(HTTPResponse(status: 200, headers: ["Content-Disposition": field]).proposedFileName == nil)
  }

  @Test func aLongNameKeepsItsEnding() throws {
    let field = "attachment; filename=\"\(String(repeating: "x", count: 500)).fits\""
    let name = try #require(HTTPResponse(status: 200, headers: ["Content-Disposition": field]).proposedFileName)
    #expect(name.utf8.count == 200 && name.hasSuffix(".fits"))
  }
}
