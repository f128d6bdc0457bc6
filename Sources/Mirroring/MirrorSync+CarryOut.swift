public import Downloads

extension MirrorSync {
  /// Carries a plan out: remembers, removes, keeps, fetches.
  /// - Parameters:
  ///   - plan: the plan, made by this value.
  ///   - queue: what fetches.
  ///   - problems: what went wrong before, for the report.
  ///   - address: where to fetch a file from.
  ///   - events: told of the transfers, from several threads; it must be quick. Told the items first.
  /// - Returns: what it came to. A cancelled round returns too, and says so.
  /// - Throws: ``MirroringError`` when the memory cannot be written.
  public func carryOut(
    _ plan: MirrorPlan, queue: DownloadQueue, problems: [String] = [],
    address: (MirrorEntry) -> String,
    events: ([DownloadItem]) -> @Sendable (DownloadEvent) -> Void = { _ in { _ in } }
  ) async throws -> MirrorReport {
    guard let store else {
      throw MirroringError(.notAMirror, "A directory that is only looked at cannot be changed.", path: disk.root)
    }
    var report = MirrorReport(of: plan, problems: problems, isDryRun: false)
    var failures: [String: String] = [:]
    try sweep(plan, store)
    try settle(plan, store)
    for step in plan.steps where step.action == .delete {
      do throws(MirroringError) {
        try disk.remove(step.path)
        try store.update(forgetting: [step.path])
      } catch { failures[step.path] = error.message }
    }
    try keep(plan, store, &failures)

    let transfers = plan.steps.filter { $0.needsTransfer && failures[$0.path] == nil }
    try store.replaceTransfers(transfers.map(\.path))
    let items = transfers.enumerated().compactMap { index, step in
      step.entry.map { item(String(index), $0, address($0)) }
    }
    let outcomes = try await fetch(items, transfers, queue, store, events(items))
    let results = Dictionary(zip(transfers.map(\.path), outcomes)) { first, _ in first }
    for index in report.changes.indices {
      report.changes[index].apply(
        results[report.changes[index].path], failure: failures[report.changes[index].path])
    }
    report.wasInterrupted = outcomes.contains { $0.error?.kind == .cancelled } || Task.isCancelled
    return report
  }

  private func item(_ id: String, _ entry: MirrorEntry, _ address: String) -> DownloadItem {
    DownloadItem(
      id: id, url: address, destination: disk.absolute(entry.path), expectedSize: entry.mark.size,
      checksum: entry.mark.md5.map { .md5($0) })
  }

  /// Removes what an earlier round has left of transfers that are no longer wanted, and forgets kept versions that someone has removed.
  private func sweep(_ plan: MirrorPlan, _ store: MirrorStore) throws(MirroringError) {
    let wanted = Set(plan.steps.filter(\.needsTransfer).map(\.path))
    for path in try store.transfers() where !wanted.contains(path) {
      try disk.remove(path + ".part")
      try disk.remove(path + ".part.json")
    }
    for version in try store.versions() where disk.state(version.path) == nil {
      try store.forgetVersion(version.path)
    }
  }

  /// Remembers what was found, as far as it is news.
  private func settle(_ plan: MirrorPlan, _ store: MirrorStore) throws(MirroringError) {
    var saved: [MirrorFile] = []
    var forgotten: [String] = []
    for step in plan.steps {
      switch step.action {
      case .present(let certainty), .adopt(let certainty):
        guard let entry = step.entry, let disk = step.disk else { continue }
        let file = MirrorFile(entry, disk, certainty, known: step.file)
        if file != step.file { saved.append(file) }
      case .gone:
        guard var file = step.file, !file.isGone else { continue }
        file.isGone = true
        saved.append(file)
      case .forget: forgotten.append(step.path)
      default: break
      }
    }
    try store.update(saving: saved, forgetting: forgotten)
  }

  /// Gives versions that are about to be replaced their second names.
  private func keep(
    _ plan: MirrorPlan, _ store: MirrorStore, _ failures: inout [String: String]
  ) throws(MirroringError) {
    var versions: [KeptVersion] = []
    for step in plan.steps {
      guard case .replace(let path?) = step.action, var state = step.disk else { continue }
      state.md5 = state.md5 ?? step.file?.disk.md5
      versions.append(KeptVersion(path: path, file: step.path, disk: state, mark: step.file?.mark ?? FileMark()))
    }
    let ours = Set(try store.versions().map(\.path))
    // Remembered first: a version that stands there unknown would be nobody's.
    try store.save(versions)
    for version in versions {
      do throws(MirroringError) {
        // An earlier round may have come as far as this, on a disk without second names by a copy.
        if ours.contains(version.path), disk.state(version.path)?.size == version.disk.size { continue }
        try disk.keep(version.file, as: version.path)
      } catch {
        failures[version.file] = error.message
        try store.forgetVersion(version.path)
      }
    }
  }
}

extension MirrorChange {
  /// Takes what became of the transfer.
  fileprivate mutating func apply(_ outcome: DownloadOutcome?, failure: String?) {
    if let failure { (kind, reason, keptAs) = (.failed, failure, nil) }
    switch outcome?.result {
    case .downloaded(let bytes, _, let resumed): self.bytes = bytes - resumed
    case .failed(let error):
      (kind, reason, keptAs) = (error.kind == .notAuthorized && isExclusive ? .withheld : .failed, "\(error)", nil)
    case nil: break
    }
  }
}
