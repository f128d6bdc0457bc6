/// FITS files written by hand, so that the reader under test is checked against the standard and not against itself.
struct FITSBytes {
  private(set) var bytes: [UInt8] = []

  /// A file with an empty first unit.
  static func empty(cards: [String] = []) -> FITSBytes {
    var file = FITSBytes()
    file.append(
      ["SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    0"] + cards)
    return file
  }

  /// Appends an image extension of 32-bit numbers.
  mutating func image(_ axes: [Int], cards: [String] = [], values: [Float]) {
    var head = ["XTENSION= 'IMAGE   '", "BITPIX  =                  -32", "NAXIS   = \(axes.count)"]
    for (index, length) in axes.enumerated() { head.append("NAXIS\(index + 1)  = \(length)") }
    append(head + ["PCOUNT  = 0", "GCOUNT  = 1"] + cards)
    for value in values { withUnsafeBytes(of: value.bitPattern.bigEndian) { bytes += $0 } }
    pad(with: 0)
  }

  /// Appends a binary table with a column of bytes.
  mutating func table(rows: Int) {
    append([
      "XTENSION= 'BINTABLE'", "BITPIX  = 8", "NAXIS   = 2", "NAXIS1  = 1", "NAXIS2  = \(rows)", "PCOUNT  = 0",
      "GCOUNT  = 1", "TFIELDS = 1", "TFORM1  = 'B       '",
    ])
    bytes += [UInt8](repeating: 7, count: rows)
    pad(with: 0)
  }

  private mutating func append(_ cards: [String]) {
    for card in cards + ["END"] { bytes += (Array(card.utf8) + [UInt8](repeating: 32, count: 80)).prefix(80) }
    pad(with: 32)
  }

  private mutating func pad(with byte: UInt8) {
    while bytes.count % 2880 != 0 { bytes.append(byte) }
  }
}
