import CCFITSIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A FITS file made in memory through CFITSIO. Owns the library's handle and its buffer until `finish()` or the end of its life.
final class FITSWriter {
  /// A column of a binary table, all of one type.
  enum Column {
    case double(name: String, unit: String, values: [Double])
    case integer(name: String, unit: String, values: [Int32])
    case text(name: String, width: Int, values: [String])
  }

  private var file: UnsafeMutablePointer<fitsfile>?
  private var status: Int32 = 0
  private let name: String
  // CFITSIO keeps the addresses of these two until the file is closed, so they must not move.
  private let buffer: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let capacity: UnsafeMutablePointer<Int>

  /// Starts a file with a primary header without data.
  init(name: String, cards: [FITSCard]) throws(SampleDataError) {
    self.name = name
    buffer = .allocate(capacity: 1)
    capacity = .allocate(capacity: 1)
    // CFITSIO takes the memory it is given for a file that is already there, and appends to what it finds: so none is given.
    capacity.initialize(to: 0)
    buffer.initialize(to: nil)
    ffimem(&file, buffer, capacity, 2880 * 64, { realloc($0, $1) }, &status)
    ffcrimll(file, 8, 0, nil, &status)
    try write(cards)
  }

  deinit {
    // Only a file that failed half-way is still open here; what closing it says is of no interest any more.
    var ignored: Int32 = 0
    if file != nil { ffclos(file, &ignored) }
    free(buffer.pointee)
    buffer.deallocate()
    capacity.deallocate()
  }

  /// Appends an image extension of 32-bit floats; axes from the fastest.
  func append(_ extname: String, axes: [Int], floats: [Float], cards: [FITSCard] = []) throws(SampleDataError) {
    try startImage(extname, bitpix: FLOAT_IMG, axes: axes, cards: cards)
    var values = floats
    ffppre(file, 1, 1, Int64(values.count), &values, &status)
    try check()
  }

  /// Appends an image extension of unsigned 16-bit numbers; axes from the fastest.
  func append(_ extname: String, axes: [Int], counts: [UInt16], cards: [FITSCard] = []) throws(SampleDataError) {
    try startImage(extname, bitpix: USHORT_IMG, axes: axes, cards: cards)
    var values = counts
    ffpprui(file, 1, 1, Int64(values.count), &values, &status)
    try check()
  }

  /// Appends an image extension of signed 16-bit numbers; axes from the fastest.
  func append(_ extname: String, axes: [Int], flags: [Int16], cards: [FITSCard] = []) throws(SampleDataError) {
    try startImage(extname, bitpix: SHORT_IMG, axes: axes, cards: cards)
    var values = flags
    ffppri(file, 1, 1, Int64(values.count), &values, &status)
    try check()
  }

  /// Appends a binary table.
  func append(_ extname: String, columns: [Column], cards: [FITSCard] = []) throws(SampleDataError) {
    withCStrings(columns.map(\.name)) { names in
      withCStrings(columns.map(\.form)) { forms in
        withCStrings(columns.map(\.unit)) { units in
          _ = ffcrtb(
            file, BINARY_TBL, Int64(columns.first?.count ?? 0), Int32(columns.count), names, forms, units, extname,
            &status)
        }
      }
    }
    try write(cards)
    for (index, column) in columns.enumerated() {
      let number = Int32(index + 1)
      switch column {
      case .double(_, _, var values): ffpcld(file, number, 1, 1, Int64(values.count), &values, &status)
      case .integer(_, _, var values): ffpclk(file, number, 1, 1, Int64(values.count), &values, &status)
      case .text(_, _, let values):
        withCStrings(values) { _ = ffpcls(file, number, 1, 1, Int64(values.count), $0, &status) }
      }
    }
    try check()
  }

  /// Closes the file and hands out its bytes.
  func finish() throws(SampleDataError) -> [UInt8] {
    var end: Int64 = 0
    // Every extension is made in its final size, so the end of the last one's blocks is known before they are padded.
    ffghadll(file, nil, nil, &end, &status)
    ffclos(file, &status)
    file = nil
    try check()
    return Array(UnsafeRawBufferPointer(start: buffer.pointee, count: Int(end)))
  }

  private func startImage(
    _ extname: String, bitpix: Int32, axes: [Int], cards: [FITSCard]
  ) throws(SampleDataError) {
    var axes = axes.map(Int64.init)
    ffcrimll(file, bitpix, Int32(axes.count), &axes, &status)
    ffpkys(file, "EXTNAME", extname, nil, &status)
    try write(cards)
  }

  private func write(_ cards: [FITSCard]) throws(SampleDataError) {
    for card in cards {
      let comment = card.comment
      switch card.value {
      case .text(let text): ffpkys(file, card.name, text, comment, &status)
      case .integer(let value): ffpkyj(file, card.name, value, comment, &status)
      case .real(let value): ffpkyd(file, card.name, value, -15, comment, &status)
      case .logical(let flag): ffpkyl(file, card.name, flag ? 1 : 0, comment, &status)
      case .remark: ffpcom(file, comment, &status)
      }
    }
    try check()
  }

  private func check() throws(SampleDataError) {
    guard status != 0 else { return }
    var text = [CChar](repeating: 0, count: 81)
    ffgerr(status, &text)
    ffcmsg()
    let reason = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw SampleDataError(.fits, "CFITSIO could not write the file: \(reason) (status \(status)).", file: name)
  }
}

extension FITSWriter.Column {
  var name: String {
    switch self {
    case .double(let name, _, _), .integer(let name, _, _), .text(let name, _, _): name
    }
  }

  var unit: String {
    switch self {
    case .double(_, let unit, _), .integer(_, let unit, _): unit
    case .text: ""
    }
  }

  var count: Int {
    switch self {
    case .double(_, _, let values): values.count
    case .integer(_, _, let values): values.count
    case .text(_, _, let values): values.count
    }
  }

  var form: String {
    switch self {
    case .double: "1D"
    case .integer: "1J"
    case .text(_, let width, _): "\(width)A"
    }
  }
}

/// Lends an array of texts as C strings for the length of a call.
private func withCStrings(_ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Void) {
  var pointers = texts.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  body(&pointers)
}
