extension XMLReader {
  /// Reads a start tag.
  /// - Returns: whether it is an empty element.
  func startTag() throws(TableIOError) -> Bool {
    var quote: UInt8 = 0
    let length = try markupLength { (bytes, from, to) throws(TableIOError) in
      for at in from..<to {
        let byte = bytes[at]
        if byte == UInt8(ascii: "<") {
          throw self.failure("'<' must not stand in a tag; write &lt;.", at: self.input.cursor + at)
        } else if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: ">") {
          return at + 1
        }
      }
      return nil
    }
    guard elements.count < limits.depth else {
      throw failure("Elements are nested deeper than \(limits.depth).", .limit)
    }
    var tag = TagScanner(base: input.base + input.cursor, end: length - 1, at: 1)
    let nameBytes = try tagName(&tag)
    var raw: [(name: UnsafeBufferPointer<UInt8>, value: String)] = []
    var isEmpty = false
    while true {
      let hasSpace = tag.skipSpace()
      if tag.isAtEnd { break }
      if tag.byte == UInt8(ascii: "/"), tag.at == tag.end - 1 {
        isEmpty = true
        break
      }
      guard hasSpace else { throw failure("White space is missing before an attribute.", at: input.cursor + tag.at) }
      let name = try tagName(&tag)
      let value = try attributeValue(&tag)
      guard raw.count < limits.attributeCount else {
        throw failure("An element has more than \(limits.attributeCount) attributes.", .limit)
      }
      guard !raw.contains(where: { $0.name.elementsEqual(name) }) else {
        throw failure("The attribute '\(String(decoding: name, as: UTF8.self))' stands twice in one tag.")
      }
      raw.append((name, value))
    }
    elements.beginElement()
    for (name, value) in raw where name.starts(with: "xmlns".utf8) { try declareNamespace(name, value) }
    attributes.removeAll(keepingCapacity: true)
    for (attribute, value) in raw {
      let name = try resolve(attribute, isAttribute: true)
      if name.namespace == XMLElementStack.xmlns { continue }
      if !name.namespace.isEmpty,
        attributes.contains(where: { $0.name.local == name.local && $0.name.namespace == name.namespace })
      {
        try namespaceProblem("The attribute '\(name.local)' of one name space stands twice in one tag.")
      }
      attributes.append(XMLAttribute(name: name, value: value))
    }
    name = try resolve(nameBytes, isAttribute: false)
    elements.push(name, bytes: nameBytes)
    input.cursor += length
    return isEmpty
  }

  private func tagName(_ tag: inout TagScanner) throws(TableIOError) -> UnsafeBufferPointer<UInt8> {
    let length = XMLCharacters.nameLength(tag.base + tag.at, count: tag.end - tag.at)
    guard length > 0 else { throw failure("A name was expected.", at: input.cursor + tag.at) }
    guard length <= limits.nameLength else {
      throw failure("A name is longer than \(limits.nameLength) bytes.", .limit)
    }
    defer { tag.at += length }
    return UnsafeBufferPointer(start: tag.base + tag.at, count: length)
  }

  /// Reads `="value"`; white space becomes blanks, references are replaced.
  private func attributeValue(_ tag: inout TagScanner) throws(TableIOError) -> String {
    _ = tag.skipSpace()
    guard !tag.isAtEnd, tag.byte == UInt8(ascii: "=") else {
      throw failure("An attribute needs '=' and a value.", at: input.cursor + tag.at)
    }
    tag.at += 1
    _ = tag.skipSpace()
    guard !tag.isAtEnd, tag.byte == UInt8(ascii: "\"") || tag.byte == UInt8(ascii: "'") else {
      throw failure("An attribute's value must stand in quotes.", at: input.cursor + tag.at)
    }
    let quote = tag.byte
    tag.at += 1
    var value: [UInt8] = []
    while tag.at < tag.end, tag.byte != quote {
      if tag.byte == UInt8(ascii: "&") {
        var close = tag.at + 1
        while close < tag.end, tag.base[close] != UInt8(ascii: ";"), tag.base[close] != quote { close += 1 }
        let body = UnsafeBufferPointer(start: tag.base + tag.at + 1, count: close - tag.at - 1)
        guard close < tag.end, tag.base[close] == UInt8(ascii: ";"), let scalar = XMLCharacters.reference(body) else {
          throw failure("A reference in an attribute is none that XML knows by itself.", at: input.cursor + tag.at)
        }
        value.append(contentsOf: UTF8.encode(scalar)!)
        tag.at = close + 1
      } else {
        value.append(XMLCharacters.isSpace(tag.byte) ? 0x20 : tag.byte)
        tag.at += 1
      }
    }
    guard tag.at < tag.end else { throw failure("An attribute's value does not end.") }
    tag.at += 1
    return String(decoding: value, as: UTF8.self)
  }

  private func declareNamespace(_ name: UnsafeBufferPointer<UInt8>, _ value: String) throws(TableIOError) {
    let parts = String(decoding: name, as: UTF8.self).split(separator: ":", omittingEmptySubsequences: false)
    guard parts[0] == "xmlns", parts.count < 3 else { return }
    let prefix = parts.count == 2 ? String(parts[1]) : ""
    switch (prefix, value) {
    case ("xml", XMLElementStack.xml): return
    case ("xml", _), ("xmlns", _), (_, XMLElementStack.xml), (_, XMLElementStack.xmlns):
      try namespaceProblem("The prefixes 'xml' and 'xmlns' and their name spaces are reserved.")
    case (let prefix, "") where parts.count == 2:
      try namespaceProblem("The prefix '\(prefix)' must not be bound to an empty name space.")
    default: elements.declare(prefix, as: value)
    }
  }

  private func resolve(_ name: UnsafeBufferPointer<UInt8>, isAttribute: Bool) throws(TableIOError) -> XMLName {
    guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else {
      let local = String(decoding: name, as: UTF8.self)
      if isAttribute {
        return XMLName(prefix: "", local: local, namespace: local == "xmlns" ? XMLElementStack.xmlns : "")
      }
      return XMLName(prefix: "", local: local, namespace: elements.namespace(of: "") ?? "")
    }
    guard XMLCharacters.isQualifiedName(name) else {
      let whole = String(decoding: name, as: UTF8.self)
      try namespaceProblem("'\(whole)' is not a name with a prefix.")
      return XMLName(prefix: "", local: whole, namespace: "")
    }
    let prefix = String(decoding: name[..<colon], as: UTF8.self)
    let local = String(decoding: name[(colon + 1)...], as: UTF8.self)
    if prefix == "xmlns" {
      if !isAttribute { try namespaceProblem("The prefix 'xmlns' must not be used for an element.") }
      return XMLName(prefix: prefix, local: local, namespace: XMLElementStack.xmlns)
    }
    let namespace = elements.namespace(of: prefix)
    if namespace == nil { try namespaceProblem("The prefix '\(prefix)' is not declared.") }
    return XMLName(prefix: prefix, local: local, namespace: namespace ?? "")
  }

  /// Reads a comment.
  func comment() throws(TableIOError) {
    let length = try markupLength { (bytes, from, to) throws(TableIOError) in
      var at = max(from - 2, 4)
      while at + 2 < to {
        if bytes[at] == UInt8(ascii: "-"), bytes[at + 1] == UInt8(ascii: "-") {
          guard bytes[at + 2] == UInt8(ascii: ">") else {
            throw self.failure("'--' must not stand in a comment.", at: self.input.cursor + at)
          }
          return at + 3
        }
        at += 1
      }
      return nil
    }
    takeText(4..<length - 3, of: length)
  }

  /// Reads a processing instruction.
  func instruction() throws(TableIOError) {
    let length = try markupLength { bytes, from, to in
      var at = max(from - 1, 2)
      while at + 1 < to {
        if bytes[at] == UInt8(ascii: "?"), bytes[at + 1] == UInt8(ascii: ">") { return at + 2 }
        at += 1
      }
      return nil
    }
    var tag = TagScanner(base: input.base + input.cursor, end: length - 2, at: 2)
    let target = String(decoding: try tagName(&tag), as: UTF8.self)
    guard target.lowercased() != "xml" else {
      throw failure("The XML declaration may stand only at the very start of the document.")
    }
    if target.contains(":") { try namespaceProblem("The target of a processing instruction must not hold a colon.") }
    guard tag.isAtEnd || tag.skipSpace() else {
      throw failure("White space is missing after the target of a processing instruction.")
    }
    name = XMLName(prefix: "", local: target, namespace: "")
    takeText(tag.at..<tag.end, of: length)
  }

  /// Skips the document type declaration: quotes, comments and instructions in its internal subset hide its brackets.
  func doctype() throws(TableIOError) {
    var quote: UInt8 = 0
    var depth = 0
    var hidden: StaticString = ""
    let length = try markupLength { bytes, from, to in
      // Looks back and ahead by no more than a few bytes, so a cut mark is met again whole.
      for at in max(from, 9)..<max(to, 9) {
        let byte = bytes[at]
        if hidden.utf8CodeUnitCount > 0 {
          let count = hidden.utf8CodeUnitCount
          if (0..<count).allSatisfy({ bytes[at + 1 - count + $0] == hidden.utf8Start[$0] }) { hidden = "" }
        } else if quote != 0 {
          if byte == quote { quote = 0 }
        } else {
          switch byte {
          case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
          case UInt8(ascii: "-") where bytes[at - 1] == 0x2D && bytes[at - 2] == 0x21 && bytes[at - 3] == 0x3C:
            hidden = "-->"
            depth -= 1
          case UInt8(ascii: "?") where bytes[at - 1] == 0x3C:
            hidden = "?>"
            depth -= 1
          case UInt8(ascii: "["), UInt8(ascii: "<"): depth += 1
          case UInt8(ascii: "]"): depth -= 1
          case UInt8(ascii: ">"):
            if depth == 0 { return at + 1 }
            depth -= 1
          default: break
          }
        }
      }
      return nil
    }
    var tag = TagScanner(base: input.base + input.cursor, end: length - 1, at: 9)
    guard tag.skipSpace() else { throw failure("White space is missing after '<!DOCTYPE'.") }
    _ = try tagName(&tag)
    input.cursor += length
  }

  /// Checks the XML declaration at the start of the document.
  func declaration() throws(TableIOError) {
    guard try has(6) else { return }
    let opening = UnsafeBufferPointer(start: input.base, count: 6)
    guard opening.starts(with: "<?xml".utf8), XMLCharacters.isSpace(opening[5]) else { return }
    let length = try markupLength { bytes, from, to in
      (max(from, 6)..<max(to, 6)).first { bytes[$0] == UInt8(ascii: ">") }.map { $0 + 1 }
    }
    var tag = TagScanner(base: input.base, end: length - 2, at: 5)
    guard input.base[length - 2] == UInt8(ascii: "?") else {
      throw failure("The XML declaration does not end with '?>'.")
    }
    var expected = ["version", "encoding", "standalone"][...]
    // Like libxml2, does without the blank before `standalone`.
    while tag.skipSpace() || expected.count == 1, !tag.isAtEnd {
      let key = String(decoding: try tagName(&tag), as: UTF8.self)
      let value = try attributeValue(&tag)
      guard let place = expected.firstIndex(of: key), key == "version" || expected.count < 3 else {
        throw failure("The XML declaration must hold version, encoding and standalone, in this order.")
      }
      expected = expected[(place + 1)...]
      let isGood =
        switch key {
        case "version": value.hasPrefix("1.") && value.dropFirst(2).allSatisfy { "0"..."9" ~= $0 }
        case "standalone": value == "yes" || value == "no"
        default: value.first.map { $0.isASCII && $0.isLetter } == true
        }
      guard isGood else { throw failure("The XML declaration holds \(key)=\"\(value)\", which cannot be.") }
    }
    guard tag.isAtEnd, expected.count < 3 else { throw failure("The XML declaration is broken.") }
    input.cursor += length
  }
}

/// A place in a tag.
struct TagScanner {
  let base: UnsafePointer<UInt8>
  let end: Int
  var at: Int

  var isAtEnd: Bool { at >= end }
  var byte: UInt8 { base[at] }

  /// - Returns: whether there was any white space.
  mutating func skipSpace() -> Bool {
    let start = at
    while at < end, XMLCharacters.isSpace(base[at]) { at += 1 }
    return at > start
  }
}
