#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The bytes of a file, or of anything else that has a file descriptor.
public final class FileByteSource: ByteSource {
  /// The file's path, or what stands for it in messages.
  public let name: String
  /// Where to open the file again for reading at random; `nil` for a descriptor that was handed in.
  public let path: String?
  /// Bytes taken so far.
  public private(set) var consumedByteCount: Int64 = 0
  /// Size of the file when it was opened; `nil` for pipes and the like.
  public let byteCount: Int64?

  private let descriptor: CInt
  private let closesDescriptor: Bool

  /// Opens a file.
  /// - Throws: ``TableIOError`` of kind `.inputOutput` when it cannot be opened.
  public init(path: String) throws(TableIOError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TableIOError(
        .inputOutput, "The file cannot be opened (\(reason(errno))). Check the path and its permissions.", file: path)
    }
    name = path
    self.path = path
    closesDescriptor = true
    byteCount = regularFileSize(descriptor)
  }

  /// Reads from an open descriptor, for example 0 for the standard input; it stays open.
  /// - Parameters:
  ///   - descriptor: open for reading.
  ///   - name: what messages call it.
  public init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    path = nil
    closesDescriptor = false
    byteCount = regularFileSize(descriptor)
  }

  deinit {
    if closesDescriptor { close(descriptor) }
  }

  /// Reads the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    guard !buffer.isEmpty else { return 0 }
    var count: Int
    repeat { count = posixRead(descriptor, buffer) } while count < 0 && errno == EINTR
    guard count >= 0 else {
      throw TableIOError(.inputOutput, "Reading failed (\(reason(errno))).", file: name)
    }
    consumedByteCount += Int64(count)
    return count
  }
}

private func posixRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  #if canImport(Darwin)
    Darwin.read(descriptor, buffer.baseAddress, buffer.count)
  #else
    Glibc.read(descriptor, buffer.baseAddress, buffer.count)
  #endif
}

private func regularFileSize(_ descriptor: CInt) -> Int64? {
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  return Int64(status.st_size)
}

private func reason(_ code: CInt) -> String { String(cString: strerror(code)) }
