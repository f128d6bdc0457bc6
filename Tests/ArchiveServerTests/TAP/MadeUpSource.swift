import Foundation
import Synchronization
import TableIO

@testable import ArchiveServer
@testable import LocalArchive

/// Answers queries with made-up rows, as the query's text says:
/// `ROWS n` counts to n, `FAIL` is refused, `BREAK n` fails after n rows, `WAIT` goes on until it is stopped, `GATE` until a gate is open,
/// `UPLOAD name` gives a table back.
struct MadeUpSource: QuerySource {
  /// Queries that are open.
  let open = Counter()
  /// Open when it is not 0.
  let gate = Counter()

  final class Counter: Sendable {
    private let state = Mutex(0)
    var value: Int { state.withLock { $0 } }
    func add(_ number: Int) { state.withLock { $0 += number } }
  }

  func rows(of query: ArchiveQuery) throws(LocalArchiveError) -> any ResultRows {
    let words = query.adql.split(separator: " ").map(String.init)
    let number = words.count > 1 ? Int(words[1]) ?? 0 : 0
    switch words.first {
    case "ROWS": return MadeUpRows(number, limit: query.maxRows, open: open)
    case "BREAK": return MadeUpRows(number + 1, limit: query.maxRows, failsAt: number, open: open)
    case "WAIT": return MadeUpRows(.max, limit: nil, waits: true, open: open)
    case "GATE": return MadeUpRows(1, limit: nil, waits: true, gate: gate, open: open)
    case "UPLOAD":
      guard let table = query.uploads.first(where: { $0.name == words[1] })?.table else {
        throw LocalArchiveError(.badQuery, "Unknown table TAP_UPLOAD.\(words[1]).")
      }
      return TableRows(table)
    default: throw LocalArchiveError(.badQuery, "Expected SELECT at line 1, column 1 <here>, not \"\(query.adql)\".")
    }
  }

  func schema(for user: String?) throws(LocalArchiveError) -> ArchiveSchema {
    ArchiveSchema(
      groups: [.init(name: "jwst", description: "JWST & more")],
      tables: [
        .init(
          name: "jwst.main", isView: true, description: "Observations",
          columns: [
            .init(name: "observationid", type: .text, description: "Identifier", isIndexed: true),
            .init(name: "target_ra", type: .double, unit: "deg", ucd: "pos.eq.ra;meta.main", description: "RA <ICRS>"),
            .init(name: "public", type: .boolean, description: "Whether anybody may fetch the data"),
          ],
          foreignKeys: [.init(target: "jwst.main", from: ["observationid"], to: ["observationid"])]),
        .init(
          name: "jwst.artifact", isView: true, description: "Files",
          columns: [.init(name: "uri", type: .text, description: "URI", isStandard: true)]),
      ])
  }
}

final class MadeUpRows: ResultRows {
  let metadata = TableMetadata(columns: [
    Column("number", .long, ucd: "meta.number"), Column("name", .char, shape: .variable),
  ])
  let cancellation = QueryCancellation()
  private(set) var isOverflow = false
  private let total: Int
  private let limit: Int
  private let failsAt: Int?
  private let waits: Bool
  private let gate: MadeUpSource.Counter?
  private let open: MadeUpSource.Counter
  private var given = 0
  private var isOpen = true

  init(
    _ total: Int, limit: Int?, failsAt: Int? = nil, waits: Bool = false, gate: MadeUpSource.Counter? = nil,
    open: MadeUpSource.Counter
  ) {
    self.total = total
    self.limit = limit ?? .max
    self.failsAt = failsAt
    self.waits = waits
    self.gate = gate
    self.open = open
    open.add(1)
  }

  func next(maxRows: Int) throws(LocalArchiveError) -> TableBatch? {
    while waits, gate.map({ $0.value == 0 }) ?? true, !cancellation.isCancelled { usleep(2000) }
    if cancellation.isCancelled { throw LocalArchiveError(.cancelled, "The query was stopped.") }
    if let failsAt, given == failsAt { throw LocalArchiveError(.timedOut, "The query took too long.") }
    let count = min(maxRows, min(failsAt ?? total, limit) - given)
    guard count > 0 else {
      isOverflow = limit < total
      return nil
    }
    var table = Table(columns: metadata.columns)
    for number in given..<given + count {
      do { try table.append(row: [number, "row <\(number)>"]) } catch { fatalError("\(error)") }
    }
    given += count
    return table.rows
  }

  func close() {
    if isOpen { open.add(-1) }
    isOpen = false
  }
}

final class TableRows: ResultRows {
  let metadata: TableMetadata
  let cancellation = QueryCancellation()
  let isOverflow = false
  private var rows: TableBatch?

  init(_ table: Table) {
    metadata = table.metadata
    rows = table.rows
  }

  func next(maxRows: Int) throws(LocalArchiveError) -> TableBatch? { rows.take() }
  func close() {}
}
