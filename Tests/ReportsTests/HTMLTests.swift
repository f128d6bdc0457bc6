import Testing

@testable import Reports

@Suite struct HTMLTests {
  @Test(arguments: [
    ("a & b", "a &amp; b"), ("<script>", "&lt;script&gt;"), ("\" ' ", "&quot; &#39; "), ("5 < 6\n", "5 &lt; 6\n"),
    ("\u{1B}[31m\0\u{9B}", "\u{FFFD}[31m\u{FFFD}\u{FFFD}"), ("η Carinæ 星", "η Carinæ 星"),
    // To Swift, each of these is one character; a browser sees the mark of HTML in it all the same.
    ("x\"\u{301} onclick=", "x&quot;\u{301} onclick="), ("<\u{338}b>\u{338}", "&lt;\u{338}b&gt;\u{338}"),
    ("'\u{200D}", "&#39;\u{200D}"), ("&\u{301}lt;", "&amp;\u{301}lt;"), ("\r\n", "\u{FFFD}\n"),
  ])
  func whatIsInterpolatedIsEscaped(text: String, escaped: String) {
    let piece: HTML = "<p>\(text)</p>"
    #expect(Array(piece.text.unicodeScalars) == Array("<p>\(escaped)</p>".unicodeScalars))
  }

  @Test func piecesGoInAsTheyAre() {
    let inner: HTML = "<b>\("<")</b>"
    #expect(("<p>\(inner)\([inner, inner])\(7)</p>" as HTML).text == "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>7</p>")
  }

  @Test(arguments: [
    ("a/b.fits", "./a/b.fits"), ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
    ("../x y.jpg", "./../x%20y.jpg"), ("a\"b#c?d", "./a%22b%23c%3Fd"), ("//host/x", "./host/x"),
  ])
  func addressesStayBelowThePage(path: String, address: String) {
    #expect(PageText.address(path) == address)
  }

  @Test(arguments: [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (14_400_000, "14.4 MB"), (.max, "9223372.0 TB")])
  func byteCounts(bytes: Int64, text: String) { #expect(PageText.byteCount(bytes) == text) }
}
