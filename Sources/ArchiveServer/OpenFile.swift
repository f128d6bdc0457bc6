#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file open for reading, with the size and the date it had then. Reads name their place, so that many may read at once.
public final class OpenFile: Sendable {
  /// Size, bytes.
  public let size: Int64
  /// When the bytes last changed, seconds since 1970.
  public let modified: Int64
  private let descriptor: CInt

  /// Opens an ordinary file; `nil` when there is none.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    size = Int64(status.st_size)
    #if canImport(Darwin)
      modified = Int64(status.st_mtimespec.tv_sec)
    #else
      modified = Int64(status.st_mtim.tv_sec)
    #endif
  }

  deinit { close(descriptor) }

  /// The entity tag MAST's server gives a file: date and size in hexadecimal digits.
  var entityTag: String { "\"\(String(modified, radix: 16))-\(String(size, radix: 16))\"" }

  /// Reads bytes at a place; fewer than asked for, or none, where the file ends.
  public func read(at offset: Int64, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset) + off_t(filled))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { return }
        filled += got
      }
    }
  }
}
