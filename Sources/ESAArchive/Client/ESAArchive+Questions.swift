import HTTPTransport
import TAP
import TableIO

extension ESAArchive {
  /// An answer with its rows.
  struct Answer: Sendable {
    var table: Table
    var result: TAPResult
    /// Who left rows out.
    var cut: ObservationAnswer.Cut
    var wasRunAgain = false
  }

  /// What a direct query asks for when the caller sets no limit; without a number the service takes a small one of its own.
  private static let directRowLimit = 1_000_000
  /// No answer is taken in beyond this.
  private static let largestTable = 10_000_000

  /// Asks the table service.
  /// - Parameter rowLimit: how many rows the caller wants at most.
  func ask(
    _ statement: ADQLStatement, _ mode: QueryMode, _ overflow: OverflowPolicy, rowLimit: Int? = nil,
    _ progress: @Sendable (String, UWSPhase) -> Void = { _, _ in }
  ) async throws -> Answer {
    if mode == .job { return try await askAsJob(statement, rowLimit, progress) }
    let query = TAPQuery(statement, maxRows: rowLimit ?? Self.directRowLimit, format: "votable")
    var answer = try answer(with: try await tap.query(query), rowLimit)
    // A job would give no more than the caller wants.
    guard answer.cut == .byService else { return answer }
    switch overflow {
    case .keep: return answer
    case .fail: throw truncated(answer.table.rowCount)
    case .runAsJob:
      let longer = try await askAsJob(statement, rowLimit, deletesJob: true, progress)
      if longer.table.rowCount >= answer.table.rowCount { answer = longer }
      answer.wasRunAgain = true
      return answer
    }
  }

  /// Asks something that only a whole answer is good for.
  func lookUp(_ statement: ADQLStatement, _ mode: QueryMode = .direct) async throws -> Table {
    let answer = try await ask(statement, mode, .runAsJob)
    if answer.cut != .none { throw truncated(answer.table.rowCount) }
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
    _ statement: ADQLStatement, _ rowLimit: Int?, deletesJob: Bool = false,
    _ progress: @Sendable (String, UWSPhase) -> Void
  ) async throws -> Answer {
    let query = TAPQuery(statement, maxRows: rowLimit, format: "votable")
    let result = try await tap.runAsync(
      query, patience: configuration.jobPatience, deletesJob: deletesJob, progress: progress)
    return try answer(with: result, rowLimit)
  }

  private func answer(with result: TAPResult, _ rowLimit: Int?) throws(ESAArchiveError) -> Answer {
    do throws(TableIOError) {
      let limit = rowLimit ?? Self.largestTable
      var reader = try result.reader()
      let table = try Table(reading: &reader, rowLimit: limit)
      var hasMore = false
      if table.rowCount == limit {
        var rest = TableBatch(columns: table.metadata.columns)
        hasMore = try reader.read(into: &rest, rowLimit: 1)
      }
      var cut = ObservationAnswer.Cut.none
      if hasMore || result.isOverflow || table.isOverflow { cut = table.rowCount >= limit ? .byLimit : .byService }
      return Answer(table: table, result: result, cut: cut)
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
