import HTTPTransport
import Testing

@Suite struct FormBodyTests {
  @Test(arguments: [
    ("", ""), ("azAZ09-._~", "azAZ09-._~"), ("a b&c=d+e/f", "a%20b%26c%3Dd%2Be%2Ff"), ("é💫", "%C3%A9%F0%9F%92%AB"),
    ("\u{0}\n%", "%00%0A%25"),
  ])
  func percentEncoding(text: String, expected: String) {
    #expect(PercentEncoding.encode(text) == expected)
  }

  @Test(arguments: [
    ("", ""), ("a%20b%2Fc", "a b/c"), ("%C3%A9%f0%9f%92%ab", "é💫"), ("100%", "100%"), ("%4", "%4"),
    ("%zz%+1", "%zz%+1"),
    ("a+b", "a+b"), ("%FF", "\u{FFFD}"),
  ])
  func percentDecoding(text: String, expected: String) {
    #expect(PercentEncoding.decode(text) == expected)
  }

  @Test func fieldsKeepTheirOrder() {
    var form = FormBody(["b": "1", "a": "x y"])
    form.append("b", "2")
    #expect(form.text == "b=1&a=x%20y&b=2")
    #expect(form.query(on: "https://h/p") == "https://h/p?b=1&a=x%20y&b=2")
    #expect(form.query(on: "https://h/p?q=1") == "https://h/p?q=1&b=1&a=x%20y&b=2")
    #expect(FormBody().query(on: "https://h/p") == "https://h/p")
  }
}
