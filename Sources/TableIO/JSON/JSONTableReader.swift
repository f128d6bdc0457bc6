/// Reads tables from JSON as the archives send it, in bounded memory.
///
/// - ESA: `{"metadata": [{"name": …, "datatype": …, "unit": …}, …], "data": [[…], …]}`
/// - MAST: `{"status": "COMPLETE", "data": [{"obsid": …}, …], "fields": [{"name": …, "type": …}, …], …}`
/// - MAST, other services: `{"Tables": [{"Fields": [{"name": …}], "Rows": [[…], …]}]}`, also inside `data` and with `Columns`
///
/// Rows are arrays or objects in all of them. Values are converted to the declared types leniently: MAST declares text and sends numbers.
/// Its `int` becomes long and its `float` double, since it stores larger numbers in both. Where the columns are described behind the
/// rows, as MAST does, the rows are put aside first, in a temporary file when they are many.
public struct JSONTableReader: TableReader {
  /// What was odd but could be read.
  public var diagnostics: [Diagnostic] { earlierDiagnostics + (decoder?.diagnostics ?? []) }
  /// None.
  public var trailingInfos: [Info] { [] }

  /// A bracket that is open.
  private enum Frame {
    /// An object that may describe a table, and whether a member has been read.
    case object(Draft, hasMembers: Bool)
    /// A list of such objects.
    case list(hasElements: Bool)
  }

  /// What an object has said of a table so far.
  private struct Draft {
    var name: String?
    var columns: [Column]?
    var rows: (spool: SpoolFile, line: Int)?
  }

  private let text: JSONText
  private let temporaryDirectory: String?
  private var frames: [Frame] = []
  private var hasBegun = false
  private var tableCount = 0
  private var status: String?
  private var message: String?
  private var earlierDiagnostics: [Diagnostic] = []

  /// The present table: where its rows come from.
  private var rows: JSONText?
  private var decoder: JSONRowDecoder?
  private var rowNumber = 0
  private var rowHasBefore = false

  /// Reads JSON in UTF-8.
  /// - Parameters:
  ///   - source: the text.
  ///   - temporaryDirectory: where rows are put aside; `nil` is the system's usual place.
  public init(source: any ByteSource, temporaryDirectory: String? = nil) {
    text = JSONText(source)
    self.temporaryDirectory = temporaryDirectory
  }

