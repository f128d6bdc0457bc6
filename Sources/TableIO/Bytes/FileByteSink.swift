#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes bytes to a file, or to a descriptor that is open already.
///
/// A file is written under another name beside its place and gets its name in ``finish()``: one that is there stays as it is
/// until then, and a run that fails leaves nothing behind.
public final class FileByteSink: ByteSink {
  private let path: String?
  private let temporaryPath: String?
  private let descriptor: CInt
  private var isOpen = true

  /// Creates a file, to replace one of this name.
  /// - Throws: ``TableIOError`` of kind `.inputOutput`.
  public init(path: String) throws(TableIOError) {
    var template = Array((path + ".XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    let name = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw TableIOError(
        .inputOutput, "The file cannot be created (\(reason)). Check that its folder is there and can be written.",
        file: path)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    // mkstemp gives the owner alone access; an ordinary file gets what the process's mask leaves.
    let mask = umask(0)
    umask(mask)
    fchmod(descriptor, 0o666 & ~mask)
    self.path = path
    temporaryPath = name
  }

  /// Writes to a descriptor that someone else opened and will close, standard output for one.
  public init(descriptor: CInt) {
    self.descriptor = descriptor
    path = nil
    temporaryPath = nil
  }

  deinit {
    guard isOpen, let temporaryPath else { return }
    close(descriptor)
    unlink(temporaryPath)
  }

  /// Writes all bytes, however many calls the system needs.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    guard isOpen else { throw TableIOError(.inputOutput, "The file is finished and takes no more bytes.", file: path) }
    var rest = bytes
    while !rest.isEmpty {
      let count = Self.systemWrite(descriptor, rest)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("Writing failed")
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Nothing is held back.
  public func flush() throws(TableIOError) {}

  /// Gives a file its name; nothing for a descriptor.
  /// - Throws: ``TableIOError`` of kind `.inputOutput`; the file is gone then.
  public func finish() throws(TableIOError) {
    guard isOpen, let path, let temporaryPath else { return }
    isOpen = false
    guard close(descriptor) == 0, rename(temporaryPath, path) == 0 else {
      let error = failure("The file cannot be finished")
      unlink(temporaryPath)
      throw error
    }
  }

  private func failure(_ what: String) -> TableIOError {
    let reason = String(cString: strerror(errno))
    return TableIOError(.inputOutput, "\(what) (\(reason)). Check the disk's free space and permissions.", file: path)
  }

  private static func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
