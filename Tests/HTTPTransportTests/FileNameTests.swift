import HTTPTransport
import Testing

@Suite struct FileNameTests {
  private static let fields: [(String, String?)] = [
    ("attachment;filename=\"products.tar\"", "products.tar"), ("attachment; filename=a.fits ; size=3", "a.fits"),
    ("attachment; FileName = \"a;b \\\"c\\\".fits\"; x=y", "a;b \"c\".fits"),
    ("attachment; filename=\"x\"; filename*=UTF-8''na%C3%AFve.tar", "naïve.tar"),
    ("attachment; filename=\"x\"; filename*=UTF-8''%C3.tar", "x"), ("attachment; filename*=latin1''x", nil),
    ("attachment; filename=\"../../etc/passwd\"", "passwd"), ("attachment; filename=\"C:\\\\a\\\\b.txt\"", "b.txt"),
    ("attachment", nil), ("attachment; filename=", nil), ("attachment; filename=\"/\"", nil),
    ("attachment; filename=\"open", "open"), ("inline; foo; filename=x", "x"), (";;=;", nil),
  ]

  @Test(arguments: fields)
  func names(field: String, name: String?) {
    #expect(HTTPResponse(status: 200, headers: ["Content-Disposition": field]).fileName == name)
  }

  @Test func noField() { #expect(HTTPResponse(status: 200).fileName == nil) }
}
