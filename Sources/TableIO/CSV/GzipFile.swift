internal import CZlib

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file read front to back, inflated on the way when its content is gzip; the name of the file does not matter.
///
/// Memory stays bounded by one buffer, whatever the file expands to. Files of several gzip members are read to the end.
final class GzipFile {
  /// Bytes taken from the disk so far.
  private(set) var consumedByteCount: Int64 = 0
  /// Size of the file on disk when it was opened.
  let byteCount: Int64

  private let path: String
  private let descriptor: CInt
  private let input: UnsafeMutableRawBufferPointer
  private var inputStart = 0
  private var inputEnd = 0
  /// Owned memory, because zlib keeps a pointer back to the stream it was given.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isGzip = false
  private var memberIsOpen = false

  init(path: String) throws(CSVError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw CSVError(
        .cannotOpen, "The file cannot be opened (\(reason)). Check the path and its permissions.", file: path)
    }
    var status = stat()
    byteCount = fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    input = .allocate(byteCount: 1 << 17, alignment: 16)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    try fill()
    isGzip = inputEnd >= 2 && input[0] == 0x1f && input[1] == 0x8b
    if isGzip { try openMember() }
  }

  deinit {
    if memberIsOpen { inflateEnd(stream) }
    stream.deallocate()
    input.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// Fills a buffer with the next bytes and returns how many there were; 0 is the end of the file.
  func read(into target: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    guard !target.isEmpty else { return 0 }
    return isGzip ? try inflateNext(into: target) : try copyNext(into: target)
  }

  private func copyNext(into target: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    if inputStart == inputEnd { try fill() }
    let count = min(target.count, inputEnd - inputStart)
    target.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[inputStart..<inputStart + count]))
    inputStart += count
    return count
  }

  private func inflateNext(into target: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    while true {
      if inputStart == inputEnd { try fill() }
      if !memberIsOpen {
        // Nothing, or padding, may follow the last member.
        guard inputStart < inputEnd, input[inputStart] == 0x1f else { return 0 }
        try openMember()
      }
      guard inputStart < inputEnd else { throw damaged("The gzip data end too early.") }
      stream.pointee.next_in = input.baseAddress!.advanced(by: inputStart).assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_in = UInt32(inputEnd - inputStart)
      stream.pointee.next_out = target.baseAddress!.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(clamping: target.count)
      let status = inflate(stream, Z_NO_FLUSH)
      inputStart = inputEnd - Int(stream.pointee.avail_in)
      let produced = Int(UInt32(clamping: target.count) - stream.pointee.avail_out)
      switch status {
      case Z_STREAM_END:
        inflateEnd(stream)
        memberIsOpen = false
      case Z_OK, Z_BUF_ERROR: break
      default: throw damaged("The gzip data are damaged.")
      }
      if produced > 0 { return produced }
    }
  }

  private func openMember() throws(CSVError) {
    stream.pointee = z_stream()
    guard webb_inflate_init(stream) == Z_OK else { throw damaged("The gzip reader could not be started.") }
    memberIsOpen = true
  }

  private func fill() throws(CSVError) {
    var count: Int
    repeat { count = posixRead() } while count < 0 && errno == EINTR
    guard count >= 0 else {
      throw CSVError(.cannotRead, "Reading failed (\(String(cString: strerror(errno)))).", file: path)
    }
    inputStart = 0
    inputEnd = count
    consumedByteCount += Int64(count)
  }

  private func posixRead() -> Int {
    #if canImport(Darwin)
      Darwin.read(descriptor, input.baseAddress, input.count)
    #else
      Glibc.read(descriptor, input.baseAddress, input.count)
    #endif
  }

  private func damaged(_ message: String) -> CSVError {
    CSVError(.damagedGzip, message + " Fetch or copy the file again.", file: path)
  }
}
