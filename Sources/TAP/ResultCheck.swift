import TableIO

/// Looks at a body before it counts as a result: whether it is whole, and whether it is a table at all.
struct ResultCheck {
  /// Why it is no result.
  let problem: (kind: TAPError.Kind, message: String)?
  /// Whether the bytes are gzip.
  let isGzip: Bool
  /// Whether the service says that it cut the table.
  let isOverflow: Bool

  /// What follows the rows of a table is looked for in so many bytes at the end.
  private static let tailLimit = 64 << 10

  /// - Throws: `TableIOError`, of kind `.malformed` for gzip data that are damaged or cut.
  init(_ body: SpooledBytes) throws(TableIOError) {
    let stored = try body.head(2)
    isGzip = GzipByteSource.isGzip(stored)
    let (head, tail) = try Self.ends(of: body, isGzip: isGzip)
    guard !head.isEmpty else {
      problem = (.badAnswer, "The service sent an empty answer in place of a table; ask again.")
      isOverflow = false
      return
    }
    let first = head.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    guard TableFormat(content: head) == .votable else {
      problem = nil
      isOverflow = false
      return
    }
    var infos: [Info] = []
    do throws(TableIOError) {
      var reader = try VOTableReader(source: PeekableByteSource(inflating: body.source()))
      infos = try reader.nextTable()?.infos ?? []
    } catch {
      problem = Self.problem(error, head: head, tail: tail)
      isOverflow = false
      return
    }
    // UTF-16 is not searched for; a reader notices its end.
    guard first == UInt8(ascii: "<") || first == 0xEF, !head.prefix(2).contains(0) else {
      problem = nil
      isOverflow = infos.contains(where: \.isOverflow)
      return
    }
    let end = String(decoding: tail, as: UTF8.self)
    guard end.contains("VOTABLE>") else {
      problem = (.truncated, "The result ends before the end of its VOTable; ask again.")
      isOverflow = false
      return
    }
    let notes = end.ranges(of: "TABLE>").dropLast().last.map { end[$0.upperBound...] } ?? end[...]
    problem = MessageText.queryStatus(String(notes)).map { text in
      let said = ServerMessage.cleaned(text)
      return (.service, said.isEmpty ? "The service failed while it sent the result, and does not say why." : said)
    }
    isOverflow = infos.contains(where: \.isOverflow) || Self.saysOverflow(notes)
  }

  private static func saysOverflow(_ notes: Substring) -> Bool {
    notes.split(separator: "<").contains { tag in
      MessageText.attribute("name", in: tag) == "QUERY_STATUS"
        && MessageText.attribute("value", in: tag)?.uppercased() == "OVERFLOW"
    }
  }

  /// What it means that no table begins.
  private static func problem(
    _ error: TableIOError, head: [UInt8], tail: [UInt8]
  ) -> (kind: TAPError.Kind, message: String) {
    if error.kind == .serviceError { return (.service, ServerMessage.cleaned(error.message)) }
    let text = String(decoding: head, as: UTF8.self)
    if text.contains("VOTABLE"), !String(decoding: tail, as: UTF8.self).contains("VOTABLE>") {
      return (.truncated, "The result ends before the end of its VOTable; ask again.")
    }
    let said = ServerMessage(bytes: head, contentType: nil).text.prefix(500)
    return (.badAnswer, "The service sent something else in place of a table. It says: \(said)")
  }

  /// The first and last bytes, inflated. Gzip data are run through to their end, which tells whether they are whole.
  private static func ends(
    of body: SpooledBytes, isGzip: Bool
  ) throws(TableIOError) -> (head: [UInt8], tail: [UInt8]) {
    guard isGzip else {
      return (try body.head(tailLimit), try body.tail(tailLimit))
    }
    let source = GzipByteSource(body.source())
    var head: [UInt8] = []
    var tail: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 256 << 10)
    while case let count = try source.read(into: &piece), count > 0 {
      if head.count < tailLimit { head += piece[..<min(count, tailLimit - head.count)] }
      if count >= tailLimit { tail = [] }
      tail += piece[max(0, count - tailLimit)..<count]
      if tail.count > 4 * tailLimit { tail.removeFirst(tail.count - tailLimit) }
    }
    return (head, tail.suffix(tailLimit))
  }
}
