public import TAP

extension ESAArchive {
  /// Looks for observations.
  ///
  ///     let found = try await archive.observations(
  ///       ObservationSearch(region: .box(position, width: 0.5, height: 0.5), filters: .init(programme: "1410")))
  ///     if found.isOverflow { … }
  ///
  /// - Parameters:
  ///   - search: where, of what kind, which columns.
  ///   - mode: in one request or as a job. A direct answer that the service cuts before the caller's own limit is treated as
  ///     ``Configuration/overflow`` says; a job that is started for it is removed when its result is here.
  ///   - progress: told a job's identifier and each of its phases.
  /// - Returns: the rows, whether they are all, and how they were got.
  /// - Throws: ``ESAArchiveError`` of kind `.badCriteria` before anything is asked, `.truncated` under ``OverflowPolicy/fail``;
  ///   `TAPError` with the service's words; `CancellationError`.
  public func observations(
    _ search: ObservationSearch, mode: QueryMode = .direct,
    progress: @escaping @Sendable (String, UWSPhase) -> Void = { _, _ in }
  ) async throws -> ObservationAnswer {
    try search.validate()
    return try await withLayout { layout in
      let statement = try search.statement(layout: layout)
      let answer = try await ask(statement, mode, configuration.overflow, rowLimit: configuration.rowLimit, progress)
      return ObservationAnswer(
        table: answer.table, result: answer.result, layout: layout, statement: statement,
        wasRunAgain: answer.wasRunAgain, cut: answer.cut)
    }
  }
}
