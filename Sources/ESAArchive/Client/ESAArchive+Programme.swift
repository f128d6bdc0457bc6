import TableIO

extension ESAArchive {
  /// The observations of a programme.
  ///
  /// The question is asked as a job of `jwst.archive`, whatever the layout.
  /// - Parameter programme: its number, with or without leading zeros, or a pattern with `*`.
  /// - Returns: the identifiers, each once, in the archive's order; none when the archive knows no such programme.
  /// - Throws: ``ESAArchiveError`` of kind `.badCriteria`; `TAPError`; `CancellationError`.
  public func observationIDs(ofProgramme programme: String) async throws -> [String] {
    try CriteriaText.check(programme, "programme")
    let table = try await lookUp(ArchiveStatement.observations(ofProgramme: programme), .job)
    return try column("observationid", of: table, as: String.self).compactMap(\.self).filter { !$0.isEmpty }
      .withoutRepetition
  }
}
