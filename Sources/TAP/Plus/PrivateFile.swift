#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A small file that holds a secret.
struct PrivateFile {
  /// What it holds.
  let bytes: [UInt8]
  /// Why others can know or change it, and what to do about it; `nil` when only its owner can.
  let exposure: String?

  /// Reads a file.
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: the most bytes it may have.
  ///   - purpose: what it is, for messages.
  /// - Throws: ``TAPError`` of kind `.credentials`.
  init(reading path: String, limit: Int, purpose: String) throws(TAPError) {
    guard let file = try Self.read(path, limit: limit, purpose: purpose) else {
      throw TAPError(.credentials, "There is no \(purpose) at \(path). Check the path.")
    }
    self = file
  }

  private init(bytes: [UInt8], exposure: String?) {
    self.bytes = bytes
    self.exposure = exposure
  }

  /// Reads a file that may not be there.
  static func read(_ path: String, limit: Int, purpose: String) throws(TAPError) -> PrivateFile? {
    // Not to be held up by a pipe that nobody writes to.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw failure("The \(purpose) cannot be opened", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw TAPError(.credentials, "\(path) is no ordinary file, as a \(purpose) has to be.")
    }
    guard status.st_size <= limit else {
      throw TAPError(.credentials, "\(path) is too large for a \(purpose); it may have \(limit) bytes.")
    }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      let got = bytes.withUnsafeMutableBytes {
        systemRead(descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure("The \(purpose) cannot be read", path) }
      if got == 0 { break }
      count += got
    }
    return PrivateFile(bytes: Array(bytes.prefix(count)), exposure: exposure(of: status, path: path))
  }

  private static func exposure(of status: stat, path: String) -> String? {
    if status.st_uid != geteuid() { return "it belongs to another user" }
    if status.st_mode & 0o077 != 0 { return "others may read or change it; run 'chmod 600 \(path)'" }
    return nil
  }

  /// Writes a file that only its owner may read, whole or not at all.
  /// - Throws: ``TAPError`` of kind `.credentials`.
  static func write(_ bytes: [UInt8], to path: String, purpose: String) throws(TAPError) {
    var template = Array("\(path).XXXXXX".utf8CString)
    // Made with mode 0600.
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure("The \(purpose) cannot be written", path) }
    let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var isDone = fchmod(descriptor, 0o600) == 0
    var count = 0
    while isDone, count < bytes.count {
      let put = bytes.withUnsafeBytes { systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: $0[count...])) }
      if put < 0, errno == EINTR { continue }
      isDone = put > 0
      count += max(put, 0)
    }
    isDone = isDone && fsync(descriptor) == 0
    isDone = close(descriptor) == 0 && isDone
    isDone = isDone && rename(temporary, path) == 0
    guard isDone else {
      let error = failure("The \(purpose) cannot be written", path)
      unlink(temporary)
      throw error
    }
  }

  /// Removes a file that may not be there.
  /// - Throws: ``TAPError`` of kind `.credentials`.
  static func remove(_ path: String, purpose: String) throws(TAPError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure("The \(purpose) cannot be removed", path) }
  }

  /// Makes a folder that only its owner may enter, unless there is one.
  /// - Throws: ``TAPError`` of kind `.credentials`.
  static func makeFolder(_ path: String) throws(TAPError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolder(String(path[..<slash])) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("The folder cannot be made", path) }
  }

  private static func failure(_ what: String, _ path: String) -> TAPError {
    let reason = String(cString: strerror(errno))
    return TAPError(.credentials, "\(what) (\(reason)). Check \(path) and its permissions.")
  }

  private static func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
