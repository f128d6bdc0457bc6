/// An XML document put together from elements; whatever is given as text or as an attribute's value is escaped.
///
///     var xml = XMLText()
///     xml.element("uws:phase", "PENDING")
///     xml.element("uws:results") { xml in … }
struct XMLText: Sendable {
  /// An element's attributes; those without a value are left out.
  typealias Attributes = KeyValuePairs<String, String?>

  /// The document so far.
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  /// Adds an element with text in it; an empty one without text.
  mutating func element(_ name: String, _ attributes: Attributes, _ content: String? = nil) {
    open(name, attributes)
    guard let content, !content.isEmpty else {
      text += "/>\n"
      return
    }
    text += ">\(Self.escaped(content))</\(name)>\n"
  }

  /// Adds an element with text in it; an empty one without text.
  mutating func element(_ name: String, _ content: String?) { element(name, [:], content) }

  /// Adds an element with others in it.
  mutating func element(_ name: String, _ attributes: Attributes = [:], content: (inout XMLText) -> Void) {
    open(name, attributes)
    text += ">\n"
    depth += 1
    content(&self)
    depth -= 1
    indent()
    text += "</\(name)>\n"
  }

  /// Adds an element that has no value, as XML Schema writes it.
  mutating func missing(_ name: String) { element(name, ["xsi:nil": "true"]) }

  private mutating func open(_ name: String, _ attributes: Attributes) {
    indent()
    text += "<" + name
    for (name, value) in attributes {
      guard let value else { continue }
      text += " \(name)=\"\(Self.escaped(value, isAttribute: true))\""
    }
  }

  private mutating func indent() { text += String(repeating: "  ", count: depth) }

  /// Text between tags, or the value of an attribute; characters that XML cannot hold become U+FFFD.
  static func escaped(_ text: some StringProtocol, isAttribute: Bool = false) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where isAttribute: result += "&quot;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "\r": result += "&#13;"
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension ServerResponse {
  /// An XML document.
  static func xml(_ xml: XMLText, status: Int = 200, type: String = "text/xml; charset=utf-8") -> ServerResponse {
    ServerResponse(
      status: status, headers: [("Content-Type", type), ("X-Content-Type-Options", "nosniff")],
      body: .bytes(Array(xml.text.utf8)))
  }

  /// Leads to another address with GET.
  static func seeOther(_ url: String) -> ServerResponse {
    ServerResponse(status: 303, headers: [("Location", url), ("Content-Type", "text/plain; charset=utf-8")])
  }
}
