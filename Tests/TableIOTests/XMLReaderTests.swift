@testable import TableIO
import Testing

@Suite struct XMLReaderTests {
  static let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE a [ <!ENTITY e "]>"> <!-- ' ]> --> <?p ]> ?> ]>
    <?style href="x"?><!-- first -->
    <a xmlns="urn:d" xmlns:p='urn:p' one="1 &lt; 2" p:two="&#x41;&#10;b
    c"><p:b/>t&amp;u<![CDATA[ <raw> ]] ]]><c xmlns="">\u{E4}\u{1F600}</c>]]&gt;</a>
    <!-- last -->
    """

  @Test func givesEvents() throws {
    let items = try XMLEvents.read(Array(Self.document.utf8))
    func name(_ local: String, _ prefix: String = "", _ namespace: String = "") -> XMLName {
      XMLName(prefix: prefix, local: local, namespace: namespace)
    }
    #expect(
      items == [
        .instruction("style", #"href="x""#), .comment(" first "),
        .start(
          name("a", "", "urn:d"),
          [
            XMLAttribute(name: name("one"), value: "1 < 2"),
            XMLAttribute(name: name("two", "p", "urn:p"), value: "A\nb c"),
          ]), .start(name("b", "p", "urn:p"), []), .end(name("b", "p", "urn:p")), .text("t&u <raw> ]] "),
        .start(name("c"), []), .text("\u{E4}\u{1F600}"), .end(name("c")), .text("]]>"), .end(name("a", "", "urn:d")),
        .comment(" last "),
      ])
  }

  @Test(arguments: 1...40) func piecesChangeNothing(size: Int) throws {
    let bytes = Array(Self.document.utf8)
    #expect(try XMLEvents.read(bytes, pieceSize: size) == XMLEvents.read(bytes))
  }

  @Test(arguments: [1, 2, 3, 7, 1000]) func transcodes(size: Int) throws {
    let text = "<a b='\u{E4}'>gr\u{FC}n \u{1F600}</a>"
    let expected = try XMLEvents.read(Array(text.utf8))
    let units = Array(text.utf16)
    let bigEndian: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] as [UInt8] }
    let littleEndian: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] as [UInt8] }
    #expect(try XMLEvents.read(bigEndian, pieceSize: size) == expected)
    #expect(try XMLEvents.read(littleEndian, pieceSize: size) == expected)
    #expect(try XMLEvents.read([0xEF, 0xBB, 0xBF] + Array(text.utf8), pieceSize: size) == expected)
    let western = "<?xml version='1.0' encoding='ISO-8859-1'?><a>gr\u{FC}n</a>".unicodeScalars.map { UInt8($0.value) }
    #expect(try XMLEvents.read(western, pieceSize: size) == XMLEvents.read(Array("<a>gr\u{FC}n</a>".utf8)))
  }

  @Test func lineEndsBecomeLineFeeds() throws {
    #expect(
      try XMLEvents.read(Array("<a>1\r\n2\r3\n\r\n</a>".utf8), pieceSize: 1)
        == XMLEvents.read(Array("<a>1\n2\n3\n\n</a>".utf8)))
  }

  @Test(arguments: [
    "", "x", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a b='1' b='2'/>", "<a b='<'/>", "<a b=1/>", "<a b/>",
    "<a>]]></a>",
    "<a>&nbsp;</a>", "<a>&lt</a>", "<a>& </a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>\u{1}</a>", "<a>\u{FFFE}</a>",
    "<1a/>", "<a><!-- -- --></a>", "<a><?xml version='1.0'?></a>", " <?xml version='1.0'?><a/>", "<p:a/>",
    "<a p:b=''/>",
    "<a:b:c xmlns:a='u'/>", "<a xmlns:p=''/>", "<a xmlns:xml='u'/>", "<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>",
    "<a b='1'c='2'/>", "<a><![CDATA[x</a>", "<!DOCTYPE a><!DOCTYPE a><a/>", "<a/><!DOCTYPE a>",
    "<?xml version='2.0'?><a/>",
    "<?xml version='1.0' encoding='EBCDIC-X'?><a/>", "<![CDATA[x]]><a/>", "<a b='&e;'/>", "< a/>", "<a></a x>",
    "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
  ]) func refuses(document: String) {
    for size in [1, 1000] {
      #expect(throws: TableIOError.self) { try XMLEvents.read(Array(document.utf8), pieceSize: size) }
    }
  }

  @Test(arguments: [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]])
  func refusesWrongUTF8(bytes: [UInt8]) throws {
    #expect(throws: TableIOError.self) { try XMLEvents.read(Array("<a>\nx".utf8) + bytes + Array("</a>".utf8)) }
    do {
      _ = try XMLEvents.read(Array("<a>\nx".utf8) + bytes + Array("</a>".utf8))
    } catch let error as TableIOError {
      #expect(error.line == 2)
      #expect(error.column == 2)
    }
  }

  @Test(arguments: [
    ("<a>\n  <b></c></a>", 2, 6), ("<a\n b='1'\n b='2'/>", 1, 1), ("<a>\n\n &x;</a>", 3, 2), ("<a>\r\n\r\n</b>", 3, 1),
  ]) func namesThePlace(document: String, line: Int, column: Int) {
    for size in [1, 3, 1000] {
      do {
        _ = try XMLEvents.read(Array(document.utf8), pieceSize: size)
        Issue.record("accepted")
      } catch let error as TableIOError {
        #expect(error.kind == .malformed)
        #expect(error.line == line)
        #expect(error.column == column)
      } catch { Issue.record(error) }
    }
  }

  @Test func keepsTheBounds() {
    var limits = XMLLimits()
    limits.depth = 3
    limits.attributeCount = 2
    limits.nameLength = 5
    limits.markupLength = 1000
    for document in [
      "<a><a><a><a/></a></a></a>", "<a x='' y='' z=''/>", "<abcdef/>",
      "<a b='\(String(repeating: "x", count: 300_000))'/>",
    ] {
      do {
        _ = try XMLEvents.read(Array(document.utf8), pieceSize: 500, limits: limits)
        Issue.record("accepted")
      } catch let error as TableIOError {
        #expect(error.kind == .limit)
      } catch { Issue.record(error) }
    }
  }

  @Test func reportsUndeclaredPrefixesWhenAsked() throws {
    let xml = try XMLReader(source: MemoryByteSource(Array("<v:a x:b='1'/>".utf8)), refusesNamespaceErrors: false)
    while try xml.next() != nil {}
    #expect(xml.problems.count == 2)
  }
}
