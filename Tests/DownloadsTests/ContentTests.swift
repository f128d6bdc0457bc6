import HTTPTransport
import Testing

@testable import Downloads

@Suite struct ContentTests {
  @Test(arguments: [
    ("a.fits", "SIMPLE  =   T", ContentRule.Verdict.fits), ("a.fits", "SIMPLE =", .other), ("a.FITS", "", .other),
    ("a.fits", "<html>", .html), ("a.json", "\n <!DocType HTML>", .html), ("a.json", "\u{FEFF}<HTML lang", .html),
    ("a.json", "{}", .fits), ("a.csv", "", .fits), ("a.html", "<html>", .fits), ("a.jpg", "GIF8", .other),
  ])
  func rules(name: String, text: String, verdict: ContentRule.Verdict) {
    #expect(ContentRule(fileName: name).judge(Array(text.utf8)) == verdict)
  }

  @Test func aPictureStartsWithItsMark() {
    #expect(ContentRule.jpeg.judge([0xFF, 0xD8, 0xFF, 0xE0]) == .fits)
  }

  @Test(
    arguments: [
      ("bytes 0-9/10", 0...9, 10), ("bytes 5-9/*", 5...9, nil), ("bytes */10", nil, 10), ("Bytes 3-3/4", 3...3, 4),
    ] as [(String, ClosedRange<Int64>?, Int64?)])
  func contentRange(text: String, bytes: ClosedRange<Int64>?, total: Int64?) throws {
    let range = try #require(ContentRange(text))
    #expect(range.bytes == bytes)
    #expect(range.total == total)
  }

  @Test(arguments: [
    nil, "", "bytes", "bytes 9-0/10", "bytes 0-10/10", "bytes -5/10", "bytes 0-/10", "items 0-9/10", "bytes 0-9",
    "bytes 0-9/x", "bytes 0-9/10/11", "bytes 0-99999999999999999999/*", "bytes +1-9/10",
  ])
  func contentRangeRefused(text: String?) {
    #expect(ContentRange(text) == nil)
  }

  @Test(
    arguments: [
      (["ETag": "\"a\"", "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT"], "\"a\""),
      (["ETag": "W/\"a\""], nil), (["ETag": "a"], nil), ([:], nil), (["Last-Modified": "yesterday"], nil),
      (["ETag": "W/\"a\"", "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT"], "Sun, 06 Nov 1994 08:49:37 GMT"),
      (
        ["Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT", "Date": "Sun, 06 Nov 1994 08:49:37 GMT"], nil
      ),
    ] as [([String: String], String?)])
  func validators(headers: [String: String], validator: String?) {
    var head = HTTPResponse(status: 200)
    for (name, value) in headers { head.headers[name] = value }
    let journal = Journal(item: DownloadItem(url: "u", destination: "/d/n.fits"), head: head, total: 5)
    #expect(journal.validator == validator)
  }

  @Test func journalsSurviveTheirFile() throws {
    let item = DownloadItem(url: "u", destination: "/d/n.fits", expectedSize: 7, checksum: .md5("AB"))
    let head = HTTPResponse(status: 200, headers: ["ETag": "\"a\\\"\u{1}\""])
    let journal = Journal(item: item, head: head, total: 7)
    let bytes = try journal.encoded()
    #expect(Journal(bytes) == journal)
    #expect(Journal(Array(bytes.dropLast())) == nil)
    #expect(journal.belongs(to: item))
    var reprocessed = item
    reprocessed.checksum = .md5("CD")
    #expect(!journal.belongs(to: reprocessed))
  }

  @Test(arguments: [
    (Checksum.md5("x"), "md5:900150983cd24fb0d6963f7d28e17f72"),
    (.sha256("x"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func digests(kind: Checksum, expected: String) {
    var checksum = RunningChecksum(for: kind)
    for byte in "abc".utf8 { [byte].withUnsafeBytes { checksum.update($0) } }
    #expect(checksum.digest?.description == expected)
    #expect(checksum.count == 3)
  }
}