  /// Goes on to the next table.
  /// - Throws: ``TableIOError``; `.serviceError` with MAST's message when its status is an error.
  public mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    while rows != nil { _ = try nextRow() }
    if !hasBegun {
      hasBegun = true
      try text.skipByteOrderMark()
      try text.expect(UInt8(ascii: "{"), "'{' at the beginning of a JSON table")
      frames = [.object(Draft(), hasMembers: false)]
    }
    while let frame = frames.last {
      let table: TableMetadata?
      switch frame {
      case .object(let draft, let hasMembers): table = try readMember(draft, hasMembers)
      case .list(let hasElements):
        try readElement(hasElements)
        table = nil
      }
      if let table { return table }
    }
    try checkStatus()
    guard tableCount > 0 else {
      throw TableIOError(
        .malformed, "The JSON document holds no table: neither metadata and data, nor fields and data, nor Tables.")
    }
    guard try text.peek() == nil else { throw text.malformed("Unexpected text after the JSON document") }
    return nil
  }

  /// Reads rows.
  public mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    batch.removeAll()
    while batch.rowCount < max(1, rowLimit), decoder != nil, let row = try nextRow() {
      rowNumber += 1
      try decoder?.decode(row.bytes, into: &batch, line: row.line, rowNumber: rowNumber)
    }
    return batch.rowCount > 0
  }

  /// Takes the next row of the present table; at the end there is no present table any more.
  private mutating func nextRow() throws(TableIOError) -> (line: Int, bytes: UnsafeBufferPointer<UInt8>)? {
    guard let source = rows else { return nil }
    if try source.take(UInt8(ascii: "]")) {
      rows = nil
      return nil
    }
    if rowHasBefore { try source.expect(UInt8(ascii: ","), "',' or ']' after a row") }
    rowHasBefore = true
    _ = try source.peek()
    let line = source.line
    return (line, try source.value())
  }

  private mutating func readElement(_ hasElements: Bool) throws(TableIOError) {
    if try text.take(UInt8(ascii: "]")) {
      frames.removeLast()
      return
    }
    if hasElements { try text.expect(UInt8(ascii: ","), "',' or ']' in the list of tables") }
    try text.expect(UInt8(ascii: "{"), "a table's '{'")
    frames[frames.count - 1] = .list(hasElements: true)
    frames.append(.object(Draft(), hasMembers: false))
  }

  /// Reads a member of an object, or its end.
  private mutating func readMember(_ draft: Draft, _ hasMembers: Bool) throws(TableIOError) -> TableMetadata? {
    var draft = draft
    if try text.take(UInt8(ascii: "}")) {
      frames.removeLast()
      guard let rows = draft.rows else { return nil }
      try checkStatus()
      throw TableIOError(.malformed, "The JSON document does not say which columns its rows have.", line: rows.line)
    }
    if hasMembers { try text.expect(UInt8(ascii: ","), "',' or '}' in an object") }
    let name = try text.name()
    let first = try text.peek()
    var table: TableMetadata?
    var inner: Frame?
    switch (name.lowercased(), first) {
    case ("metadata", UInt8(ascii: "[")), ("fields", UInt8(ascii: "[")), ("columns", UInt8(ascii: "[")):
      let line = text.line
      guard let columns = JSONColumns.columns(try text.parsedValue()) else {
        throw TableIOError(.malformed, "\"\(name)\" is no list of columns with names.", line: line)
      }
      draft.columns = columns
      if let held = draft.rows {
        draft.rows = nil
        table = try begin(draft, JSONText(held.spool.contents.source(), line: held.line))
      }
    case ("data", UInt8(ascii: "[")), ("rows", UInt8(ascii: "[")):
      if draft.columns != nil {
        table = try begin(draft, text)
      } else {
        let spool = SpoolFile(directory: temporaryDirectory)
        let line = text.line
        try text.copyValue(to: spool)
        draft.rows = (spool, line)
      }
    case ("data", UInt8(ascii: "{")):
      try text.expect(UInt8(ascii: "{"), "'{'")
      inner = .object(Draft(), hasMembers: false)
    case ("tables", UInt8(ascii: "[")):
      try text.expect(UInt8(ascii: "["), "'['")
      inner = .list(hasElements: false)
    case ("name", UInt8(ascii: "\"")): draft.name = try text.parsedValue().stringValue
    case ("status", UInt8(ascii: "\"")): status = try text.parsedValue().stringValue
    case ("msg", UInt8(ascii: "\"")): message = try text.parsedValue().stringValue
    default: try text.copyValue(to: nil)
    }
    frames[frames.count - 1] = .object(draft, hasMembers: true)
    if let inner { frames.append(inner) }
    return table
  }

  private mutating func begin(_ draft: Draft, _ source: JSONText) throws(TableIOError) -> TableMetadata {
    try checkStatus()
    try source.expect(UInt8(ascii: "["), "'[' before the rows")
    earlierDiagnostics = diagnostics
    let columns = draft.columns ?? []
    decoder = JSONRowDecoder(columns: columns, unknownNames: .warn)
    rows = source
    rowHasBefore = false
    rowNumber = 0
    tableCount += 1
    return TableMetadata(name: draft.name, columns: columns)
  }

  private func checkStatus() throws(TableIOError) {
    switch status?.uppercased() {
    case "ERROR":
      throw TableIOError(.serviceError, "The archive answers with an error: \(message ?? "it gives no reason").")
    case "EXECUTING":
      throw TableIOError(.serviceError, "The archive is still executing the request. Send the same request again.")
    default: return
    }
  }
}
