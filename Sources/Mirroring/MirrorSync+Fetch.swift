import Downloads

extension MirrorSync {
  /// Fetches files and remembers each as soon as it is there.
  func fetch(
    _ items: [DownloadItem], _ steps: [MirrorPlan.Step], _ queue: DownloadQueue, _ store: MirrorStore,
    _ events: @escaping @Sendable (DownloadEvent) -> Void
  ) async throws -> [DownloadOutcome] {
    let (finished, news) = AsyncStream.makeStream(of: DownloadOutcome.self)
    async let recording = record(finished, steps, store)
    let outcomes = await queue.run(items) { event in
      if case .finished(let outcome) = event { news.yield(outcome) }
      events(event)
    }
    news.finish()
    var recorded = try await recording
    // A cancelled recorder stops early; what has come is remembered all the same.
    for outcome in outcomes where !recorded.contains(outcome.item.id) {
      try await record(outcome, steps, store)
      recorded.insert(outcome.item.id)
    }
    return outcomes
  }

  private func record(
    _ outcomes: AsyncStream<DownloadOutcome>, _ steps: [MirrorPlan.Step], _ store: MirrorStore
  ) async throws -> Set<String> {
    var recorded: Set<String> = []
    for await outcome in outcomes {
      try await record(outcome, steps, store)
      recorded.insert(outcome.item.id)
    }
    return recorded
  }

  private func record(
    _ outcome: DownloadOutcome, _ steps: [MirrorPlan.Step], _ store: MirrorStore
  ) async throws {
    guard let index = Int(outcome.item.id), let entry = steps[index].entry else { return }
    guard case .downloaded(_, let isVerified, _) = outcome.result else {
      return try withdrawKeeping(steps[index], store)
    }
    guard var state = disk.state(entry.path) else { return }
    // Without the archive's MD5 the file's own is what later damage shows by.
    state.md5 = isVerified ? entry.mark.md5 : try? await FileDigest.md5(ofFile: disk.absolute(entry.path))
    let isNumbered = entry.mark.archiveFileID != nil || entry.mark.ingestDate != nil
    try store.finish(MirrorFile(entry, state, isVerified ? .checksum : isNumbered ? .version : .size, known: nil))
  }

  /// A version whose successor did not come keeps its own name only.
  private func withdrawKeeping(_ step: MirrorPlan.Step, _ store: MirrorStore) throws {
    guard case .replace(let version?) = step.action, let before = step.disk,
      disk.state(step.path)?.isUntouched(since: before) ?? false
    else { return }
    try disk.remove(version)
    try store.forgetVersion(version)
  }
}

extension MirrorFile {
  /// A listed file that is on disk. What the archive does not say today stays as it was known.
  init(_ entry: MirrorEntry, _ state: DiskState, _ certainty: Certainty, known: MirrorFile?) {
    let before = known?.mark
    var state = state
    if let known, state.md5 == nil, state.isUntouched(since: known.disk) { state.md5 = known.disk.md5 }
    self.init(
      path: entry.path, name: entry.name, uri: entry.uri, disk: state,
      mark: FileMark(
        size: entry.mark.size ?? before?.size, md5: entry.mark.md5 ?? before?.md5,
        archiveFileID: entry.mark.archiveFileID ?? before?.archiveFileID,
        ingestDate: entry.mark.ingestDate ?? before?.ingestDate),
      certainty: certainty)
  }
}
