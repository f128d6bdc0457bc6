/// Reads the YAML of an ECSV header.
struct YAMLReader {
  private struct Line {
    var indent: Int
    var text: Substring
    let number: Int
  }

  private var lines: [Line]
  private var index = 0
  private var depth = 0
  private static let maximumDepth = 64

  /// Reads a document.
  static func read(_ lines: [String]) throws(YAMLError) -> YAMLNode {
    var reader = YAMLReader(lines)
    let node = try reader.node(minimumIndent: 0) ?? .mapping([])
    reader.skipBlank()
    guard reader.index == reader.lines.count else { throw reader.error("Unexpected text") }
    return node
  }

  private init(_ lines: [String]) {
    self.lines = lines.enumerated().map { number, text in
      let body = text.drop { $0 == " " }
      return Line(indent: text.count - body.count, text: body, number: number)
    }
  }

  private func error(_ message: String) -> YAMLError {
    YAMLError(message: message, line: index < lines.count ? lines[index].number : lines.count)
  }

  private mutating func skipBlank() {
    while index < lines.count,
      lines[index].text.isEmpty || lines[index].text.hasPrefix("#") || lines[index].text == "---"
    {
      index += 1
    }
  }

  /// Reads the node that begins on the next line, if that is indented enough.
  private mutating func node(minimumIndent: Int) throws(YAMLError) -> YAMLNode? {
    skipBlank()
    guard index < lines.count, lines[index].indent >= minimumIndent else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw error("The header is nested too deep") }
    let indent = lines[index].indent
    let text = Self.withoutTags(lines[index].text)
    if text.isEmpty {
      index += 1
      return try node(minimumIndent: minimumIndent) ?? .scalar("")
    }
    if Self.isItem(text) { return try sequence(indent) }
    if Self.keyEnd(text) != nil { return try mapping(indent) }
    return try inline(text, parentIndent: minimumIndent - 1)
  }

  private mutating func sequence(_ indent: Int) throws(YAMLError) -> YAMLNode {
    var items: [YAMLNode] = []
    while true {
      skipBlank()
      guard index < lines.count, lines[index].indent == indent, Self.isItem(lines[index].text) else { break }
      let rest = lines[index].text.dropFirst()
      let body = rest.drop { $0 == " " }
      if Self.withoutTags(body).isEmpty {
        index += 1
        // Items of an inner sequence may stand as deep as the tag, one level in.
        items.append(try node(minimumIndent: indent + 1) ?? .scalar(""))
      } else {
        // What stands behind the dash is a node of its own, as deep as it stands.
        lines[index].indent = indent + 1 + (rest.count - body.count)
        lines[index].text = body
        items.append(try node(minimumIndent: indent + 1) ?? .scalar(""))
      }
    }
    return .sequence(items)
  }

  private mutating func mapping(_ indent: Int) throws(YAMLError) -> YAMLNode {
    var members: [YAMLNode.Member] = []
    while true {
      skipBlank()
      guard index < lines.count, lines[index].indent == indent, !Self.isItem(lines[index].text) else { break }
      let text = lines[index].text
      guard let end = Self.keyEnd(text) else { throw error("Expected a key and ':'") }
      var key = YAMLFlow(text[..<end])
      guard let name = key.value()?.text else { throw error("Expected a key") }
      let rest = Self.withoutTags(text[text.index(after: end)...].drop { $0 == " " })
      if rest.isEmpty || rest.hasPrefix("#") {
        index += 1
        skipBlank()
        // A sequence may stand as deep as its key.
        let isFlatList = index < lines.count && lines[index].indent == indent && Self.isItem(lines[index].text)
        members.append(
          .init(key: name, value: try node(minimumIndent: isFlatList ? indent : indent + 1) ?? .scalar("")))
      } else {
        members.append(.init(key: name, value: try inline(rest, parentIndent: indent)))
      }
    }
    return .mapping(members)
  }

  /// Reads a scalar or a flow collection that begins on this line and may go on on the next ones.
  private mutating func inline(_ first: Substring, parentIndent: Int) throws(YAMLError) -> YAMLNode {
    if first.hasPrefix("|") || first.hasPrefix(">") { return block(first, parentIndent: parentIndent) }
    var text = String(first)
    let start = index
    index += 1
    let isOpen = "{[\"'".contains(text.first ?? " ")
    while true {
      if isOpen {
        var flow = YAMLFlow(text[...])
        if let value = flow.value() {
          guard flow.isAtEnd else {
            index = start
            throw error("Unexpected text behind a value")
          }
          return value
        }
      }
      // An empty line inside a quoted scalar is a line end.
      guard index < lines.count, isOpen || lines[index].indent > parentIndent && !lines[index].text.isEmpty else {
        break
      }
      guard text.utf8.count < 1 << 20 else { break }
      text += lines[index].text.isEmpty ? "\n" : text.hasSuffix("\n") ? lines[index].text : " " + lines[index].text
      index += 1
    }
    if isOpen {
      index = start
      throw error("A bracket or quote is not closed")
    }
    return .scalar(YAMLFlow.plain(text[...]))
  }

  /// Reads a literal (`|`) or folded (`>`) block.
  private mutating func block(_ header: Substring, parentIndent: Int) -> YAMLNode {
    index += 1
    var texts: [String] = []
    var indent: Int?
    while index < lines.count, lines[index].indent > parentIndent || lines[index].text.isEmpty {
      let line = lines[index]
      if !line.text.isEmpty, indent == nil { indent = line.indent }
      texts.append(String(repeating: " ", count: max(0, line.indent - (indent ?? line.indent))) + line.text)
      index += 1
    }
    while texts.last == "" { texts.removeLast() }
    let text = texts.joined(separator: header.hasPrefix("|") ? "\n" : " ")
    return .scalar(header.dropFirst().hasPrefix("-") ? text : text + "\n")
  }

  private static func isItem(_ text: Substring) -> Bool { text == "-" || text.hasPrefix("- ") }

  /// The colon behind a key, if a line begins with one.
  private static func keyEnd(_ text: Substring) -> Substring.Index? {
    if let first = text.first, "{[|>".contains(first) { return nil }
    var index = text.startIndex
    if let quote = text.first, quote == "\"" || quote == "'" {
      index = text.index(after: index)
      while index < text.endIndex, text[index] != quote {
        if text[index] == "\\", quote == "\"" { index = text.index(after: index) }
        if index < text.endIndex { index = text.index(after: index) }
      }
      guard index < text.endIndex else { return nil }
      index = text.index(after: index)
      return index < text.endIndex && text[index] == ":" ? index : nil
    }
    while index < text.endIndex {
      let next = text.index(after: index)
      if text[index] == ":", next == text.endIndex || text[next] == " " { return index }
      index = next
    }
    return nil
  }

  /// The text behind tags (`!!omap`) and anchors (`&id001`).
  private static func withoutTags(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first == "!" || first == "&" {
      text = text.drop { $0 != " " }.drop { $0 == " " }
    }
    return text
  }
}
