#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The directory on disk: looking, keeping and removing, always below its root.
struct MirrorDisk: Sendable {
  /// Absolute path of the directory.
  let root: String

  func absolute(_ path: String) -> String { root + "/" + path }

  /// What stands under a path; `nil` for nothing. Links are followed: what counts is what a reader of the path gets.
  func state(_ path: String) -> DiskState? {
    var status = stat()
    guard stat(absolute(path), &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    let modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    return DiskState(size: status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : -1, modified: modified)
  }

  /// Gives a file a second name, under which it stays when the first one goes to a new version.
  /// - Throws: `MirroringError` when the name is taken by something else.
  func keep(_ path: String, as version: String) throws(MirroringError) {
    if link(absolute(path), absolute(version)) == 0 { return }
    switch errno {
    case EEXIST where isSame(path, version): return
    case EEXIST:
      throw MirroringError(
        .cannotAccess, "The older version cannot be kept, for its name is taken: move that file away.",
        path: absolute(version))
    case EPERM, ENOTSUP, EOPNOTSUPP, EMLINK, ENOSYS: try copy(path, to: version)
    default: throw failure("The older version cannot be kept", version)
    }
  }

  /// Removes a file; one that is not there is none the less removed.
  func remove(_ path: String) throws(MirroringError) {
    guard unlink(absolute(path)) == 0 || errno == ENOENT || errno == ENOTDIR else {
      throw failure("The file cannot be removed", path)
    }
  }

  /// Whether two names are of one file.
  func isSame(_ path: String, _ other: String) -> Bool {
    var (a, b) = (stat(), stat())
    guard stat(absolute(path), &a) == 0, lstat(absolute(other), &b) == 0 else { return false }
    return a.st_ino == b.st_ino && a.st_dev == b.st_dev
  }

  /// For disks without second names: a copy, under its name only when it is whole.
  private func copy(_ path: String, to version: String) throws(MirroringError) {
    let unfinished = absolute(version) + ".part"
    let source = open(absolute(path), O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw failure("The older version cannot be read", path) }
    defer { close(source) }
    let target = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard target >= 0 else { throw failure("The older version cannot be kept", version) }
    defer { close(target) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("The older version cannot be read", path) }
      if count == 0 { break }
      var done = 0
      while done < count {
        let written = buffer.withUnsafeBytes { write(target, $0.baseAddress! + done, count - done) }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else {
          let error = failure("The older version cannot be kept", version)
          unlink(unfinished)
          throw error
        }
        done += written
      }
    }
    guard fsync(target) == 0, rename(unfinished, absolute(version)) == 0 else {
      throw failure("The older version cannot be kept", version)
    }
  }

  private func failure(_ sentence: String, _ path: String) -> MirroringError {
    MirroringError(.cannotAccess, "\(sentence): \(String(cString: strerror(errno))).", path: absolute(path))
  }
}

/// The right to work on a directory, held by one program at a time. Given back when let go, and by the system when the program dies.
final class MirrorLock: Sendable {
  private let descriptor: Int32

  /// Takes the directory.
  /// - Throws: `MirroringError` of kind `.busy` when another program has it.
  init(_ root: String) throws(MirroringError) {
    descriptor = open(root, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw MirroringError(
        .cannotAccess, "The directory cannot be opened: \(String(cString: strerror(errno))).", path: root)
    }
    // Where the file system has no locks, each transfer still guards its own file.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw MirroringError(
        .busy, "Another program is bringing this directory in step: wait for it or stop it.", path: root)
    }
  }

  deinit { close(descriptor) }
}
