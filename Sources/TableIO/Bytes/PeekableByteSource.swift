/// A source whose first bytes can be looked at before they are read, so that a format can be told from its content.
///
///     let source = try PeekableByteSource(inflating: FileByteSource(path: "table.vot.gz"))
///     let head = try source.peek(5)   // "<?xml", whether the file is compressed or not
public final class PeekableByteSource: ByteSource {
  private let base: any ByteSource
  private var head: [UInt8] = []
  private var headStart = 0
  private var isAtEnd = false

  /// Looks at the bytes of another source.
  public init(_ base: any ByteSource) { self.base = base }

  /// Looks at the bytes of another source, inflated when they are gzip.
  /// - Throws: ``TableIOError`` when the first bytes cannot be read.
  public convenience init(inflating base: any ByteSource) throws(TableIOError) {
    let stored = PeekableByteSource(base)
    if GzipByteSource.isGzip(try stored.peek(2)) {
      self.init(GzipByteSource(stored))
    } else {
      self.init(stored)
    }
  }

  /// The next bytes, which stay to be read.
  /// - Returns: as many as asked for, fewer at the end of the source.
  public func peek(_ count: Int) throws(TableIOError) -> ArraySlice<UInt8> {
    while head.count - headStart < count, !isAtEnd {
      let start = head.count
      head.append(contentsOf: repeatElement(0, count: max(count, 4096)))
      var result: Result<Int, TableIOError> = .success(0)
      head.withUnsafeMutableBytes { bytes in
        do throws(TableIOError) {
          result = .success(try base.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...])))
        } catch {
          result = .failure(error)
        }
      }
      let added = (try? result.get()) ?? 0
      head.removeSubrange((start + added)...)
      if try result.get() == 0 { isAtEnd = true }
    }
    return head[headStart..<min(head.count, headStart + count)]
  }

  /// The file behind it when nothing is inflated and nothing has been taken but to look at it: what may be opened a second time.
  var plainFile: FileByteSource? {
    var held: Int64 = 0
    var layer: any ByteSource = self
    while let source = layer as? PeekableByteSource {
      held += Int64(source.head.count - source.headStart)
      layer = source.base
    }
    guard let file = layer as? FileByteSource, file.path != nil, file.consumedByteCount == held else { return nil }
    return file
  }

  /// Reads the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    let held = head.count - headStart
    guard held > 0 else { return isAtEnd ? 0 : try base.read(into: buffer) }
    let count = min(held, buffer.count)
    head.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[headStart..<headStart + count]))
    }
    headStart += count
    if headStart == head.count {
      head = []
      headStart = 0
    }
    return count
  }

  /// Bytes taken from the storage so far.
  public var consumedByteCount: Int64 { base.consumedByteCount }
  /// Size as stored.
  public var byteCount: Int64? { base.byteCount }
}
