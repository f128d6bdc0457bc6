import TableIO

extension ESAArchive {
  /// The observations that were made from one, or else those that it was made from.
  ///
  /// - Parameter observationID: the observation, compared exactly.
  /// - Returns: the combined observations that have it as a member; where there is none, its own members; each once, and
  ///   nothing when there are neither.
  /// - Throws: ``ESAArchiveError`` of kind `.badCriteria`, or `.badAnswer` when the view tells no members; `TAPError`;
  ///   `CancellationError`.
  public func related(to observationID: String) async throws -> [String] {
    try CriteriaText.check(observationID, "observationID")
    let rows = try await withLayout {
      try await lookUp(ArchiveStatement.combinations(holding: observationID, layout: $0))
    }
    let members = try column("members", of: rows, as: String.self)
    let ids = try column("observationid", of: rows, as: String.self)
    // The pattern also finds longer identifiers, and any character where the identifier has `_`.
    let combinations = zip(ids, members).compactMap { id, members -> String? in
      guard let id, !id.isEmpty, let members, Members.identifiers(in: members).contains(observationID) else {
        return nil
      }
      return id
    }
    if !combinations.isEmpty { return combinations.withoutRepetition }
    let own = try await withLayout { try await lookUp(ArchiveStatement.members(of: observationID, layout: $0)) }
    return try column("members", of: own, as: String.self).compactMap(\.self).flatMap(Members.identifiers)
      .withoutRepetition
  }
}
