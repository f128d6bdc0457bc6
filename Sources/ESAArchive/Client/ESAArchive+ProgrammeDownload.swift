public import Downloads

/// What became of one observation of a programme.
public struct ObservationOutcome: Sendable {
  /// The observation.
  public var observationID: String
  /// Its files, or why there are none.
  public var result: Result<ObservationDownload, any Error>

  /// The failure, if it is one.
  public var error: (any Error)? {
    if case .failure(let error) = result { error } else { nil }
  }

  /// Whether an earlier run had fetched its files already, so that nothing was transferred.
  public var wasThere: Bool { (try? result.get())?.wasThere ?? false }

  /// Whether the data are not public, and the archive was not shown a right to them.
  public var isPrivate: Bool { (error as? ESAArchiveError)?.kind == .privateData }
}

/// What happens while a programme is fetched.
public enum ProgrammeEvent: Sendable {
  /// The observations are known; they follow in this order, some at a time.
  case found([String])
  /// Something happened to the data of an observation, which is the `id`.
  case transfer(DownloadEvent)
  /// An observation is done; so many are, of so many.
  case finished(ObservationOutcome, done: Int, of: Int)
}

extension ESAArchive {
  /// Fetches the products of all observations of a programme, each into a folder of its own.
  ///
  /// An observation that fails, because its data are private for example, does not stop the others. Running again fetches what
  /// is missing: observations that are there already, and are still the same with the archive, are not transferred.
  ///
  ///     let outcomes = try await archive.downloadProgramme("6651", types: [.preview], into: "data")
  ///     for outcome in outcomes where outcome.isPrivate { print(outcome.observationID) }
  ///
  /// - Parameters:
  ///   - programme: its number, with or without leading zeros.
  ///   - level: the levels that are wanted.
  ///   - types: what the files must be for; anything when empty.
  ///   - folder: where the observations' folders are, or will be.
  ///   - concurrency: how many observations at a time.
  ///   - refetches: whether observations are fetched that an earlier run has left complete.
  ///   - events: told what happens, from several threads.
  /// - Returns: what became of each observation, in the archive's order; nothing when the archive knows no such programme.
  /// - Throws: ``ESAArchiveError`` of kind `.badCriteria`; `TAPError` when the observations cannot be listed;
  ///   `CancellationError`.
  public func downloadProgramme(
    _ programme: String, level: ProductLevel = .all, types: [ArtifactType] = [], into folder: String,
    concurrency: Int = 2, refetches: Bool = false, events: @escaping @Sendable (ProgrammeEvent) -> Void = { _ in }
  ) async throws -> [ObservationOutcome] {
    try level.validate()
    try ArtifactType.validate(types)
    let ids = try await observationIDs(ofProgramme: programme)
    events(.found(ids))
    var outcomes = [ObservationOutcome?](repeating: nil, count: ids.count)
    await withTaskGroup(of: (Int, ObservationOutcome).self) { group in
      var next = ids.indices.makeIterator()
      func add() {
        guard !Task.isCancelled, let index = next.next() else { return }
        group.addTask {
          (index, await outcome(of: ids[index], level, types, folder, refetches) { events(.transfer($0)) })
        }
      }
      for _ in 0..<max(1, concurrency) { add() }
      var done = 0
      for await (index, outcome) in group {
        outcomes[index] = outcome
        done += 1
        events(.finished(outcome, done: done, of: ids.count))
        add()
      }
    }
    try Task.checkCancellation()
    return outcomes.compactMap(\.self)
  }

  private func outcome(
    of observationID: String, _ level: ProductLevel, _ types: [ArtifactType], _ folder: String, _ refetches: Bool,
    _ events: @escaping @Sendable (DownloadEvent) -> Void
  ) async -> ObservationOutcome {
    do {
      let download = try await downloadObservation(
        observationID, level: level, types: types, into: folder, refetches: refetches, events: events)
      return ObservationOutcome(observationID: observationID, result: .success(download))
    } catch {
      return ObservationOutcome(observationID: observationID, result: .failure(error))
    }
  }
}
