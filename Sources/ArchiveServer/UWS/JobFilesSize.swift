internal import LocalArchive
internal import Synchronization

/// How large the files of all jobs are together: measured once a minute, and counted up in between.
final class JobFilesSize: Sendable {
  private struct State {
    var byteCount: Int64 = 0
    /// When it was measured, milliseconds since 1970.
    var measured = Int64.min
  }

  private let state = Mutex(State())

  /// The size, bytes.
  /// - Parameters:
  ///   - store: the archive.
  ///   - now: milliseconds since 1970.
  func byteCount(of store: ArchiveStore, now: Int64) -> Int64 {
    let known = state.withLock { state -> Int64? in
      if state.measured <= now, now - max(state.measured, 0) < 60_000 { return state.byteCount }
      // Others do not measure meanwhile.
      state.measured = now
      return nil
    }
    if let known { return known }
    let byteCount = store.jobFilesByteCount()
    state.withLock { $0.byteCount = byteCount }
    return byteCount
  }

  /// Counts a file that was written.
  func add(_ byteCount: Int) { state.withLock { $0.byteCount += Int64(byteCount) } }
}
