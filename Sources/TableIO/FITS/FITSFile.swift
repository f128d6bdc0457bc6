internal import CCFITSIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A FITS file open for reading through CFITSIO.
final class FITSFile {
  /// Bytes of the whole file.
  let size: Int
  private let file: UnsafeMutablePointer<fitsfile>
  /// A file in memory: CFITSIO keeps pointers to these.
  private var memory: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  private var memorySize: UnsafeMutablePointer<Int>?

  /// Opens a file whose name is taken as it is, without CFITSIO's extended syntax.
  init(path: String, size: Int) throws(TableIOError) {
    var opened: UnsafeMutablePointer<fitsfile>?
    var status: CInt = 0
    ffdkopn(&opened, path, READONLY, &status)
    guard status == 0, let opened else { throw TableIOError(fits: status, "Opening the FITS file") }
    file = opened
    self.size = size
  }

  /// Opens a file in memory.
  init(bytes: [UInt8]) throws(TableIOError) {
    size = bytes.count
    let memory = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    bytes.withUnsafeBytes { if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: $0.count) } }
    memory.initialize(to: copy)
    let memorySize = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    memorySize.initialize(to: bytes.count)
    var opened: UnsafeMutablePointer<fitsfile>?
    var status: CInt = 0
    ffomem(&opened, "memory", READONLY, memory, memorySize, 0, nil, &status)
    guard status == 0, let opened else {
      copy.deallocate()
      memory.deallocate()
      memorySize.deallocate()
      throw TableIOError(fits: status, "Opening the FITS data")
    }
    file = opened
    self.memory = memory
    self.memorySize = memorySize
  }

  deinit {
    var status: CInt = 0
    ffclos(file, &status)
    memory?.pointee?.deallocate()
    memory?.deallocate()
    memorySize?.deallocate()
  }

  /// What a header-data unit holds.
  enum UnitKind {
    case image, asciiTable, binaryTable
  }

  /// Goes on to the next header-data unit.
  /// - Returns: `nil` at the end.
  func nextUnit() throws(TableIOError) -> UnitKind? {
    var status: CInt = 0
    var kind: CInt = 0
    ffmrhd(file, 1, &kind, &status)
    if status == END_OF_FILE {
      ffcmsg()
      return nil
    }
    guard status == 0 else { throw TableIOError(fits: status, "Reading the next FITS header") }
    switch kind {
    case BINARY_TBL: return .binaryTable
    case ASCII_TBL: return .asciiTable
    default: return .image
    }
  }

  /// A keyword's text, without quotes; `nil` when it is missing.
  func text(_ keyword: String) -> String? {
    var status: CInt = 0
    var value: UnsafeMutablePointer<CChar>?
    ffgkls(file, keyword, &value, nil, &status)
    guard status == 0, let value else {
      ffcmsg()
      return nil
    }
    defer {
      var ignored: CInt = 0
      fffree(value, &ignored)
    }
    return String(cString: value)
  }

  /// A keyword's whole number.
  func integer(_ keyword: String) -> Int64? {
    var status: CInt = 0
    var value: Int64 = 0
    ffgkyjj(file, keyword, &value, nil, &status)
    if status != 0 { ffcmsg() }
    return status == 0 ? value : nil
  }

  /// A keyword's number.
  func number(_ keyword: String) -> Double? {
    var status: CInt = 0
    var value = 0.0
    ffgkyd(file, keyword, &value, nil, &status)
    if status != 0 { ffcmsg() }
    return status == 0 ? value : nil
  }

  /// Where the present table's data are.
  var dataStart: Int { Int(file.pointee.Fptr.pointee.datastart) }
  /// Where its heap begins, counted from its data.
  var heapStart: Int { Int(file.pointee.Fptr.pointee.heapstart) }

  /// Reads whole rows.
  /// - Parameter first: the first row, from 0.
  func readRows(_ first: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) {
    var status: CInt = 0
    ffgtbb(
      file, Int64(first) + 1, 1, Int64(buffer.count), buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), &status)
    guard status == 0 else {
      throw TableIOError(fits: status, "Reading rows from \(first + 1)", kind: .malformed)
    }
  }

  /// Reads bytes from a place in the file.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) {
    var status: CInt = 0
    ffmbyt(file, Int64(offset), REPORT_EOF, &status)
    ffgbyt(file, Int64(buffer.count), buffer.baseAddress, &status)
    guard status == 0 else { throw TableIOError(fits: status, "Reading the heap of a FITS table") }
  }
}

/// `REPORT_EOF` of CFITSIO's second header.
private let REPORT_EOF: CInt = 0
