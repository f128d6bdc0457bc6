#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file in the staging folder while it is written. Closed when let go.
final class MemberFile {
  private let descriptor: Int32
  private let path: String

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  func write(_ bytes: UnsafeRawBufferPointer) throws(UnpackingError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = writeBytes(descriptor, start, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("A file cannot be written", path) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  /// Waits until all is on disk, before a final name promises that it is.
  func synchronise() throws(UnpackingError) {
    guard fsync(descriptor) == 0 else { throw .system("A file cannot be written", path) }
  }
}

// The class has a method of the same name.
private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}
