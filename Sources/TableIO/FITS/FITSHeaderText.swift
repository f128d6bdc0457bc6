internal import CCFITSIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The headers of a file with one binary table, as CFITSIO writes them, in blocks of 2880 bytes.
struct FITSHeaderText {
  static let blockSize = 2880

  /// All bytes before the table's data.
  let bytes: [UInt8]

  /// - Parameters:
  ///   - heapSize: bytes behind the rows.
  init(
    table: TableMetadata, columns: [FITSColumnLayout], rowCount: Int, heapSize: Int
  ) throws(TableIOError) {
    var fits: UnsafeMutablePointer<fitsfile>?
    var status: CInt = 0
    // A file in memory that holds the headers only; CFITSIO keeps pointers to both variables until it is closed.
    let memory = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    let size = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    size.initialize(to: 16 * Self.blockSize)
    memory.initialize(to: malloc(size.pointee))
    defer {
      free(memory.pointee)
      memory.deallocate()
      size.deallocate()
    }
    ffimem(&fits, memory, size, 16 * Self.blockSize, { realloc($0, $1) }, &status)
    guard status == 0, let file = fits else { throw TableIOError(fits: status, "Making a FITS header") }
    Self.create(file, table: table, columns: columns, &status)
    Self.describe(file, columns: columns, &status)
    ffukyj(file, "NAXIS2", Int64(rowCount), nil, &status)
    ffukyj(file, "PCOUNT", Int64(heapSize), nil, &status)
    var bytes: [UInt8] = []
    for unit: CInt in 1...2 {
      if unit == 1 {
        // Going away from the table would make CFITSIO fill in the rows it seems to have: read its header first.
        Self.appendHeader(of: file, to: &bytes, &status)
        ffukyj(file, "NAXIS2", 0, nil, &status)
        ffukyj(file, "PCOUNT", 0, nil, &status)
        ffmahd(file, 1, nil, &status)
      } else {
        var primary: [UInt8] = []
        Self.appendHeader(of: file, to: &primary, &status)
        bytes = primary + bytes
      }
    }
    var closing: CInt = 0
    ffclos(file, &closing)
    guard status == 0 else { throw TableIOError(fits: status, "Making a FITS header", kind: .unsupported) }
    self.bytes = bytes
  }

  private static func create(
    _ file: UnsafeMutablePointer<fitsfile>, table: TableMetadata, columns: [FITSColumnLayout], _ status: inout CInt
  ) {
    var names = columns.map { strdup(printable($0.column.name, limit: 68)) }
    var forms = columns.map { strdup($0.form) }
    var units = columns.map { strdup(printable($0.column.unit ?? "", limit: 68)) }
    defer { for text in names + forms + units { free(text) } }
    ffcrtb(
      file, BINARY_TBL, 0, CInt(columns.count), &names, &forms, &units, table.name.map { printable($0, limit: 68) },
      &status)
  }

  private static func describe(
    _ file: UnsafeMutablePointer<fitsfile>, columns: [FITSColumnLayout], _ status: inout CInt
  ) {
    for (index, layout) in columns.enumerated() {
      let number = index + 1
      if let null = layout.nullValue { ffukyj(file, "TNULL\(number)", null, nil, &status) }
      if let dimensions = layout.dimensions { ffukys(file, "TDIM\(number)", dimensions, nil, &status) }
      let column = layout.column
      let texts = [
        ("TCOMM", column.description), ("TUCD", column.ucd), ("TUTYP", column.utype), ("TXTYP", column.xtype),
      ]
      for (name, text) in texts {
        guard let text, !text.isEmpty else { continue }
        if text.utf8.count > 60 { ffplsw(file, &status) }
        ffukls(file, "\(name)\(number)", printable(text, limit: 2000), nil, &status)
      }
    }
  }

  private static func appendHeader(
    of file: UnsafeMutablePointer<fitsfile>, to bytes: inout [UInt8], _ status: inout CInt
  ) {
    var count: CInt = 0
    ffghsp(file, &count, nil, &status)
    var card = [CChar](repeating: 0, count: Int(FLEN_CARD) + 1)
    guard status == 0 else { return }
    for number in 1...max(1, count) where ffgrec(file, number, &card, &status) == 0 {
      appendCard(card.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, to: &bytes)
    }
    appendCard(Array("END".utf8), to: &bytes)
    let rest = bytes.count % blockSize
    if rest > 0 { bytes.append(contentsOf: repeatElement(0x20, count: blockSize - rest)) }
  }

  private static func appendCard(_ card: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: card.prefix(80))
    bytes.append(contentsOf: repeatElement(0x20, count: max(0, 80 - card.count)))
  }

  /// A header holds printable ASCII only.
  private static func printable(_ text: String, limit: Int) -> String {
    String(
      decoding: text.unicodeScalars.map { 0x20...0x7e ~= $0.value ? UInt8($0.value) : UInt8(ascii: "?") }.prefix(limit),
      as: UTF8.self)
  }
}
