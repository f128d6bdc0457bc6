#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The few things that transfers ask of the file system.
package enum FileSystem {
  /// The error for the present `errno`.
  static func failure(_ sentence: String, _ path: String, code: Int32 = errno) -> DownloadsError {
    if code == ENOSPC || code == EDQUOT {
      return DownloadsError(
        .diskFull, file: path, "The disk is full; make room and run it again: what is complete stays, the rest goes on."
      )
    }
    return DownloadsError(.fileSystem, file: path, "\(sentence): \(String(cString: strerror(code))).")
  }

  /// Makes a folder and those above it.
  package static func makeDirectory(_ path: String) throws(DownloadsError) {
    if isDirectory(path) { return }
    let parent = DestinationPath(path).directory
    if parent != path, parent != "." { try makeDirectory(parent) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST && isDirectory(path) else {
      throw failure("The folder cannot be made", path)
    }
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether an open file is the one at a path.
  static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var open = stat()
    var named = stat()
    guard fstat(descriptor, &open) == 0, lstat(path, &named) == 0 else { return false }
    return open.st_ino == named.st_ino && open.st_dev == named.st_dev
  }

  /// The bytes of a small file; `nil` when it is not there or larger than it may be.
  package static func contents(of path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count <= limit {
      let more = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
      if more < 0, errno == EINTR { continue }
      guard more >= 0 else { return nil }
      if more == 0 { return Array(bytes.prefix(count)) }
      count += more
    }
    return nil
  }

  /// Writes a small file and, unless told otherwise, waits until it is on disk.
  package static func write(_ bytes: [UInt8], to path: String, isLasting: Bool = true) throws(DownloadsError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw failure("The journal of the transfer cannot be written", path) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress! + done, $0.count - done, off_t(done)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("The journal of the transfer cannot be written", path) }
      done += count
    }
    guard !isLasting || fsync(descriptor) == 0 else {
      throw failure("The journal of the transfer cannot be written", path)
    }
  }

  /// Makes a rename last; file systems that cannot do so for a folder are left alone.
  package static func synchroniseDirectory(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The size of a file; 0 when there is none.
  static func size(of path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// The nearest folder at or above a path that exists, and the disk it is on.
  static func nearestDirectory(_ path: String) -> (path: String, device: UInt64)? {
    var path = path
    while true {
      var status = stat()
      if stat(path, &status) == 0 { return (path, UInt64(truncatingIfNeeded: status.st_dev)) }
      let parent = DestinationPath(path).directory
      if parent == path { return nil }
      path = parent
    }
  }

  /// Bytes that this user may still write on the disk of a folder; `nil` when it cannot be told.
  static func freeSpace(_ path: String) -> Int64? {
    var status = statvfs()
    guard let near = nearestDirectory(path), statvfs(near.path, &status) == 0, status.f_blocks > 0 else { return nil }
    let (bytes, isTooLarge) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return isTooLarge ? nil : Int64(clamping: bytes)
  }
}
