internal import CZlib

/// The content of gzip data, inflated on the way; several members are read as one.
///
/// Memory stays bounded by one buffer, whatever the data expand to, and data that expand beyond reason are refused.
public final class GzipByteSource: ByteSource {
  /// What data may expand to.
  public struct Bound: Sendable, Hashable {
    /// The most bytes that one stored byte may become.
    public var ratio: Int64
    /// How many bytes may come before the ratio counts.
    public var freeByteCount: Int64

    /// Describes a bound.
    public init(ratio: Int64 = 1000, freeByteCount: Int64 = 64 << 20) {
      self.ratio = ratio
      self.freeByteCount = freeByteCount
    }
  }

  private let base: any ByteSource
  private let bound: Bound
  private let input: UnsafeMutableRawBufferPointer
  private var inputStart = 0
  private var inputEnd = 0
  /// Owned memory, because zlib keeps a pointer back to the stream it was given.
  private let stream: UnsafeMutablePointer<z_stream>
  private var memberIsOpen = false
  private var memberCount = 0
  private var inflatedCount: Int64 = 0
  private var deflatedCount: Int64 = 0

  /// Inflates the bytes of another source.
  public init(_ base: any ByteSource, bound: Bound = Bound()) {
    self.base = base
    self.bound = bound
    input = .allocate(byteCount: 1 << 17, alignment: 16)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
  }

  deinit {
    if memberIsOpen { inflateEnd(stream) }
    stream.deallocate()
    input.deallocate()
  }

  /// Whether bytes begin as gzip does.
  public static func isGzip(_ head: some Collection<UInt8>) -> Bool { head.starts(with: [0x1f, 0x8b]) }

  /// Stored bytes taken so far.
  public var consumedByteCount: Int64 { base.consumedByteCount }
  /// Size as stored.
  public var byteCount: Int64? { base.byteCount }

  /// Inflates the next bytes.
  /// - Throws: ``TableIOError``: `.malformed` for damaged or cut data, `.limit` for data that expand beyond the bound.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    guard !buffer.isEmpty else { return 0 }
    while true {
      if inputStart == inputEnd { try fill() }
      if !memberIsOpen {
        // Nothing, or padding, may follow the last member.
        if memberCount > 0, inputStart == inputEnd || input[inputStart] != 0x1f { return 0 }
        try openMember()
      }
      guard inputStart < inputEnd else { throw damaged("The gzip data end too early.") }
      let produced = try inflateSome(into: buffer)
      if produced > 0 { return produced }
    }
  }

  private func inflateSome(into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) -> Int {
    let room = UInt32(clamping: buffer.count)
    stream.pointee.next_in = input.baseAddress!.advanced(by: inputStart).assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(inputEnd - inputStart)
    stream.pointee.next_out = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = room
    let status = inflate(stream, Z_NO_FLUSH)
    let start = inputEnd - Int(stream.pointee.avail_in)
    deflatedCount += Int64(start - inputStart)
    inputStart = start
    let produced = Int(room - stream.pointee.avail_out)
    inflatedCount += Int64(produced)
    switch status {
    case Z_STREAM_END:
      inflateEnd(stream)
      memberIsOpen = false
    case Z_OK, Z_BUF_ERROR: break
    default: throw damaged("The gzip data are damaged.")
    }
    if inflatedCount > bound.freeByteCount, inflatedCount / bound.ratio > deflatedCount {
      throw TableIOError(
        .limit,
        "The gzip data expand more than \(bound.ratio) times, which no table does. "
          + "Inflate the file by hand if you trust it.")
    }
    return produced
  }

  private func openMember() throws(TableIOError) {
    stream.pointee = z_stream()
    guard webb_inflate_init(stream) == Z_OK else { throw damaged("The gzip reader could not be started.") }
    memberIsOpen = true
    memberCount += 1
  }

  private func fill() throws(TableIOError) {
    inputStart = 0
    inputEnd = 0
    inputEnd = try base.read(into: input)
  }

  private func damaged(_ message: String) -> TableIOError {
    TableIOError(.malformed, message + " Fetch or copy the file again.")
  }
}
