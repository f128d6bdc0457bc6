import TableIO
import TestSupport
import Testing

@testable import TAP

/// Documents as trees: text is kept once, depth and size are bounded.
@Suite struct XMLTreeTests {
  private static func nested(_ depth: Int, _ inside: String) -> String {
    String(repeating: "<a>", count: depth) + inside + String(repeating: "</a>", count: depth)
  }

  private static func ownBytes(_ tree: XMLTree) -> Int {
    tree.children.reduce(tree.ownText.utf8.count) { $0 + ownBytes($1) }
  }

  @Test func textIsKeptOnceHoweverDeep() throws {
    let text = String(repeating: "0123456789", count: 100_000)
    let tree = try XMLTree(reading: Array(Self.nested(30, text).utf8))
    #expect(Self.ownBytes(tree) == text.utf8.count)
    // Texts of a million characters are not to be printed.
    let (isBare, isWhole) = (tree.ownText.isEmpty, tree.text == text)
    #expect(isBare && isWhole)
  }

  @Test func textsStandInTheirPlaces() throws {
    let tree = try XMLTree(reading: Array("<p>é1<b>2<i>ü</i></b><c/>3<b>4</b>5 <![CDATA[<6>]]></p>".utf8))
    #expect(tree.text == "é12ü345 <6>")
    #expect(tree.ownText == "é135 <6>")
    #expect(tree.elements("b").map(\.text) == ["2ü", "4"])
    #expect(tree.words("c") == nil)
  }

  @Test func depthIsBounded() throws {
    let limit = XMLTree.depthLimit
    #expect(try XMLTree(reading: Array(Self.nested(limit, "x").utf8)).text == "x")
    let error = #expect(throws: TableIOError.self) { try XMLTree(reading: Array(Self.nested(limit + 1, "x").utf8)) }
    #expect(error?.kind == .limit)
  }

  @Test func nestedDocumentsOfAServiceAreRefused() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.respond(text: "<tableset>" + Self.nested(60, "x") + "</tableset>")
    }
    #expect(await tapError { try await service.client.tables() }?.kind == .badAnswer)
  }

  @Test func documentsAboutOneJobAreSmall() async throws {
    let service = try ServiceFixture { resource, _, connection in
      let more = String(repeating: " ", count: 5 << 20)
      switch resource {
      case "GET async/7": connection.respond(text: Documents.job("7", "COMPLETED", more: more))
      case "GET async/7/phase": connection.respond(text: "COMPLETED" + more)
      default: connection.respond(text: "<jobs>" + more + "</jobs>")
      }
    }
    let job = await tapError { try await service.client.job("7") }
    #expect(job?.kind == .badAnswer && job?.message.contains("4194304") == true)
    #expect(await tapError { try await service.client.phase(of: "7") }?.kind == .badAnswer)
    // A list may be long.
    #expect(try await service.client.jobs().isEmpty)
  }
}
