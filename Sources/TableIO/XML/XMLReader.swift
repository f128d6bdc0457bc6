/// A strict reader of XML 1.0 with name spaces: the caller pulls one event after the other, in bounded memory.
///
///     let xml = try XMLReader(source: source)
///     while let event = try xml.next() {
///       if event == .start, xml.name.local == "TABLE" { … }
///     }
///
/// It judges well-formedness as libxml2 does. A document type declaration is skipped and never obeyed; references other than
/// the five of XML and those to characters are refused. Text and CDATA come as one or more `.text` events.
public final class XMLReader {
  /// What stands at the present place of the document.
  public enum Event: Sendable, Hashable {
    /// A start tag; an empty element gives `.end` next.
    case start
    /// An end tag.
    case end
    /// A piece of text.
    case text
    /// A comment.
    case comment
    /// A processing instruction: its target is the ``XMLReader/name``, its data the text.
    case instruction
  }

  /// The bounds in force.
  public let limits: XMLLimits
  /// Name of the present element or target of the present instruction.
  public internal(set) var name = XMLName(prefix: "", local: "", namespace: "")
  /// Attributes of the present start tag without the name space declarations.
  public internal(set) var attributes: [XMLAttribute] = []
  /// Breaches of the rules of name spaces; empty when they are errors.
  public internal(set) var problems: [Diagnostic] = []
  /// Whether a breach of the rules of name spaces, which many programs overlook, is an error.
  public let refusesNamespaceErrors: Bool

  var input: XMLInput
  var elements = XMLElementStack()
  private var isEmptyElement = false
  private var isInCDATA = false
  private var hasRoot = false
  private var hasDoctype = false
  private var eventOffset = 0
  private var textRange = 0..<0
  /// Length of the character of a reference, beside the window; 0 when the text is none.
  private var decodedCount = 0

  /// Begins a document.
  /// - Throws: ``TableIOError`` when the source fails or the encoding is not supported.
  public init(
    source: any ByteSource, limits: XMLLimits = XMLLimits(), refusesNamespaceErrors: Bool = true
  ) throws(TableIOError) {
    self.limits = limits
    self.refusesNamespaceErrors = refusesNamespaceErrors
    input = try XMLInput(source: source)
    try declaration()
  }

  /// Number of open elements.
  public var depth: Int { elements.count }

  /// Line and byte in the line, from 1, of the present event.
  public var position: (line: Int, column: Int) {
    let place = input.position(at: min(eventOffset, input.end))
    return (place.line, place.column)
  }

  /// The text of the present event; valid until the next call.
  public var text: UnsafeBufferPointer<UInt8> {
    if decodedCount > 0 { return UnsafeBufferPointer(start: input.scratch, count: decodedCount) }
    return UnsafeBufferPointer(start: input.base + textRange.lowerBound, count: textRange.count)
  }

  /// The value of an attribute that is in no name space.
  public func attribute(_ name: String) -> String? {
    attributes.first { $0.name.prefix.isEmpty && $0.name.local == name }?.value
  }

  /// Goes to the next event.
  /// - Returns: `nil` at the end of the document.
  public func next() throws(TableIOError) -> Event? {
    decodedCount = 0
    if isEmptyElement {
      isEmptyElement = false
      return endElement()
    }
    while true {
      if isInCDATA {
        if try cdataPiece() { return .text }
        continue
      }
      guard try has(1) else {
        if !elements.isEmpty { throw failure("The document ends inside the element '\(elements.lastName)'.") }
        if !hasRoot { throw failure("The document has no root element.") }
        return nil
      }
      eventOffset = input.cursor
      let byte = input.base[input.cursor]
      if byte == UInt8(ascii: "<") {
        if let event = try markup() { return event }
      } else if elements.isEmpty {
        guard XMLCharacters.isSpace(byte) else {
          throw failure("Only white space, comments and processing instructions may stand outside the root element.")
        }
        input.cursor += 1
      } else if byte == UInt8(ascii: "&") {
        try reference()
        return .text
      } else {
        try textPiece()
        return .text
      }
    }
  }

  /// Makes sure of some bytes in the window.
  func has(_ count: Int) throws(TableIOError) -> Bool {
    while input.available < count { if try !input.fill() { return false } }
    return true
  }

  /// An error at the place of the present event or some bytes after it.
  func failure(_ message: String, _ kind: TableIOError.Kind = .malformed, at offset: Int? = nil) -> TableIOError {
    let place = input.position(at: min(offset ?? input.cursor, input.end))
    return TableIOError(kind, message, line: place.line, column: place.column)
  }

  /// A breach of the rules of name spaces.
  func namespaceProblem(_ message: String) throws(TableIOError) {
    let error = failure(message)
    if refusesNamespaceErrors { throw error }
    if problems.count < 100 { problems.append(Diagnostic(.error, message, line: error.line, column: error.column)) }
  }

