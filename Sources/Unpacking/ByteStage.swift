import CZlib

/// A stage of the way from stored bytes to the bytes of an archive; one thread's own.
protocol ByteStage: AnyObject {
  /// Fills a buffer with the next bytes; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int
}

/// Counts what passes, and lets the first bytes be seen before they are taken.
final class CountingStage: ByteStage {
  private let source: (UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int
  private var head: [UInt8] = []
  /// Bytes that came so far.
  private(set) var count: Int64 = 0

  /// The stored bytes.
  init(_ feed: any ByteFeed) {
    source = { (buffer) throws(UnpackingError) in try feed.read(into: buffer) }
  }

  /// What another stage makes of them.
  init(_ stage: any ByteStage) {
    source = { (buffer) throws(UnpackingError) in try stage.read(into: buffer) }
  }

  /// What the first bytes tell of the form.
  func kind() throws(UnpackingError) -> ArchiveKind? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ArchiveKind.window, alignment: 1)
    defer { buffer.deallocate() }
    while head.count < ArchiveKind.window {
      let more = try source(UnsafeMutableRawBufferPointer(rebasing: buffer.dropFirst(head.count)))
      if more == 0 { break }
      head += buffer[head.count..<head.count + more]
    }
    return ArchiveKind(firstBytes: head)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int {
    var read = min(head.count, buffer.count)
    if read > 0 {
      buffer.copyBytes(from: head.prefix(read))
      head.removeFirst(read)
    } else {
      read = try source(buffer)
    }
    count += Int64(read)
    return read
  }
}

/// The content of gzip data, with lengths and sums compared, which libarchive's own filter does not do. Several gzip members are one content;
/// after the last only zeros may follow.
final class GzipStage: ByteStage {
  private let base: any ByteStage
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
  private var waiting = 0..<0
  /// Owned memory, because zlib keeps a pointer back to the stream it was given.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isMemberOpen = false
  private var memberCount = 0

  init(_ base: any ByteStage) {
    self.base = base
    stream.initialize(to: z_stream())
  }

  deinit {
    if isMemberOpen { inflateEnd(stream) }
    stream.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int {
    while !buffer.isEmpty {
      if waiting.isEmpty { waiting = 0..<(try base.read(into: input)) }
      if !isMemberOpen {
        if memberCount > 0, waiting.isEmpty || input[waiting.lowerBound] == 0 {
          try finishPadding()
          return 0
        }
        guard waiting.isEmpty || input[waiting.lowerBound] == 0x1F else { throw Self.somethingFollows }
        try openMember()
      }
      guard !waiting.isEmpty else {
        throw UnpackingError(.truncated, "The gzip data end too early; fetch the archive again.")
      }
      let count = try inflateSome(into: buffer)
      if count > 0 { return count }
    }
    return 0
  }

  private func openMember() throws(UnpackingError) {
    stream.pointee = z_stream()
    guard webb_inflate_init(stream) == Z_OK else {
      throw UnpackingError(.system, "The gzip reader could not be started; there is not enough memory.")
    }
    isMemberOpen = true
    memberCount += 1
  }

  private func inflateSome(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int {
    let room = UInt32(clamping: buffer.count)
    stream.pointee.next_in = (input.baseAddress! + waiting.lowerBound).assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(waiting.count)
    stream.pointee.next_out = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = room
    let status = inflate(stream, Z_NO_FLUSH)
    waiting = (waiting.upperBound - Int(stream.pointee.avail_in))..<waiting.upperBound
    switch status {
    case Z_STREAM_END:
      inflateEnd(stream)
      isMemberOpen = false
    case Z_OK, Z_BUF_ERROR: break
    default: throw UnpackingError(.damaged, "The gzip data are damaged; fetch the archive again.")
    }
    return Int(room - stream.pointee.avail_out)
  }

  private static let somethingFollows = UnpackingError(
    .damaged, "Something follows the end of the gzip data; fetch the archive again.")

  private func finishPadding() throws(UnpackingError) {
    while !waiting.isEmpty {
      guard input[waiting].allSatisfy({ $0 == 0 }) else {
        throw Self.somethingFollows
      }
      waiting = 0..<(try base.read(into: input))
    }
  }
}

/// The content of bzip2, xz or Zstandard data.
final class FilterStage: ByteStage {
  private let reader: ArchiveReader
  private var isOpen = false
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)

  init(_ base: any ByteStage) throws(UnpackingError) {
    reader = try ArchiveReader(base, form: .compressed)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int {
    if !isOpen {
      isOpen = true
      guard try reader.nextMember() != nil else { return 0 }
    }
    while block.isEmpty {
      guard let next = try reader.nextBlock() else { return 0 }
      block = next
    }
    let count = min(block.count, buffer.count)
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: block.prefix(count)))
    block = UnsafeRawBufferPointer(rebasing: block.dropFirst(count))
    return count
  }
}
