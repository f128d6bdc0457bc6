import TableIO

extension SpooledBytes {
  /// The first bytes, at most so many.
  func head(_ limit: Int) throws(TableIOError) -> [UInt8] { try bytes(at: 0, min(limit, count)) }

  /// The last bytes, at most so many.
  func tail(_ limit: Int) throws(TableIOError) -> [UInt8] { try bytes(at: max(0, count - limit), min(limit, count)) }

  /// All bytes, inflated when they are gzip.
  /// - Throws: `TableIOError`; of kind `.limit` when they are more than `limit`.
  func inflated(limit: Int) throws(TableIOError) -> [UInt8] {
    let content = try PeekableByteSource(inflating: source())
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = try content.read(into: &piece), count > 0 {
      guard bytes.count + count <= limit else {
        throw TableIOError(.limit, "The document is larger than the \(limit) bytes that are allowed for it.")
      }
      bytes += piece[..<count]
    }
    return bytes
  }

  private func bytes(at offset: Int, _ count: Int) throws(TableIOError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: TableIOError?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(TableIOError) { try read(at: offset, into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension ByteSource {
  /// Fills an array with the next bytes.
  /// - Returns: how many there were; 0 is the end.
  func read(into piece: inout [UInt8]) throws(TableIOError) -> Int {
    var result: Result<Int, TableIOError> = .success(0)
    piece.withUnsafeMutableBytes { buffer in
      do throws(TableIOError) { result = .success(try read(into: buffer)) } catch { result = .failure(error) }
    }
    return try result.get()
  }
}
