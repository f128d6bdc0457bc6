/// The bytes of another source, up to a number of them.
final class BoundedByteSource: ByteSource {
  private let base: any ByteSource
  private let byteLimit: Int
  private var count = 0

  init(_ base: any ByteSource, byteLimit: Int) {
    self.base = base
    self.byteLimit = byteLimit
  }

  /// Gives the next bytes.
  /// - Throws: ``TableIOError`` of kind `limit` when there are more than may be.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    let added = try base.read(into: buffer)
    count += added
    guard count <= byteLimit else {
      throw TableIOError(.limit, "The table has more than \(byteLimit) bytes, inflated. Send fewer rows or columns.")
    }
    return added
  }

  var consumedByteCount: Int64 { base.consumedByteCount }
  var byteCount: Int64? { base.byteCount }
}
