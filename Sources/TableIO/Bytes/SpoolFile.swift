#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Bytes put aside to be read again: in memory as long as they are few, then in a nameless temporary file.
final class SpoolFile {
  /// Number of bytes put aside.
  private(set) var count = 0

  private let memoryLimit: Int
  private let directory: String
  private var memory: [UInt8] = []
  private var descriptor: CInt = -1

  /// - Parameter directory: where the file goes; `nil` is the system's usual place.
  init(directory: String? = nil, memoryLimit: Int = 4 << 20) {
    self.directory = directory ?? P_tmpdir
    self.memoryLimit = memoryLimit
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Adds bytes at the end.
  func append(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    if descriptor < 0 {
      if count + bytes.count <= memoryLimit {
        memory.append(contentsOf: bytes)
        count += bytes.count
        return
      }
      descriptor = try TemporaryFile.open(in: directory, keepsName: false).descriptor
      let held = memory
      memory = []
      try writeAll(held)
    }
    try TemporaryFile.write(bytes, to: descriptor)
    count += bytes.count
  }

  /// Reads bytes from a place.
  /// - Throws: ``TableIOError`` also when there are not so many.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) {
    guard offset >= 0, offset + buffer.count <= count else { throw TemporaryFile.failure("ends too early") }
    if descriptor < 0 {
      memory.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
      }
      return
    }
    var done = 0
    while done < buffer.count {
      let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw TemporaryFile.failure(String(cString: strerror(errno))) }
      done += count
    }
  }

  private func writeAll(_ bytes: [UInt8]) throws(TableIOError) {
    var failure: TableIOError?
    bytes.withUnsafeBytes { buffer in
      do throws(TableIOError) { try TemporaryFile.write(buffer, to: descriptor) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

/// Files that last no longer than their descriptor.
enum TemporaryFile {
  /// Makes a file that only its owner may read.
  /// - Parameter keepsName: whether it can be opened by its path until the caller removes it.
  static func open(in directory: String, keepsName: Bool) throws(TableIOError) -> (descriptor: CInt, path: String) {
    var template = Array("\(directory)/webb-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else {
      throw TableIOError(
        .inputOutput, "A temporary file cannot be made (\(String(cString: strerror(errno)))).", file: directory)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    if !keepsName { unlink(path) }
    return (descriptor, path)
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) throws(TableIOError) {
    var done = 0
    while done < bytes.count {
      let count = posixWrite(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(String(cString: strerror(errno))) }
      done += count
    }
  }

  static func failure(_ reason: String) -> TableIOError {
    TableIOError(.inputOutput, "The temporary file cannot be used (\(reason)). Make room on its disk.")
  }

  private static func posixWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes, count)
    #else
      Glibc.write(descriptor, bytes, count)
    #endif
  }
}
