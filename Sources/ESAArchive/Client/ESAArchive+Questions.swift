import HTTPTransport
import TAP
import TableIO

extension ESAArchive {
  /// An answer with its rows.
  struct Answer: Sendable {
    var table: Table
    var result: TAPResult
    /// Whether there are more rows than these.
    var isOverflow: Bool
    var wasRunAgain = false
  }

  /// Asks the table service.
  func ask(
    _ statement: ADQLStatement, _ mode: QueryMode, _ overflow: OverflowPolicy,
    _ progress: @Sendable (String, UWSPhase) -> Void = { _, _ in }
  ) async throws -> Answer {
    if mode == .job { return try await askAsJob(statement, progress) }
    let query = TAPQuery(statement, maxRows: configuration.rowLimit, format: "votable")
    var answer = try answer(with: try await tap.query(query))
    guard answer.isOverflow else { return answer }
    switch overflow {
    case .keep: return answer
    case .fail: throw truncated(answer.table.rowCount)
    case .runAsJob:
      answer = try await askAsJob(statement, progress)
      answer.wasRunAgain = true
      return answer
    }
  }

  /// Asks something that only a whole answer is good for.
  func lookUp(_ statement: ADQLStatement, _ mode: QueryMode = .direct) async throws -> Table {
    let answer = try await ask(statement, mode, .runAsJob)
    if answer.isOverflow { throw truncated(answer.table.rowCount) }
    return answer.table
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

  /// The cells of a column that must be there.
  func column<Value: TableValue>(
    _ name: String, of table: Table, as type: Value.Type = Value.self
  ) throws(ESAArchiveError) -> [Value?] {
    do throws(TableIOError) { return try table.column(name, as: type) } catch { throw badAnswer(error) }
  }

  private func askAsJob(
    _ statement: ADQLStatement, _ progress: @Sendable (String, UWSPhase) -> Void
  ) async throws -> Answer {
    let query = TAPQuery(statement, format: "votable")
    return try answer(with: try await tap.runAsync(query, patience: configuration.jobPatience, progress: progress))
  }

  private func answer(with result: TAPResult) throws(ESAArchiveError) -> Answer {
    do throws(TableIOError) {
      var reader = try result.reader()
      let table = try Table(reading: &reader, rowLimit: configuration.rowLimit)
      var hasMore = false
      if table.rowCount == configuration.rowLimit {
        var rest = TableBatch(columns: table.metadata.columns)
        hasMore = try reader.read(into: &rest, rowLimit: 1)
      }
      return Answer(table: table, result: result, isOverflow: hasMore || result.isOverflow || table.isOverflow)
    } catch {
      throw badAnswer(error)
    }
  }

  private func badAnswer(_ error: TableIOError) -> ESAArchiveError {
    ESAArchiveError(
      .badAnswer, "The archive's answer is not the table that it should be: \(error.message)",
      url: configuration.tapURL,
      cause: error)
  }

  private func truncated(_ rowCount: Int) -> ESAArchiveError {
    ESAArchiveError(
      .truncated, "The archive gave only the first \(rowCount) rows of the answer; ask for less at once.",
      url: configuration.tapURL)
  }
}
