internal import TableIO

/// Counts bytes on their way to another sink, and refuses more than may be.
final class BoundedSink: ByteSink {
  /// Bytes so far.
  private(set) var count = 0
  private let sink: any ByteSink
  private let byteLimit: Int

  init(_ sink: any ByteSink, byteLimit: Int) {
    self.sink = sink
    self.byteLimit = byteLimit
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    guard bytes.count <= byteLimit - count else {
      throw TableIOError(.limit, "The result is larger than \(byteLimit) bytes. Ask for fewer rows.")
    }
    try sink.write(bytes)
    count += bytes.count
  }

  func flush() throws(TableIOError) { try sink.flush() }
}
