/// Where bytes go.
public protocol ByteSink: AnyObject {
  /// Takes bytes; all of them are written when it returns.
  func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError)

  /// Hands on what is still held back.
  func flush() throws(TableIOError)
}

/// Keeps the bytes in memory.
public final class MemoryByteSink: ByteSink {
  /// What has been written.
  public private(set) var bytes: [UInt8] = []

  /// An empty sink.
  public init() {}

  /// Takes bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) { self.bytes.append(contentsOf: bytes) }

  /// Nothing is held back.
  public func flush() throws(TableIOError) {}
}

extension ByteSink {
  /// Takes bytes from an array.
  public func write(_ bytes: [UInt8]) throws(TableIOError) {
    var failure: TableIOError?
    bytes.withUnsafeBytes { buffer in
      do throws(TableIOError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
