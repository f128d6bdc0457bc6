import Testing

@testable import ArchiveServer

@Suite struct HTTPDateTests {
  /// The first is the date of an answer of MAST's, whose entity tag is the same moment in hexadecimal digits.
  @Test(
    arguments: [
      (0x6abc_b4fc, "Wed, 30 Sep 2026 07:06:36 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ] as [(Int64, String)])
  func momentsAreWrittenAsHTTPWritesThem(seconds: Int64, text: String) {
    #expect(HTTPDate.text(seconds) == text)
  }

  @Test(arguments: [
    (
      "a=1&b=x%20y+z&c",
      [FormItem(name: "a", value: "1"), FormItem(name: "b", value: "x y z"), FormItem(name: "c", value: "")]
    ),
    (
      "uri=mast%3AJWST%2fx&=1&&%zz=100%",
      [
        FormItem(name: "uri", value: "mast:JWST/x"), FormItem(name: "", value: "1"),
        FormItem(name: "%zz", value: "100%"),
      ]
    ),
    ("", []),
  ])
  func formsAreDecoded(text: String, items: [FormItem]) {
    #expect(FormItem.items(text) == items)
  }
}