  private func textPiece() throws(TableIOError) {
    if input.base[input.cursor] == UInt8(ascii: "]"), try has(3), matches("]]>") {
      throw failure("']]>' must not stand in text.")
    }
    eventOffset = input.cursor
    let start = input.cursor
    let stop = XMLScan.endOfText(input.base, from: start + 1, to: input.end)
    input.cursor = stop
    textRange = start..<stop
  }

  private func reference() throws(TableIOError) {
    let (scalar, length) = try referenceAtCursor()
    eventOffset = input.cursor
    for byte in UTF8.encode(scalar)! {
      input.scratch[decodedCount] = byte
      decodedCount += 1
    }
    input.cursor += length
  }

  private func referenceAtCursor() throws(TableIOError) -> (Unicode.Scalar, Int) {
    var length = 1
    while try has(length + 1), length <= limits.nameLength {
      let byte = input.base[input.cursor + length]
      if byte == UInt8(ascii: ";") {
        let body = UnsafeBufferPointer(start: input.base + input.cursor + 1, count: length - 1)
        guard let scalar = XMLCharacters.reference(body) else { break }
        return (scalar, length + 1)
      }
      if byte <= 0x20 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") { break }
      length += 1
    }
    throw failure("Only &lt; &gt; &amp; &quot; &apos; and references to legal characters may follow '&'.")
  }

  /// Gives the next piece of a CDATA section.
  /// - Returns: `false` when the section has ended.
  private func cdataPiece() throws(TableIOError) -> Bool {
    guard try has(3) else { throw failure("The document ends inside a CDATA section.") }
    eventOffset = input.cursor
    if matches("]]>") {
      input.cursor += 3
      isInCDATA = false
      return false
    }
    let start = input.cursor
    var stop = start + 1
    while stop < input.end, input.base[stop] != UInt8(ascii: "]") { stop += 1 }
    input.cursor = stop
    textRange = start..<stop
    return true
  }

  private func matches(_ text: StaticString) -> Bool {
    guard input.available >= text.utf8CodeUnitCount else { return false }
    let bytes = input.base + input.cursor
    for index in 0..<text.utf8CodeUnitCount where bytes[index] != text.utf8Start[index] { return false }
    return true
  }

  private func markup() throws(TableIOError) -> Event? {
    guard try has(2) else { throw failure("The document ends inside a tag.") }
    eventOffset = input.cursor
    switch input.base[input.cursor + 1] {
    case UInt8(ascii: "/"):
      try endTag()
      return .end
    case UInt8(ascii: "?"):
      try instruction()
      return .instruction
    case UInt8(ascii: "!"):
      if try has(4), matches("<!--") {
        try comment()
        return .comment
      }
      if try has(9), matches("<![CDATA["), !elements.isEmpty {
        input.cursor += 9
        isInCDATA = true
        return nil
      }
      guard matches("<!DOCTYPE"), !hasDoctype, !hasRoot else {
        throw failure("'<!' must begin a comment, a CDATA section or the document type declaration before the root.")
      }
      hasDoctype = true
      try doctype()
      return nil
    default:
      guard !elements.isEmpty || !hasRoot else { throw failure("There must be only one root element.") }
      hasRoot = true
      isEmptyElement = try startTag()
      return .start
    }
  }

  private func endTag() throws(TableIOError) {
    let length = try markupLength { bytes, from, to in
      var at = from
      while at < to, bytes[at] != UInt8(ascii: ">") { at += 1 }
      return at < to ? at + 1 : nil
    }
    guard !elements.isEmpty else { throw failure("An end tag without a start tag.") }
    let bytes = UnsafeBufferPointer(start: input.base + input.cursor + 2, count: length - 3)
    let open = elements.lastNameLength
    guard elements.lastNameMatches(bytes.prefix(open)), bytes.dropFirst(open).allSatisfy(XMLCharacters.isSpace) else {
      throw failure("The element '\(elements.lastName)' is open, and another end tag follows.")
    }
    input.cursor += length
    _ = endElement()
  }

  private func endElement() -> Event {
    name = elements.pop()
    attributes.removeAll(keepingCapacity: true)
    return .end
  }

  /// Finds the length of the markup at the cursor, lengthening the window until it is whole.
  /// - Parameter end: finds the place after the markup's last byte; called again with more bytes from where it stopped.
  func markupLength(
    _ end: (_ bytes: UnsafePointer<UInt8>, _ from: Int, _ to: Int) throws(TableIOError) -> Int?
  ) throws(TableIOError) -> Int {
    var from = 1
    while true {
      let to = input.available
      if let length = try end(input.base + input.cursor, from, to) { return length }
      guard to <= limits.markupLength else {
        throw failure("A tag, comment or instruction is longer than \(limits.markupLength) bytes.", .limit)
      }
      from = to
      eventOffset = 0
      guard try input.fill() else { throw failure("The document ends inside a tag, comment or instruction.") }
    }
  }

  /// Gives a part of the markup at the cursor as the event's text.
  func takeText(_ range: Range<Int>, of length: Int) {
    textRange = input.cursor + range.lowerBound..<input.cursor + range.upperBound
    eventOffset = input.cursor
    input.cursor += length
  }
}
