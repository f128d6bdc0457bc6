import Synchronization
import TableIO

/// The whole body of an answer, put aside: in memory while it is small, then in a nameless temporary file.
final class SpooledBody: Sendable {
  private let lock = Mutex(())
  /// Only touched under the lock.
  nonisolated(unsafe) private let spool: SpoolFile

  /// - Parameter directory: where a temporary file goes; `nil` is the system's usual place.
  init(directory: String?, memoryLimit: Int) {
    spool = SpoolFile(directory: directory, memoryLimit: memoryLimit)
  }

  /// Number of bytes put aside.
  var count: Int { lock.withLock { _ in spool.count } }

  func append(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    try lock.withLock { (_) throws(TableIOError) in try spool.append(bytes) }
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) {
    try lock.withLock { (_) throws(TableIOError) in try spool.read(at: offset, into: buffer) }
  }

  /// A reader of all bytes; there may be several.
  func source() -> any ByteSource { SpooledByteSource(self) }

  /// The first bytes, at most so many.
  func head(_ limit: Int) throws(TableIOError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(limit, count))
    try read(at: 0, into: &bytes)
    return bytes
  }

  /// The last bytes, at most so many.
  func tail(_ limit: Int) throws(TableIOError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(limit, count))
    try read(at: count - bytes.count, into: &bytes)
    return bytes
  }

  /// All bytes, inflated when they are gzip.
  /// - Throws: `TableIOError`; of kind `.limit` when they are more than `limit`.
  func inflated(limit: Int) throws(TableIOError) -> [UInt8] {
    let content = try PeekableByteSource(inflating: source())
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = try Self.fill(&piece, from: content)
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else {
        throw TableIOError(.limit, "The document is larger than the \(limit) bytes that are allowed for it.")
      }
      bytes += piece[..<count]
    }
  }

  /// The next bytes of a source, into an array.
  static func fill(_ piece: inout [UInt8], from source: any ByteSource) throws(TableIOError) -> Int {
    var result: Result<Int, TableIOError> = .success(0)
    piece.withUnsafeMutableBytes { buffer in
      do throws(TableIOError) { result = .success(try source.read(into: buffer)) } catch { result = .failure(error) }
    }
    return try result.get()
  }

  private func read(at offset: Int, into bytes: inout [UInt8]) throws(TableIOError) {
    var failure: TableIOError?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(TableIOError) { try read(at: offset, into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

/// Reads a body that was put aside.
private final class SpooledByteSource: ByteSource {
  private let body: SpooledBody
  private let size: Int
  private var position = 0

  init(_ body: SpooledBody) {
    self.body = body
    size = body.count
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    let count = min(buffer.count, size - position)
    guard count > 0 else { return 0 }
    try body.read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
    position += count
    return count
  }

  var consumedByteCount: Int64 { Int64(position) }
  var byteCount: Int64? { Int64(size) }
}
