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
  /// The text directly in it; each character of a document is kept once.
  private(set) var ownText = ""
  /// How many bytes of the parent's own text stand before the element.
  private var place = 0

  /// More elements than this are an attack or a fault.
  private static let elementLimit = 2_000_000
  /// Documents of services are a handful of elements deep.
  static let depthLimit = 32
  /// Pages for people are deeper.
  static let pageDepthLimit = 64

  /// Reads a document.
  /// - Parameters:
  ///   - bytes: the document.
  ///   - depthLimit: how many elements may be inside one another.
  /// - Throws: `TableIOError`.
  init(reading bytes: [UInt8], depthLimit: Int = Self.depthLimit) throws(TableIOError) {
    var limits = XMLLimits()
    limits.depth = depthLimit
    let xml = try XMLReader(source: MemoryByteSource(bytes), limits: limits, refusesNamespaceErrors: false)
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
        open.append(XMLTree(name: xml.name, attributes: xml.attributes, place: open.last?.ownText.utf8.count ?? 0))
      case .text:
        if !open.isEmpty { open[open.count - 1].ownText += String(decoding: xml.text, as: UTF8.self) }
      case .end:
        guard let element = open.popLast() else { continue }
        if open.isEmpty {
          root = element
        } else {
          open[open.count - 1].children.append(element)
        }
      case .comment, .instruction: break
      }
    }
    guard let root else { throw TableIOError(.malformed, "The document has no element.") }
    self = root
  }

  private init(name: XMLName, attributes: [XMLAttribute], place: Int) {
    self.name = name
    self.attributes = attributes
    self.place = place
  }

  /// Its own text and, in their places, that of the elements in it.
  var text: String {
    if children.isEmpty { return ownText }
    var text = ""
    append(to: &text)
    return text
  }

  private func append(to text: inout String) {
    let own = ownText.utf8
    var done = own.startIndex
    for child in children {
      let end = own.index(own.startIndex, offsetBy: child.place)
      text += ownText[done..<end]
      child.append(to: &text)
      done = end
    }
    text += ownText[done...]
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
  ///   - bytes: the body.
  ///   - roots: the names the document's element may have.
  ///   - what: what the document is, for messages: "a job".
  ///   - url: where it comes from.
  ///   - depthLimit: how many elements may be inside one another.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  init(
    _ bytes: [UInt8], roots: Set<String>, what: String, url: String, depthLimit: Int = Self.depthLimit
  ) throws(TAPError) {
    do {
      self = try XMLTree(reading: bytes, depthLimit: depthLimit)
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
