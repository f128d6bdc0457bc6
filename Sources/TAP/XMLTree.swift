import TableIO

/// A small XML document as a whole: jobs, lists of tables, capabilities. Elements are found by their local names, whatever
/// prefix the service chose.
struct XMLTree: Sendable {
  /// The element's name.
  var name: XMLName
  /// Its attributes.
  var attributes: [XMLAttribute]
  /// The elements in it.
  var children: [XMLTree] = []
  /// Its own text and, in their places, that of its children.
  var text = ""

  /// More elements than this are an attack or a fault.
  private static let elementLimit = 2_000_000

  /// Reads a document.
  /// - Throws: `TableIOError`.
  init(reading bytes: [UInt8]) throws(TableIOError) {
    let xml = try XMLReader(source: MemoryByteSource(bytes), refusesNamespaceErrors: false)
    var open: [XMLTree] = []
    var root: XMLTree?
    var count = 0
    while let event = try xml.next() {
      switch event {
      case .start:
        count += 1
        guard count <= Self.elementLimit else {
          throw TableIOError(.limit, "The document has more than \(Self.elementLimit) elements.")
        }
        open.append(XMLTree(name: xml.name, attributes: xml.attributes))
      case .text:
        if !open.isEmpty { open[open.count - 1].text += String(decoding: xml.text, as: UTF8.self) }
      case .end:
        guard let element = open.popLast() else { continue }
        if open.isEmpty {
          root = element
        } else {
          open[open.count - 1].text += element.text
          open[open.count - 1].children.append(element)
        }
      case .comment, .instruction: break
      }
    }
    guard let root else { throw TableIOError(.malformed, "The document has no element.") }
    self = root
  }

  private init(name: XMLName, attributes: [XMLAttribute]) {
    self.name = name
    self.attributes = attributes
  }

  /// The elements of a name directly in this one.
  func elements(_ name: String) -> [XMLTree] { children.filter { $0.name.local == name } }

  /// The first element of a name directly in this one.
  func element(_ name: String) -> XMLTree? { children.first { $0.name.local == name } }

  /// The value of an attribute, in whatever name space.
  func attribute(_ name: String) -> String? { attributes.first { $0.name.local == name }?.value }

  /// The words of an element directly in this one; `nil` when it is missing, empty or said to be nil.
  func words(_ name: String) -> String? {
    guard let element = element(name), !element.isNil else { return nil }
    return element.words
  }

  /// The text with single blanks; `nil` when there is none.
  var words: String? {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty ? nil : words
  }

  /// Whether `xsi:nil` is set.
  private var isNil: Bool {
    let value = attributes.first { $0.name.local == "nil" && !$0.name.prefix.isEmpty }?.value
    return value == "true" || value == "1"
  }
}

extension XMLTree {
  /// Reads the body of an answer.
  /// - Parameters:
  ///   - roots: the names the document's element may have.
  ///   - what: what the document is, for messages: "a job".
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  init(_ bytes: [UInt8], roots: Set<String>, what: String, url: String) throws(TAPError) {
    do {
      self = try XMLTree(reading: bytes)
    } catch {
      let said = ServerMessage(bytes: Array(bytes.prefix(SpoolSink.errorBodyLimit)), contentType: nil).text.prefix(300)
      throw TAPError(
        .badAnswer, "The service's answer is no description of \(what): \(error.message) It says: \(said)", url: url,
        cause: error)
    }
    guard roots.contains(name.local) else {
      throw TAPError(
        .badAnswer,
        "The service's answer is no description of \(what), but a document with the root '\(name.qualified)'.",
        url: url)
    }
  }
}
