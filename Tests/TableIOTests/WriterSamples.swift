@testable import TableIO

/// A value for a test table, to be put into a column of any type.
enum Sample: Sendable, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
  case null
  case integer(Int64)
  case real(Double)
  case complex(Double, Double)
  case text(String)
  case list([Sample])

  init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(floatLiteral value: Double) { self = .real(value) }
  init(stringLiteral value: String) { self = .text(value) }
  init(arrayLiteral elements: Sample...) { self = .list(elements) }
  init(nilLiteral: ()) { self = .null }

  var integer: Int64 { if case .integer(let value) = self { value } else { 0 } }
  var real: Double {
    switch self {
    case .real(let value): value
    case .integer(let value): Double(value)
    default: .nan
    }
  }
  var pair: (Double, Double) {
    if case .complex(let real, let imaginary) = self { (real, imaginary) } else { (.nan, .nan) }
  }
  var text: String { if case .text(let value) = self { value } else { "" } }
  var isNull: Bool { if case .null = self { true } else { false } }
}

extension ColumnBuffer {
  /// A column with these cells.
  init(_ column: Column, _ cells: [Sample]) {
    self.init(for: column)
    for cell in cells {
      switch cell {
      case .list(let samples): for sample in samples { appendElement(sample, marksNull: true) }
      case .null: for _ in 0..<(cellEnds == nil ? elementsPerCell : 0) { appendElement(.null, marksNull: false) }
      default: appendElement(cell, marksNull: false)
      }
      endCell(isNull: cell.isNull)
    }
  }

  private mutating func appendElement(_ sample: Sample, marksNull: Bool) {
    switch elements {
    case .boolean(let values): elements = .boolean(values + [UInt8(sample.integer)])
    case .bit(let values): elements = .bit(values + [UInt8(sample.integer)])
    case .unsignedByte(let values): elements = .unsignedByte(values + [UInt8(sample.integer)])
    case .short(let values): elements = .short(values + [Int16(sample.integer)])
    case .int(let values): elements = .int(values + [Int32(sample.integer)])
    case .long(let values): elements = .long(values + [sample.integer])
    case .float(let values): elements = .float(values + [Float(sample.real)])
    case .double(let values): elements = .double(values + [sample.real])
    case .floatComplex(let values): elements = .floatComplex(values + [Float(sample.pair.0), Float(sample.pair.1)])
    case .doubleComplex(let values): elements = .doubleComplex(values + [sample.pair.0, sample.pair.1])
    case .text(var texts):
      texts.append(sample.text)
      elements = .text(texts)
    }
    if marksNull, sample.isNull { markLastElementNull() }
  }
}

/// A small table: metadata and one batch.
struct SampleTable {
  var metadata: TableMetadata
  var batch: TableBatch

  /// Describes a table by its columns and their cells.
  init(_ columns: [(Column, [Sample])]) {
    metadata = TableMetadata(columns: columns.map(\.0))
    batch = TableBatch(columns: metadata.columns)
    for (index, column) in columns.enumerated() { batch.columns[index] = ColumnBuffer(column.0, column.1) }
    batch.rowCount = columns.first?.1.count ?? 0
  }

  /// What a writer makes of it.
  func bytes(infos: [Info] = [], _ make: (any ByteSink) -> any TableWriter) throws -> [UInt8] {
    let sink = MemoryByteSink()
    var writer = make(sink)
    try writer.begin(metadata)
    try writer.write(batch)
    try writer.end(infos: infos)
    return sink.bytes
  }

  /// What a writer makes of it, as text.
  func text(infos: [Info] = [], _ make: (any ByteSink) -> any TableWriter) throws -> String {
    String(decoding: try bytes(infos: infos, make), as: UTF8.self)
  }

  /// Every datatype, as scalar and as array, with missing cells and elements.
  static let everything = SampleTable([
    (Column("flag", .boolean), [true, false, nil]),
    (Column("one_bit", .bit), [1, 0, 1]),
    (Column("byte", .unsignedByte), [0, 255, nil]),
    (Column("short", .short), [-32768, 32767, nil]),
    (Column("int", .int, nullLiteral: -1), [-2_147_483_648, 2_147_483_647, nil]),
    (Column("long", .long), [-9_223_372_036_854_775_807, 9_223_372_036_854_775_807, nil]),
    (Column("float", .float), [0.1, .real(.infinity), nil]),
    (Column("double", .double), [.real(.leastNonzeroMagnitude), .real(-.infinity), nil]),
    (Column("real", .double), [1.7976931348623157e308, .real(.nan), 0.30000000000000004]),
    (Column("fcomplex", .floatComplex), [.complex(1.5, -0.1), .complex(0, 2), nil]),
    (Column("dcomplex", .doubleComplex), [.complex(1e-300, -0.1), .complex(.infinity, 2), .complex(0, -0.0)]),
    (Column("letter", .char), ["a", "Z", nil]),
    (Column("wide_letter", .unicodeChar), ["é", "山", nil]),
    (Column("text", .char, shape: .variable), ["a & b <c> \"q\", 'x'", "", nil]),
    (Column("fixed", .char, shape: ArrayShape(dimensions: [8])), ["12345678", "abc", nil]),
    (Column("wide", .unicodeChar, shape: .variable), ["Müller 山田 𝄞", "tab\tline\nend ", nil]),
    (Column("names", .char, shape: ArrayShape(dimensions: [4, 2])), [["abcd", "x"], ["", "y"], nil]),
    (
      Column("names_open", .unicodeChar, shape: ArrayShape(dimensions: [3], isVariable: true)),
      [["äöü", "x"], ["山"], nil]
    ),
    (Column("flags", .boolean, shape: ArrayShape(dimensions: [3])), [[true, false, nil], [false, false, true], nil]),
    (Column("bits", .bit, shape: .variable), [[1, 0, 1], [1, 1, 1, 1, 1, 1, 1, 1, 0], nil]),
    (Column("bytes", .unsignedByte, shape: .variable), [[0, 1, 255], [7], nil]),
    (Column("shorts", .short, shape: ArrayShape(dimensions: [2])), [[1, nil], [-32768, 5], nil]),
    (
      Column("ints", .int, shape: ArrayShape(dimensions: [2], isVariable: true)),
      [[1, 2, 3, 4], [5, nil], nil]
    ),
    (Column("longs", .long, shape: ArrayShape(dimensions: [2, 2])), [[1, 2, 3, 4], [5, 6, 7, 8], nil]),
    (Column("floats", .float, shape: .variable), [[0.1, .real(.nan)], [], nil]),
    (Column("cube", .double, shape: ArrayShape(dimensions: [2, 1, 2])), [[1, 2, 3, 4], [5, 6, 7, 8], nil]),
    (
      Column("complexes", .doubleComplex, shape: .variable),
      [[.complex(1, 2)], [.complex(5, 6), .complex(7, 8.5)], nil]
    ),
  ])
}
