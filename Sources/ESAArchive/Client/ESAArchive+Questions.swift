import TAP
import TableIO

extension ESAArchive {
  /// An answer with its rows.
  struct Answer: Sendable {
    var table: Table
    var result: TAPResult
    var wasRunAgain = false
  }

  /// Asks the table service.
  func ask(
    _ statement: ADQLStatement, _ mode: QueryMode, _ overflow: OverflowPolicy,
    _ progress: @Sendable (String, UWSPhase) -> Void = { _, _ in }
  ) async throws -> Answer {
    if mode == .job { return try await askAsJob(statement, progress) }
    let query = TAPQuery(statement, maxRows: configuration.rowLimit, format: "votable")
    let result = try await tap.query(query)
    var answer = Answer(table: try result.table(), result: result)
    guard answer.table.isOverflow else { return answer }
    switch overflow {
    case .keep: return answer
    case .fail: throw truncated(answer.table.rowCount, statement)
    case .runAsJob:
      answer = try await askAsJob(statement, progress)
      answer.wasRunAgain = true
      return answer
    }
  }

  /// Asks something that only a whole answer is good for.
  func lookUp(_ statement: ADQLStatement, _ mode: QueryMode = .direct) async throws -> Table {
    let table = try await ask(statement, mode, .runAsJob).table
    if table.isOverflow { throw truncated(table.rowCount, statement) }
    return table
  }

  /// Asks on the view that is known to be there.
  ///
  /// As long as none is, `jwst.main` is asked, and its successor where the service answers that there is no such table. When
  /// that does not answer either, the first refusal is the one that counts.
  func withLayout<Result: Sendable>(_ ask: (TableLayout) async throws -> Result) async throws -> Result {
    if let layout = configuration.layout ?? foundLayout.withLock({ $0 }) { return try await ask(layout) }
    do {
      let result = try await ask(.main)
      foundLayout.withLock { $0 = .main }
      return result
    } catch let refusal as TAPError where UnknownTable.isMeant(by: refusal.message, TableLayout.main.table) {
      do {
        let result = try await ask(.archive)
        foundLayout.withLock { $0 = .archive }
        return result
      } catch is TAPError {
        throw refusal
      }
    }
  }

  private func askAsJob(
    _ statement: ADQLStatement, _ progress: @Sendable (String, UWSPhase) -> Void
  ) async throws -> Answer {
    let query = TAPQuery(statement, format: "votable")
    let result = try await tap.runAsync(query, patience: configuration.jobPatience, progress: progress)
    return Answer(table: try result.table(), result: result)
  }

  private func truncated(_ rowCount: Int, _ statement: ADQLStatement) -> ESAArchiveError {
    ESAArchiveError(
      .truncated, "The archive gave only the first \(rowCount) rows of the answer; ask for less at once.",
      url: configuration.tapURL)
  }
}
