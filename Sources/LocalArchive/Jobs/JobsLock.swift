#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The right to tidy up the jobs of an archive: one process has it at a time, as long as this lives. The system gives it back when the
/// process ends in whatever way.
public final class JobsLock: Sendable {
  private let descriptor: CInt

  fileprivate init?(path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}

extension ArchiveStore {
  /// Takes the right to tidy up jobs.
  /// - Returns: `nil` when another process serves the same archive: its jobs are none of this one's business.
  public func lockJobs() throws(LocalArchiveError) -> JobsLock? {
    try createJobsFolder()
    return JobsLock(path: path + "/jobs.lock")
  }
}
