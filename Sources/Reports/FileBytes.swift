#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whole files in memory, and files that appear at once.
enum FileBytes {
  /// The largest file that is read whole, bytes.
  static let limit = 512 << 20

  static func read(_ path: String) throws(ReportsError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.unreadable, path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      throw ReportsError(.unreadable, "It is no ordinary file, or too large for a page.", file: path)
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes { Self.read(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(.unreadable, path) }
      if count == 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  /// Writes a file under another name beside its place and gives it its name when it is whole.
  static func write(_ bytes: [UInt8], to path: String) throws(ReportsError) {
    let unfinished = path + ".unfinished-" + String(UInt32.random(in: 0...(.max)), radix: 36)
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(.unwritable, path) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Self.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = failure(.unwritable, path)
        close(descriptor)
        unlink(unfinished)
        throw error
      }
      done += count
    }
    guard close(descriptor) == 0, rename(unfinished, path) == 0 else {
      let error = failure(.unwritable, path)
      unlink(unfinished)
      throw error
    }
  }

  /// Bytes of the regular file at a path; `nil` for anything else.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }

  /// When the file at a path was changed last, seconds since 1970.
  static func changed(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return Int64(status.st_mtimespec.tv_sec)
    #else
      return Int64(status.st_mtim.tv_sec)
    #endif
  }

  /// Does some work that no other process does in the same folder at the same time.
  static func locking<Value>(_ folder: String, _ work: () throws(ReportsError) -> Value) throws(ReportsError) -> Value {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.unwritable, folder) }
    // The end of the descriptor, also by a crash, is the end of the lock. A file system without locks does without.
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    return try work()
  }

  private static func failure(_ kind: ReportsError.Kind, _ path: String) -> ReportsError {
    let reason = String(cString: strerror(errno))
    return ReportsError(
      kind,
      kind == .unreadable
        ? "It cannot be read (\(reason))." : "It cannot be written (\(reason)); check folder and disk.",
      file: path)
  }

  // The names are taken by the functions above.
  private static func read(_ descriptor: CInt, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.read(descriptor, bytes, count)
    #else
      Glibc.read(descriptor, bytes, count)
    #endif
  }

  private static func write(_ descriptor: CInt, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes, count)
    #else
      Glibc.write(descriptor, bytes, count)
    #endif
  }
}
