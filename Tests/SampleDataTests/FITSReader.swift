import CCFITSIO

/// Reads a FITS file back through CFITSIO.
final class FITSReader {
  struct Failure: Error {
    var status: Int32
  }

  private var file: UnsafeMutablePointer<fitsfile>?
  private var status: Int32 = 0

  init(path: String) throws {
    ffopentest(CFITSIO_SONAME, &file, path, READONLY, &status)
    try check()
  }

  deinit { ffclos(file, &status) }

  func move(to extname: String) throws {
    var name = Array(extname.utf8CString)
    ffmnhd(file, ANY_HDU, &name, 0, &status)
    try check()
  }

  func extensions() throws -> Int {
    var count: Int32 = 0
    ffthdu(file, &count, &status)
    try check()
    return Int(count) - 1
  }

  func text(_ key: String) throws -> String {
    var value = [CChar](repeating: 0, count: 81)
    ffgkys(file, key, &value, nil, &status)
    try check()
    return String(decoding: value.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func real(_ key: String) throws -> Double {
    var value = 0.0
    ffgkyd(file, key, &value, nil, &status)
    try check()
    return value
  }

  func integer(_ key: String) throws -> Int {
    var value: Int64 = 0
    ffgkyjj(file, key, &value, nil, &status)
    try check()
    return Int(value)
  }

  func axes() throws -> [Int] { try (1...integer("NAXIS")).map { try integer("NAXIS\($0)") } }

  func pixels() throws -> [Float] {
    var values = [Float](repeating: 0, count: try axes().reduce(1, *))
    var first = [Int](repeating: 1, count: try axes().count)
    var anyNull: Int32 = 0
    ffgpxv(file, TFLOAT, &first, Int64(values.count), nil, &values, &anyNull, &status)
    try check()
    return values
  }

  private func check() throws {
    guard status == 0 else {
      let failure = Failure(status: status)
      status = 0
      throw failure
    }
  }
}
