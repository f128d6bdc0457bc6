internal import CZlib

/// Compresses bytes into one gzip member on their way to another sink.
///
/// ``finish()`` ends the member; without it the compressed data are cut short.
public final class GzipByteSink: ByteSink {
  private let sink: any ByteSink
  private let buffer: UnsafeMutableRawBufferPointer
  /// Owned memory, because zlib keeps a pointer back to the stream it was given.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isOpen: Bool

  /// Compresses on the way to a sink.
  /// - Parameters:
  ///   - sink: where the compressed bytes go.
  ///   - level: from 1, fast, to 9, small.
  /// - Throws: ``TableIOError`` when zlib cannot start.
  public init(_ sink: any ByteSink, level: Int = 6) throws(TableIOError) {
    self.sink = sink
    buffer = .allocate(byteCount: 1 << 16, alignment: 16)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isOpen = webb_deflate_init(stream, CInt(min(max(level, 1), 9))) == Z_OK
    guard isOpen else { throw TableIOError(.inputOutput, "The gzip writer could not be started; free some memory.") }
  }

  deinit {
    if isOpen { deflateEnd(stream) }
    stream.deallocate()
    buffer.deallocate()
  }

  /// Compresses bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    var rest = bytes
    while !rest.isEmpty {
      // zlib counts in 32 bits.
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      try deflate(piece, Z_NO_FLUSH)
      rest = UnsafeRawBufferPointer(rebasing: rest[piece.count...])
    }
  }

  /// Hands on what is compressed so far; what zlib has not decided about stays until ``finish()``.
  public func flush() throws(TableIOError) { try sink.flush() }

  /// Ends the gzip member and hands on everything; finish the other sink afterwards where it needs that.
  public func finish() throws(TableIOError) {
    guard isOpen else { return }
    try deflate(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH)
    deflateEnd(stream)
    isOpen = false
    try sink.flush()
  }

  private func deflate(_ bytes: UnsafeRawBufferPointer, _ mode: CInt) throws(TableIOError) {
    guard isOpen else { throw TableIOError(.inputOutput, "The gzip member is finished and takes no more bytes.") }
    // zlib reads from the address only, though its type says otherwise.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    while true {
      stream.pointee.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(buffer.count)
      let status = CZlib.deflate(stream, mode)
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw TableIOError(.inputOutput, "The gzip writer failed with zlib's status \(status).")
      }
      let count = buffer.count - Int(stream.pointee.avail_out)
      if count > 0 { try sink.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])) }
      if status == Z_STREAM_END || (mode == Z_NO_FLUSH && stream.pointee.avail_out > 0) { return }
    }
  }
}
