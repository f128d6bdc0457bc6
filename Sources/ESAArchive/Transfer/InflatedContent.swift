import Downloads
import TableIO

/// Whether the content of a gzip file is what the archive says of the file it was made from.
enum InflatedContent {
  /// Inflates a file from its beginning to its end and compares.
  /// - Throws: `TableIOError` when it is no complete gzip file.
  static func agrees(_ path: String, size: Int64?, checksum: Checksum?) throws(TableIOError) -> Bool {
    let source = GzipByteSource(try FileByteSource(path: path))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var digest = RunningChecksum(for: checksum)
    while case let count = try source.read(into: buffer), count > 0 {
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if let size, digest.count > size { return false }
    }
    let isRightSize = size.map { $0 == digest.count } ?? true
    let isRightDigest = checksum.map { $0.description == digest.digest?.description } ?? true
    return isRightSize && isRightDigest
  }
}
