import TableIO

/// A query that a service shows as an example. Source: DALI 1.1, section 2.3; TAP 1.1, section 2.4.
public struct TAPExample: Sendable, Hashable {
  /// The example's identifier in its document.
  public var id: String?
  /// What it is called.
  public var name: String
  /// The query, with its line breaks.
  public var query: String
  /// The table that it is about.
  public var table: String?

  /// Reads a document of examples, web page that it is, and the addresses at which it goes on.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  static func examples(
    reading bytes: [UInt8], url: String
  ) throws(TAPError) -> (examples: [TAPExample], continuations: [String]) {
    // Names of characters that XML does not have are common in pages.
    let text = CharacterReferences.withoutNames(String(decoding: bytes, as: UTF8.self))
    let root = try XMLTree(
      Array(text.utf8), roots: ["html", "div", "body"], what: "examples", url: url, depthLimit: XMLTree.pageDepthLimit)
    var reader = ExampleReader()
    reader.read(root)
    return (reader.examples, reader.continuations)
  }
}

/// Walks through a page and collects what RDFa says of examples.
private struct ExampleReader {
  var examples: [TAPExample] = []
  var continuations: [String] = []

  /// The open elements; the reader has bounded their depth.
  mutating func read(_ element: XMLTree) {
    if element.attribute("typeof") == "example" {
      var example = TAPExample(id: element.attribute("id"), name: "", query: "", table: nil)
      Self.collect(element, into: &example)
      if !example.query.isEmpty { examples.append(example) }
      return
    }
    if element.attribute("property") == "continuation", let href = element.attribute("href") {
      continuations.append(href)
    }
    for child in element.children { read(child) }
  }

  private static func collect(_ element: XMLTree, into example: inout TAPExample) {
    switch element.attribute("property") {
    case "name": example.name = element.words ?? ""
    case "query": example.query = trimmed(element.text)
    case "table": example.table = element.words
    default:
      for child in element.children { collect(child, into: &example) }
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
