import TableIO

extension ESAArchive {
  /// The observations that were made from one, or else those that it was made from.
  ///
  /// - Parameter observationID: the observation, compared exactly.
  /// - Returns: the combined observations that have it as a member; where there is none, its own members; each once, and
  ///   nothing when there are neither.
  /// - Throws: ``ESAArchiveError`` of kind `.badCriteria`, or `.badAnswer` when the view does not tell members; `TAPError`;
  ///   `CancellationError`.
  public func related(to observationID: String) async throws -> [String] {
    try CriteriaText.check(observationID, "observationID")
    let rows = try await withLayout {
      try await lookUp(ArchiveStatement.combinations(holding: observationID, layout: $0))
    }
    // The pattern also finds longer identifiers, and any character where the identifier has `_`.
    let combinations = rows.compactMap { row -> String? in
      guard let id: String = row["observationid"], !id.isEmpty, let members: String = row["members"],
        Members.identifiers(in: members).contains(observationID)
      else { return nil }
      return id
    }
    if !combinations.isEmpty { return combinations.withoutRepetition }
    let own = try await withLayout { try await lookUp(ArchiveStatement.members(of: observationID, layout: $0)) }
    return try own.column("members", as: String.self).compactMap(\.self).flatMap(Members.identifiers).withoutRepetition
  }
}
