#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The digest of a file that is on disk already.
public enum FileDigest {
  /// The MD5 of a file's bytes, read in steps between which other tasks get their turn.
  /// - Parameters:
  ///   - path: the file.
  ///   - progress: told after each step how many bytes it had.
  /// - Returns: 32 hexadecimal digits in lower case.
  /// - Throws: `DownloadsError` of kind `.fileSystem` when the file cannot be read, `CancellationError`.
  public static func md5(
    ofFile path: String, progress: @Sendable (_ bytes: Int) -> Void = { _ in }
  ) async throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure("The file cannot be read", path) }
    defer { close(descriptor) }
    var checksum = RunningChecksum(for: .md5(""))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      try Task.checkCancellation()
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileSystem.failure("The file cannot be read", path) }
      if count == 0 { break }
      checksum.update(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
      progress(count)
      await Task.yield()
    }
    guard case .md5(let digest)? = checksum.digest else { return "" }
    return digest
  }
}
