#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that only its owner may read and that lasts no longer than this.
final class TemporaryFile: Sendable {
  /// Open for reading and writing.
  let descriptor: CInt
  /// Its name, as long as it has one.
  let path: String
  private let keepsName: Bool

  /// Makes a file.
  /// - Parameters:
  ///   - directory: where.
  ///   - keepsName: whether it can be opened by its path.
  init(in directory: String, keepsName: Bool = false) throws(TableIOError) {
    var template = Array("\(directory)/webb-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.keepsName = keepsName
    guard descriptor >= 0 else {
      throw TableIOError(
        .inputOutput, "A temporary file cannot be made (\(String(cString: strerror(errno)))).", file: directory)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    if !keepsName { unlink(path) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if keepsName { unlink(path) }
  }

  /// Adds bytes at the end.
  func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    var done = 0
    while done < bytes.count {
      let count = Self.systemWrite(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(String(cString: strerror(errno))) }
      done += count
    }
  }

  /// Reads bytes from a place, as many as the buffer has.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) {
    var done = 0
    while done < buffer.count {
      let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(count == 0 ? "it ends too early" : String(cString: strerror(errno))) }
      done += count
    }
  }

  static func failure(_ reason: String) -> TableIOError {
    TableIOError(.inputOutput, "The temporary file cannot be used (\(reason)). Make room on its disk.")
  }

  private static func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes, count)
    #else
      Glibc.write(descriptor, bytes, count)
    #endif
  }
}
