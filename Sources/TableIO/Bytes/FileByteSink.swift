#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes bytes to a file, or to a descriptor that is open already.
///
/// A file is written under another name beside its place and gets its name in ``finish()``: one that is there stays as it is
/// until then, and a run that fails leaves nothing behind. What is no ordinary file, a pipe or a device, is written directly.
public final class FileByteSink: ByteSink {
  private let path: String?
  private let temporaryPath: String?
  private let descriptor: CInt
  private let ownsDescriptor: Bool
  private var isOpen = true

  /// Creates a file, to replace one of this name, or the one that a link of this name leads to.
  /// - Throws: ``TableIOError`` of kind `.inputOutput`.
  public init(path: String) throws(TableIOError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let path = exists ? Self.resolved(path) : path
    var temporaryPath: String?
    if exists, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let name = path + ".part-" + String(UInt64.random(in: 0...(.max)), radix: 36)
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      temporaryPath = name
    }
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw TableIOError(
        .inputOutput, "The file cannot be created (\(reason)). Check that its folder is there and can be written.",
        file: path)
    }
    if exists, temporaryPath != nil { fchmod(descriptor, status.st_mode & 0o777) }
    self.path = path
    self.temporaryPath = temporaryPath
    ownsDescriptor = true
  }

  /// Writes to a descriptor that someone else opened and will close, standard output for one.
  public init(descriptor: CInt) {
    self.descriptor = descriptor
    path = nil
    temporaryPath = nil
    ownsDescriptor = false
  }

  deinit {
    guard isOpen, ownsDescriptor else { return }
    close(descriptor)
    if let temporaryPath { unlink(temporaryPath) }
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
    guard isOpen, ownsDescriptor else { return }
    isOpen = false
    var isDone = close(descriptor) == 0
    if isDone, let path, let temporaryPath { isDone = rename(temporaryPath, path) == 0 }
    guard isDone else {
      let error = failure("The file cannot be finished")
      if let temporaryPath { unlink(temporaryPath) }
      throw error
    }
  }

  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
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
