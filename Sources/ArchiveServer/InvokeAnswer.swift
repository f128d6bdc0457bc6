internal import Holdings
internal import LocalArchive
internal import TableIO

/// A page of rows in the shape of MAST's json format, written piece by piece.
struct InvokeAnswer: Sendable {
  private let store: ArchiveStore
  private let table: ArchiveTable
  private let columns: [ArchiveTable.Column]
  private let hits: ArraySlice<ArchiveStore.Hit>
  private let hasDistance: Bool
  private let page: Int
  private let pageSize: Int
  private let total: Int

  init(
    store: ArchiveStore, table: ArchiveTable, columns: [ArchiveTable.Column], hits: [ArchiveStore.Hit],
    hasDistance: Bool, page: Int, pageSize: Int
  ) {
    self.store = store
    self.table = table
    self.columns = columns
    self.hasDistance = hasDistance
    self.page = page
    self.pageSize = pageSize
    total = hits.count
    // A page far beyond the end is empty; its first row must not overflow.
    let start = (page - 1).multipliedReportingOverflow(by: pageSize)
    let first = start.overflow ? total : min(start.partialValue, total)
    self.hits = hits[first..<min(first + pageSize, total)]
  }

  /// One row with the number of rows.
  static func count(_ count: Int) -> ServerResponse {
    .json(
      .object([
        "status": .string("COMPLETE"), "msg": .string(""),
        "data": .array([.object(["Column1": .integer(Int64(count))])]),
        "fields": .array([.object(["name": .string("Column1"), "type": .string("string")])]),
        "paging": paging(page: 1, pageSize: 50000, rows: 1, total: 1),
      ]))
  }

  /// The answer: small ones at once, large ones as a stream.
  func response() throws(InvokeFailure) -> ServerResponse {
    guard hits.count > rowsPerPiece else {
      var writer = JSONWriter()
      writer.write(raw: head)
      do throws(LocalArchiveError) {
        try write(hits, isFirst: true, to: &writer)
      } catch {
        throw InvokeFailure("The archive could not be read.", status: 500)
      }
      writeTail(to: &writer)
      return .json(.bytes(writer.bytes))
    }
    return .json(
      .stream { send in
        var writer = JSONWriter()
        writer.write(raw: head)
        var rest = hits
        var isFirst = true
        while !rest.isEmpty {
          let (piece, before) = (rest.prefix(rowsPerPiece), writer.bytes)
          let starts = isFirst
          rest = rest.dropFirst(rowsPerPiece)
          // The database may take its time.
          let written = await Aside.run {
            Result { () throws(LocalArchiveError) in
              var writer = JSONWriter()
              writer.bytes = before
              let count = try write(piece, isFirst: starts, to: &writer)
              return (writer.bytes, count)
            }
          }
          let (bytes, count) = try written.get()
          if count > 0 { isFirst = false }
          try await send(bytes)
          writer.bytes.removeAll(keepingCapacity: true)
        }
        writeTail(to: &writer)
        try await send(writer.bytes)
      })
  }

  private var head: StaticString { #"{"status":"COMPLETE","msg":"","data":["# }

  /// About a quarter of a megabyte at a time.
  private var rowsPerPiece: Int { max(1, 20_000 / max(columns.count, 1)) }

  /// Writes the rows that are still there.
  /// - Returns: how many there were.
  @discardableResult private func write(
    _ piece: ArraySlice<ArchiveStore.Hit>, isFirst: Bool, to writer: inout JSONWriter
  ) throws(LocalArchiveError) -> Int {
    let names = (columns.map(\.name) + (hasDistance ? ["distance"] : [])).map { name in
      var writer = JSONWriter()
      writer.write(string: name)
      writer.write(raw: ":")
      return writer.bytes
    }
    let rows = try store.rowsByKey(of: table, columns: columns, keys: piece.map(\.key))
    // A row may have gone since it was found.
    let present = piece.lazy.compactMap { hit in rows[hit.key].map { (cells: $0, hit: hit) } }
    var count = 0
    for (number, (cells, hit)) in present.enumerated() {
      count += 1
      writer.write(raw: number == 0 && isFirst ? "{" : ",{")
      for (position, cell) in cells.enumerated() {
        if position > 0 { writer.write(raw: ",") }
        writer.bytes += names[position]
        writer.write(columns[position].json(cell))
      }
      if hasDistance {
        if !cells.isEmpty { writer.write(raw: ",") }
        writer.bytes += names[cells.count]
        writer.write(hit.distance.map(JSONValue.real) ?? .null)
      }
      writer.write(raw: "}")
    }
    return count
  }

  private func writeTail(to writer: inout JSONWriter) {
    writer.write(raw: #"],"fields":"#)
    var fields = columns.map { column in
      JSONValue.object(["name": .string(column.name), "type": .string(column.declaredType)])
    }
    if hasDistance { fields.append(.object(["name": .string("distance"), "type": .string("float")])) }
    writer.write(.array(fields))
    writer.write(raw: #","paging":"#)
    writer.write(Self.paging(page: page, pageSize: pageSize, rows: hits.count, total: total))
    writer.write(raw: "}")
  }

  private static func paging(page: Int, pageSize: Int, rows: Int, total: Int) -> JSONValue {
    let pages = max(1, (total + pageSize - 1) / pageSize)
    let numbers: KeyValuePairs = [
      "page": page, "pageSize": pageSize, "pagesFiltered": pages, "rows": rows, "rowsFiltered": total,
      "rowsTotal": total,
    ]
    return .object(JSONObject(members: numbers.map { .init(name: $0.key, value: .integer(Int64($0.value))) }))
  }
}

extension ArchiveTable.Column {
  /// The type as MAST's `fields` list spells it; dates are sent as text.
  var declaredType: String { type == .date ? ColumnType.text.rawValue : type.rawValue }

  /// A value as MAST sends it.
  func json(_ cell: Cell) -> JSONValue {
    switch cell {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): type == .date ? .string(MASTDate.text(milliseconds: value)) : .integer(value)
    case .real(let value): .real(value)
    case .text(let text): .string(text)
    }
  }
}
