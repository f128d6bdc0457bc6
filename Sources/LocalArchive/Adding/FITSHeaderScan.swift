internal import Crypto
internal import TableIO

/// Walks through the bytes of a FITS file once, for its headers and its MD5.
struct FITSHeaderScan {
  /// The primary header.
  let primary: FITSHeader
  /// The header of the first extension called SCI, or of the first image with a footprint where none is.
  let science: FITSHeader?
  /// 32 hexadecimal digits.
  let md5: String
  /// Bytes.
  let size: Int64

  /// A header of JWST has some hundred records; one without end is not a header.
  private static let longestHeader = 4 << 20
  private static let block = 2880

  /// Reads a file.
  /// - Throws: ``LocalArchiveError`` of kind `unreadableImport` where it is not FITS, `TableIOError` where it cannot be read.
  init(path: String) throws {
    let source = try FileByteSource(path: path)
    var digest = Insecure.MD5()
    var header: [UInt8] = []
    var first: FITSHeader?
    var science: FITSHeader?
    var skip: Int64 = 0
    var units = 0
    var isReadable = true
    var buffer = [UInt8](repeating: 0, count: Self.block * 100)
    var size: Int64 = 0
    while true {
      let count = try Self.fill(&buffer, from: source)
      guard count > 0 else { break }
      buffer.withUnsafeBytes { digest.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      size += Int64(count)
      var start = 0
      // Only whole blocks belong to the file; what is left over at its end is nobody's.
      while isReadable, start + Self.block <= count {
        if skip > 0 {
          let step = min(skip, Int64((count - start) / Self.block))
          skip -= step
          start += Int(step) * Self.block
          continue
        }
        header += buffer[start..<start + Self.block]
        start += Self.block
        guard let unit = Self.header(header) else {
          if header.count > Self.longestHeader { throw Self.refusal(path) }
          if units == 0, header.count == Self.block, !Self.isFITS(header) { throw Self.refusal(path) }
          continue
        }
        if units == 0, !Self.isFITS(header) { throw Self.refusal(path) }
        if first == nil {
          first = unit
        } else if Self.isBetter(unit, than: science) {
          science = unit
        }
        header = []
        units += 1
        guard let data = unit.dataSize, units < 1000 else {
          isReadable = false
          continue
        }
        skip = (data + Int64(Self.block) - 1) / Int64(Self.block)
      }
    }
    guard let first else { throw Self.refusal(path) }
    primary = first
    self.science = science
    self.size = size
    md5 = digest.finalize().hexadecimal
  }

  /// The first extension called SCI is the one; until it comes, the first with a footprint.
  private static func isBetter(_ header: FITSHeader, than known: FITSHeader?) -> Bool {
    if known?.text("EXTNAME") == "SCI" { return false }
    return header.text("EXTNAME") == "SCI" || known == nil && header.text("S_REGION") != nil
  }

  /// The header in whole blocks; `nil` while its end is not among them.
  private static func header(_ bytes: [UInt8]) -> FITSHeader? {
    let end = Array("END".utf8) + [UInt8](repeating: 0x20, count: 5)
    let last = bytes.count - block
    for start in stride(from: last, to: bytes.count, by: 80) where bytes[start..<start + 8].elementsEqual(end) {
      return FITSHeader(Array(bytes[..<(start + 80)]))
    }
    return nil
  }

  private static func isFITS(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "SIMPLE  =".utf8) }

  private static func refusal(_ path: String) -> LocalArchiveError {
    LocalArchiveError(
      .unreadableImport,
      "This is not a FITS file: it does not begin with a FITS header. Unpack it first if it is packed.",
      path: path)
  }

  /// Fills the buffer unless the file ends before.
  private static func fill(_ buffer: inout [UInt8], from source: FileByteSource) throws -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = try buffer.withUnsafeMutableBytes { bytes throws(TableIOError) in
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}
