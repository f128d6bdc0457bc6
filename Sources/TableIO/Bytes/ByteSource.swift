/// Bytes that are read front to back.
public protocol ByteSource: AnyObject {
  /// Fills a buffer with the next bytes.
  /// - Returns: how many there were; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int

  /// Bytes taken so far, as stored: compressed bytes for gzip.
  var consumedByteCount: Int64 { get }

  /// Size as stored, when it is known.
  var byteCount: Int64? { get }
}

/// Bytes in memory, given in pieces of a chosen size.
public final class MemoryByteSource: ByteSource {
  private let bytes: [UInt8]
  private let pieceSize: Int
  private var position = 0

  /// Reads an array.
  /// - Parameters:
  ///   - bytes: all of them.
  ///   - pieceSize: the most bytes given at once.
  public init(_ bytes: [UInt8], pieceSize: Int = .max) {
    self.bytes = bytes
    self.pieceSize = max(1, pieceSize)
  }

  /// Gives the next piece.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    let count = min(buffer.count, pieceSize, bytes.count - position)
    guard count > 0 else { return 0 }
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
    }
    position += count
    return count
  }

  /// Bytes given so far.
  public var consumedByteCount: Int64 { Int64(position) }
  /// The size of the array.
  public var byteCount: Int64? { Int64(bytes.count) }
}
