internal import TableIO

/// Arrays and complex numbers of uploaded tables as blobs: queries hand them through and do not look inside.
///
/// A tag, whether there are missing elements, the number of elements, the elements, and one byte for each that tells whether it is missing.
enum PackedCell {
  private static let tag: UInt8 = 16

  /// The elements of a cell as a blob.
  static func pack(_ buffer: ColumnBuffer, row: Int) -> [UInt8] {
    let range = buffer.elementRange(at: row)
    let hasNulls = range.contains { buffer.isNullElement($0) }
    var blob: [UInt8] = [tag, hasNulls ? 1 : 0]
    append(UInt32(truncatingIfNeeded: range.count), to: &blob)
    switch buffer.elements {
    case .boolean(let values), .bit(let values), .unsignedByte(let values): blob += values[range]
    case .short(let values): for value in values[range] { append(value, to: &blob) }
    case .int(let values): for value in values[range] { append(value, to: &blob) }
    case .long(let values): for value in values[range] { append(value, to: &blob) }
    case .float(let values): for value in values[range] { append(value.bitPattern, to: &blob) }
    case .double(let values): for value in values[range] { append(value.bitPattern, to: &blob) }
    case .floatComplex(let values): for value in values[doubled(range)] { append(value.bitPattern, to: &blob) }
    case .doubleComplex(let values): for value in values[doubled(range)] { append(value.bitPattern, to: &blob) }
    case .text(let texts):
      for index in range {
        let bytes = texts.bytes[texts.range(at: index)]
        append(UInt32(truncatingIfNeeded: bytes.count), to: &blob)
        blob += bytes
      }
    }
    if hasNulls { blob += range.map { buffer.isNullElement($0) ? 1 : 0 } }
    return blob
  }

  /// Appends the elements of a blob to a buffer of the column that they came from, and ends the cell.
  /// - Returns: whether the blob is one of ours.
  static func unpack(_ blob: UnsafeRawBufferPointer, into buffer: inout ColumnBuffer) -> Bool {
    guard blob.count >= 6, blob[0] == tag else { return false }
    let count = Int(UInt32(littleEndian: blob.loadUnaligned(fromByteOffset: 2, as: UInt32.self)))
    guard buffer.cellEnds != nil || count == buffer.elementsPerCell else { return false }
    var place = 6
    func next<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
      defer { place += MemoryLayout<Number>.size }
      guard place + MemoryLayout<Number>.size <= blob.count else { return 0 }
      return Number(littleEndian: blob.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
    let first = buffer.elementCount
    let elements = buffer.elements
    buffer.elements = .bit([])
    switch consume elements {
    case .boolean(var values):
      for _ in 0..<count { values.append(next(UInt8.self)) }
      buffer.elements = .boolean(values)
    case .bit(var values):
      for _ in 0..<count { values.append(next(UInt8.self)) }
      buffer.elements = .bit(values)
    case .unsignedByte(var values):
      for _ in 0..<count { values.append(next(UInt8.self)) }
      buffer.elements = .unsignedByte(values)
    case .short(var values):
      for _ in 0..<count { values.append(next(Int16.self)) }
      buffer.elements = .short(values)
    case .int(var values):
      for _ in 0..<count { values.append(next(Int32.self)) }
      buffer.elements = .int(values)
    case .long(var values):
      for _ in 0..<count { values.append(next(Int64.self)) }
      buffer.elements = .long(values)
    case .float(var values):
      for _ in 0..<count { values.append(Float(bitPattern: next(UInt32.self))) }
      buffer.elements = .float(values)
    case .double(var values):
      for _ in 0..<count { values.append(Double(bitPattern: next(UInt64.self))) }
      buffer.elements = .double(values)
    case .floatComplex(var values):
      for _ in 0..<2 * count { values.append(Float(bitPattern: next(UInt32.self))) }
      buffer.elements = .floatComplex(values)
    case .doubleComplex(var values):
      for _ in 0..<2 * count { values.append(Double(bitPattern: next(UInt64.self))) }
      buffer.elements = .doubleComplex(values)
    case .text(var texts):
      for _ in 0..<count {
        let length = Int(next(UInt32.self))
        let end = min(place + length, blob.count)
        texts.append(utf8: UnsafeRawBufferPointer(rebasing: blob[min(place, end)..<end]))
        place = end
      }
      buffer.elements = .text(texts)
    }
    if blob[1] == 1, place + count <= blob.count {
      while buffer.nullElements.count < first { buffer.nullElements.append(false) }
      for index in 0..<count { buffer.nullElements.append(blob[place + index] == 1) }
    } else if buffer.nullElements.count > 0 {
      for _ in 0..<count { buffer.nullElements.append(false) }
    }
    buffer.endCell()
    return true
  }

  private static func append(_ number: some FixedWidthInteger, to blob: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { blob.append(contentsOf: $0) }
  }

  private static func doubled(_ range: Range<Int>) -> Range<Int> { 2 * range.lowerBound..<2 * range.upperBound }
}
