import CZlib

/// Compresses bytes to one gzip member.
public func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  guard webb_deflate_init(&stream, 6) == Z_OK else { throw GzipFailure() }
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 1024)
  let count = output.count
  return try input.withUnsafeMutableBufferPointer { source in
    try output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(count)
      guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { throw GzipFailure() }
      return Array(target.prefix(count - Int(stream.avail_out)))
    }
  }
}

/// zlib refused to compress.
public struct GzipFailure: Error {}
