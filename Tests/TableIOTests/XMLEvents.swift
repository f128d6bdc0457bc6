@testable import TableIO

/// The events of a document, with neighbouring pieces of text joined.
enum XMLEvents {
  enum Item: Hashable {
    case start(XMLName, [XMLAttribute])
    case end(XMLName)
    case text(String)
    case comment(String)
    case instruction(String, String)
  }

  static func read(_ bytes: [UInt8], pieceSize: Int = .max, limits: XMLLimits = XMLLimits()) throws -> [Item] {
    let xml = try XMLReader(source: MemoryByteSource(bytes, pieceSize: pieceSize), limits: limits)
    var items: [Item] = []
    var text: [UInt8] = []
    while let event = try xml.next() {
      if event == .text {
        text.append(contentsOf: xml.text)
        continue
      }
      if !text.isEmpty {
        items.append(.text(String(decoding: text, as: UTF8.self)))
        text = []
      }
      switch event {
      case .start: items.append(.start(xml.name, xml.attributes))
      case .end: items.append(.end(xml.name))
      case .comment: items.append(.comment(String(decoding: xml.text, as: UTF8.self)))
      case .instruction: items.append(.instruction(xml.name.local, String(decoding: xml.text, as: UTF8.self)))
      case .text: break
      }
    }
    return items
  }

  /// The events as a document again, every element with the declarations it needs.
  static func document(_ items: [Item]) -> String {
    func escaped(_ text: String) -> String {
      text.unicodeScalars.map { scalar in
        switch scalar {
        case "&", "<", ">", "\"", "\r", "\n", "\t": "&#\(scalar.value);"
        default: String(scalar)
        }
      }.joined()
    }
    return items.map { item in
      switch item {
      case .start(let name, let attributes):
        var declared: [String: String] = [name.prefix: name.namespace]
        for attribute in attributes where !attribute.name.prefix.isEmpty {
          declared[attribute.name.prefix] = attribute.name.namespace
        }
        declared["xml"] = nil
        let declarations = declared.map { prefix, namespace in
          " xmlns\(prefix.isEmpty ? "" : ":")\(prefix)=\"\(escaped(namespace))\""
        }
        let values = attributes.map { " \($0.name.qualified)=\"\(escaped($0.value))\"" }
        return "<\(name.qualified)\(declarations.joined())\(values.joined())>"
      case .end(let name): return "</\(name.qualified)>"
      case .text(let text): return escaped(text)
      case .comment(let text): return "<!--\(text)-->"
      case .instruction(let target, let data): return "<?\(target) \(data)?>"
      }
    }.joined()
  }
}
