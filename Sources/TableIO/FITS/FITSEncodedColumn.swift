/// A column of a batch that was put aside, and how far its cells have been used.
struct FITSEncodedColumn {
  let layout: FITSColumnLayout
  private let counts: UnsafeRawPointer?
  private let lengths: UnsafeRawPointer?
  private let elements: UnsafeRawPointer
  private let flags: UnsafePointer<UInt8>?
  /// Bytes of all elements.
  let byteCount: Int
  private let elementCount: Int
  /// The next element and its first byte.
  private var element = 0
  private var offset = 0

  /// Finds the column's parts in a batch, and moves `position` behind them.
  init(_ layout: FITSColumnLayout, in batch: FITSEncodedBatch, position: inout UnsafeRawPointer) {
    self.layout = layout
    let shape = layout.column.elementShape
    var total = batch.rowCount * shape.fixedCount
    if shape.isVariable {
      counts = position
      total = 0
      for row in 0..<batch.rowCount { total += Self.word(position, row) }
      position += batch.rowCount * 4
    } else {
      counts = nil
    }
    elementCount = total
    if layout.column.datatype.isText {
      lengths = position
      var size = 0
      for index in 0..<total { size += Self.word(position, index) }
      position += total * 4
      byteCount = size
      elements = position
      flags = nil
      position += size
    } else {
      lengths = nil
      let hasNulls = position.load(as: UInt8.self) == 1
      byteCount = total * layout.elementSize
      elements = position + 1
      position += 1 + byteCount
      flags = hasNulls ? position.assumingMemoryBound(to: UInt8.self) : nil
      if hasNulls { position += total }
    }
  }

  private static func word(_ base: UnsafeRawPointer, _ index: Int) -> Int {
    Int(base.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
  }

  /// Puts the next cells into rows.
  /// - Parameter heap: where the batch's next cell of this kind goes behind the rows.
  mutating func scatter(
    rows: Range<Int>, into target: UnsafeMutableRawPointer, stride: Int, heap: inout Int
  ) {
    switch layout.placement {
    case .strings(let width, let count):
      for row in rows {
        let cell = target + (row - rows.lowerBound) * stride
        let used = counts.map { Self.word($0, row) } ?? count
        for index in 0..<used { takeString(into: cell + index * width) }
      }
    case .heap(let isWide):
      for row in rows {
        let cell = target + (row - rows.lowerBound) * stride
        let count = takeHeapCell(row)
        let bytes = lengths == nil ? count * layout.elementSize : count
        if isWide {
          cell.storeBytes(of: UInt64(count).bigEndian, as: UInt64.self)
          cell.storeBytes(of: UInt64(heap).bigEndian, toByteOffset: 8, as: UInt64.self)
        } else {
          cell.storeBytes(of: UInt32(truncatingIfNeeded: count).bigEndian, as: UInt32.self)
          cell.storeBytes(of: UInt32(truncatingIfNeeded: heap).bigEndian, toByteOffset: 4, as: UInt32.self)
        }
        heap += bytes
      }
    case .bits:
      let count = layout.column.elementShape.fixedCount
      for row in rows {
        let cell = (target + (row - rows.lowerBound) * stride).assumingMemoryBound(to: UInt8.self)
        for index in 0..<count where elements.load(fromByteOffset: element + index, as: UInt8.self) != 0 {
          cell[index >> 3] |= 0x80 >> UInt8(index & 7)
        }
        element += count
      }
    case .elements: scatterElements(rows: rows, into: target, stride: stride)
    }
  }

  private mutating func takeString(into target: UnsafeMutableRawPointer) {
    let length = lengths.map { Self.word($0, element) } ?? 0
    target.copyMemory(from: elements + offset, byteCount: length)
    offset += length
    element += 1
  }

  private mutating func takeHeapCell(_ row: Int) -> Int {
    if let counts { return Self.word(counts, row) }
    defer { element += 1 }
    return lengths.map { Self.word($0, element) } ?? 0
  }

  private mutating func scatterElements(rows: Range<Int>, into target: UnsafeMutableRawPointer, stride: Int) {
    let source = elements + offset
    var cell = target
    switch layout.width {
    case 2:
      for index in 0..<rows.count {
        cell.storeBytes(of: source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self), as: UInt16.self)
        cell += stride
      }
    case 4:
      for index in 0..<rows.count {
        cell.storeBytes(of: source.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self), as: UInt32.self)
        cell += stride
      }
    case 8:
      for index in 0..<rows.count {
        cell.storeBytes(of: source.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self), as: UInt64.self)
        cell += stride
      }
    default:
      for index in 0..<rows.count {
        cell.copyMemory(from: source + index * layout.width, byteCount: layout.width)
        cell += stride
      }
    }
    let perRow = layout.column.elementShape.fixedCount
    if flags != nil || layout.column.datatype == .bit {
      for index in 0..<rows.count {
        patch(target + index * stride, elements: element + index * perRow..<element + (index + 1) * perRow)
      }
    }
    offset += rows.count * layout.width
    element += rows.count * perRow
  }

  /// Puts what stands for missing elements in their place, and letters in place of bits.
  private func patch(_ target: UnsafeMutableRawPointer, elements range: Range<Int>) {
    let size = layout.elementSize
    if layout.column.datatype == .bit {
      for index in 0..<range.count {
        let isOn = target.load(fromByteOffset: index, as: UInt8.self) != 0
        target.storeBytes(of: UInt8(ascii: isOn ? "T" : "F"), toByteOffset: index, as: UInt8.self)
      }
    }
    guard let flags else { return }
    let null = UInt64(bitPattern: layout.nullValue ?? 0)
    for (index, element) in range.enumerated() where flags[element] == 1 {
      for byte in 0..<size {
        let shift = UInt64(8 * (size - 1 - byte))
        target.storeBytes(
          of: UInt8(truncatingIfNeeded: null >> shift), toByteOffset: index * size + byte, as: UInt8.self)
      }
    }
  }

  /// All elements as the heap has them.
  func heapBytes() -> [UInt8] {
    var bytes = Array(UnsafeRawBufferPointer(start: elements, count: byteCount))
    if lengths == nil, flags != nil || layout.column.datatype == .bit {
      bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { patch(base, elements: 0..<elementCount) } }
    }
    return bytes
  }
}
