import HTTPTransport
import TAP
import Testing

@Suite struct ServerMessageTests {
  private func message(_ text: String, _ type: String? = nil) -> String {
    ServerMessage(bytes: Array(text.utf8), contentType: type).text
  }

  @Test func aVOTableWithCDATA() {
    let text = Documents.errorVOTable("Cannot parse query 'a < b' for job '1':\n  1 unresolved &amp; more")
    #expect(message(text) == "Cannot parse query 'a < b' for job '1': 1 unresolved &amp; more")
  }

  @Test func aVOTableWithReferencesAPrefixAndOtherAttributeOrder() {
    let text = """
      <v:VOTABLE xmlns:v="x"><v:RESOURCE><v:INFO value="OK" name="OTHER">no</v:INFO>
      <v:INFO  value='ERROR' id="a" name = "QUERY_STATUS">a &lt;b&gt; &#233;&#x21;</v:INFO></v:RESOURCE></v:VOTABLE>
      """
    #expect(message(text) == "a <b> é!")
  }

  @Test func aVOTableThatWasCut() {
    #expect(message("<VOTABLE><INFO name=\"QUERY_STATUS\" value=\"ERROR\"><![CDATA[half a sen") == "half a sen")
  }

  @Test(arguments: [
    (
      "<html><head><title>SERVICE ERROR</title></head><body><h1>SERVICE ERROR - 500</h1><ul><li><b>Type: </b>FATAL</li>\n<li><b>Message: </b>cannot &lt;parse&gt; query</li></ul></body></html>",
      "cannot <parse> query"
    ),
    (
      "<!doctype html><html lang=\"en\"><body><h1>HTTP Status 401 – Unauthorized</h1><hr/><p><b>Type</b> Status Report</p><p><b>Message</b> Bad user&nbsp;or password</p></body></html>",
      "Bad user or password"
    ),
    (
      "<html><head><style>p { color: red }</style></head><body><h1>503</h1><p>Down for <b>maint</b>enance</p><script>if (a < b) x()</script></body></html>",
      "503 Down for maintenance"
    ),
  ])
  func webPages(page: String, text: String) {
    #expect(message(page, "text/html;charset=UTF-8") == text)
  }

  @Test func aJobDocument() {
    let text = Documents.job(
      "1", "ERROR",
      more:
        "<uws:errorSummary type=\"fatal\" hasDetail=\"true\"><uws:message>out of time</uws:message></uws:errorSummary>")
    #expect(message(text) == "out of time")
  }

  @Test func plainTextLosesItsControls() {
    #expect(message("  no\r\n\u{1B}[31msuch\u{202E} table\0 ") == "no [31msuch table")
    #expect(message("") == "")
    #expect(message(" \n") == "")
  }

  @Test func latin1AndItsDeclarations() {
    let bytes: [UInt8] = Array("Requ".utf8) + [0xEA] + Array("te".utf8)
    #expect(ServerMessage(bytes: bytes, contentType: "text/plain;charset=UTF-8").text == "Requête")
    #expect(ServerMessage(bytes: bytes, contentType: "text/plain; charset=ISO-8859-1").text == "Requête")
    #expect(ServerMessage(bytes: Array("Requête".utf8), contentType: nil).text == "Requête")
  }

  @Test func oneOddByteAtTheEndIsALetterOfLatin1() {
    let bytes: [UInt8] = Array("caf".utf8) + [0xE9]
    #expect(ServerMessage(bytes: bytes, contentType: "text/html;charset=UTF-8").text == "café")
  }

  @Test func textThatWasCutInsideACharacter() {
    #expect(ServerMessage(bytes: Array("größer €".utf8.dropLast()), contentType: nil).text == "größer")
    #expect(ServerMessage(bytes: [0xE2, 0x82], contentType: nil).text == "")
  }

  @Test func utf16() {
    let text = "<VOTABLE><INFO name=\"QUERY_STATUS\" value=\"ERROR\">größer</INFO></VOTABLE>"
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(ServerMessage(bytes: bytes, contentType: "text/xml").text == "größer")
  }

  @Test func gzipAlsoWhenCut() throws {
    let bytes = try Documents.gzip(Documents.errorVOTable("no such column"))
    #expect(ServerMessage(bytes: bytes, contentType: nil).text == "no such column")
    #expect(!ServerMessage(bytes: Array(bytes.dropLast(30)), contentType: nil).text.isEmpty || bytes.count < 60)
  }

  @Test func endlessTextIsCut() {
    let text = message(String(repeating: "word ", count: 100_000))
    #expect(text.count <= 4001)
    #expect(text.hasSuffix("…"))
  }

  @Test func brokenBytesNeverTrap() {
    var bytes = Array(Documents.errorVOTable("a &lt; b").utf8)
    for index in bytes.indices {
      for value in [UInt8(0), 0x3C, 0x26, 0xFF] {
        let old = bytes[index]
        bytes[index] = value
        #expect(ServerMessage(bytes: bytes, contentType: "text/xml").text.utf8.count < 1000)
        bytes[index] = old
      }
    }
  }
}
