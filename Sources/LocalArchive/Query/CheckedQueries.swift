internal import ADQL
internal import Synchronization
internal import TableIO

/// A query in SQL, with the columns of its result.
struct RenderedQuery: Sendable {
  var sql: String
  var metadata: TableMetadata
  var usesIndexes: [String]
}

/// Queries that were checked and rendered before, by their text: many programs ask the same again and again.
final class CheckedQueries: Sendable {
  private struct Memory {
    var queries: [String: RenderedQuery] = [:]
    var order: [String] = []
  }

  private let limit: Int
  private let memory = Mutex(Memory())

  init(limit: Int) { self.limit = limit }

  /// A query that was kept.
  func query(_ text: String) -> RenderedQuery? { memory.withLock { $0.queries[text] } }

  /// Keeps a query; the oldest one makes room.
  func keep(_ query: RenderedQuery, for text: String) {
    guard text.utf8.count <= 10_000 else { return }
    memory.withLock { memory in
      if memory.queries.updateValue(query, forKey: text) == nil { memory.order.append(text) }
      if memory.order.count > limit { memory.queries[memory.order.removeFirst()] = nil }
    }
  }
}
