/// Bytes that were put aside and no longer change; their file, where there is one, goes with the last that needs it.
package struct SpooledBytes: Sendable {
  /// Number of bytes.
  package let count: Int
  /// All of them, when there is no file.
  private let memory: [UInt8]
  private let file: TemporaryFile?

  init(memory: [UInt8], file: TemporaryFile?, count: Int) {
    self.memory = memory
    self.file = file
    self.count = count
  }

  /// Reads bytes from a place.
  /// - Throws: ``TableIOError`` also when there are not so many.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) {
    guard offset >= 0, offset + buffer.count <= count else { throw TemporaryFile.failure("it ends too early") }
    if let file { return try file.read(at: offset, into: buffer) }
    memory.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
    }
  }

  /// A source that begins at the first byte; there may be several at a time.
  package func source() -> any ByteSource { Source(self) }

  private final class Source: ByteSource {
    private let bytes: SpooledBytes
    private var position = 0

    init(_ bytes: SpooledBytes) { self.bytes = bytes }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
      let count = min(buffer.count, bytes.count - position)
      guard count > 0 else { return 0 }
      try bytes.read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
      position += count
      return count
    }

    var consumedByteCount: Int64 { Int64(position) }
    var byteCount: Int64? { Int64(bytes.count) }
  }
}
