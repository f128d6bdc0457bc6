internal import GRDBSQLite
internal import TableIO

/// Takes one column of a statement's rows and makes a ``ColumnBuffer`` of them.
struct ResultCells {
  /// How cells are taken.
  private enum Form {
    case boolean, bit, unsignedByte, short, int, long, float, double, text
    /// Numbers of a point, a circle or a polygon.
    case sky(isFloat: Bool)
    /// An array that is only handed through.
    case packed
  }

  private let column: Column
  private let index: Int32
  private let form: Form
  private var bytes: [UInt8] = []
  private var shorts: [Int16] = []
  private var ints: [Int32] = []
  private var longs: [Int64] = []
  private var floats: [Float] = []
  private var doubles: [Double] = []
  private var texts = TextBuffer()
  private var buffer: ColumnBuffer
  private var ends: [Int] = []
  private var nulls = Bitmap()
  private let isVariable: Bool
  private let elementsPerCell: Int

  init(_ column: Column, at index: Int) {
    self.column = column
    self.index = Int32(index)
    buffer = ColumnBuffer(for: column)
    isVariable = buffer.cellEnds != nil
    elementsPerCell = buffer.elementsPerCell
    let isScalar = column.elementShape.isScalar
    form =
      switch column.datatype {
      case .char, .unicodeChar: isScalar ? .text : .packed
      case .double where !isScalar && SkyShape(column) != nil: .sky(isFloat: false)
      case .float where !isScalar && SkyShape(column) != nil: .sky(isFloat: true)
      case _ where !isScalar: .packed
      case .boolean: .boolean
      case .bit: .bit
      case .unsignedByte: .unsignedByte
      case .short: .short
      case .int: .int
      case .long: .long
      case .float: .float
      case .double: .double
      default: .packed
      }
  }

  /// Takes the value of the present row.
  /// - Returns: about how many bytes it takes.
  /// - Throws: of kind `unsuitableValue` for a whole number that the column's type cannot hold.
  mutating func take(_ statement: OpaquePointer) throws(LocalArchiveError) -> Int {
    let storage = sqlite3_column_type(statement, index)
    let isNull = storage == SQLITE_NULL
    switch form {
    case .double:
      let value = isNull ? .nan : sqlite3_column_double(statement, index)
      doubles.append(value)
      nulls.append(isNull)
    case .text:
      let before = texts.bytes.count
      if !isNull { appendText(statement, storage) }
      texts.endString()
      nulls.append(isNull)
      return 8 + texts.bytes.count - before
    case .long:
      longs.append(isNull ? 0 : try integer(Int64.self, statement, storage))
      nulls.append(isNull)
    case .int:
      ints.append(isNull ? 0 : try integer(Int32.self, statement, storage))
      nulls.append(isNull)
    case .short:
      shorts.append(isNull ? 0 : try integer(Int16.self, statement, storage))
      nulls.append(isNull)
    case .float:
      floats.append(isNull ? .nan : Float(sqlite3_column_double(statement, index)))
      nulls.append(isNull)
    case .boolean, .bit:
      bytes.append(sqlite3_column_int64(statement, index) != 0 ? 1 : 0)
      nulls.append(isNull)
    case .unsignedByte:
      bytes.append(isNull ? 0 : try integer(UInt8.self, statement, storage))
      nulls.append(isNull)
    case .sky(let isFloat): return takeSky(statement, storage, isFloat: isFloat)
    case .packed:
      if storage == SQLITE_BLOB {
        let blob = blob(statement)
        if PackedCell.unpack(blob, into: &buffer) { return blob.count }
      }
      buffer.appendMissingCell()
      return 8 * (1 + elementsPerCell)
    }
    return 8
  }

  /// The cells taken since the last time.
  mutating func give() -> ColumnBuffer {
    if case .packed = form {
      defer { buffer = ColumnBuffer(for: column) }
      return buffer
    }
    var result = ColumnBuffer(for: column)
    switch form {
    case .boolean: result.elements = .boolean(bytes)
    case .bit: result.elements = .bit(bytes)
    case .unsignedByte: result.elements = .unsignedByte(bytes)
    case .short: result.elements = .short(shorts)
    case .int: result.elements = .int(ints)
    case .long: result.elements = .long(longs)
    case .float, .sky(isFloat: true): result.elements = .float(floats)
    case .double, .sky(isFloat: false): result.elements = .double(doubles)
    case .text: result.elements = .text(texts)
    case .packed: break
    }
    if isVariable { result.cellEnds = ends }
    result.nullCells = nulls
    removeAll()
    return result
  }

  private mutating func removeAll() {
    (bytes, shorts, ints, longs, floats, doubles, ends) = ([], [], [], [], [], [], [])
    texts = TextBuffer()
    nulls = Bitmap()
  }

  private func integer<Number: FixedWidthInteger>(
    _ type: Number.Type, _ statement: OpaquePointer, _ storage: Int32
  ) throws(LocalArchiveError) -> Number {
    if storage == SQLITE_INTEGER, let value = Number(exactly: sqlite3_column_int64(statement, index)) { return value }
    let value = sqlite3_column_double(statement, index)
    if storage == SQLITE_FLOAT, let whole = Number(exactly: value.rounded(.toNearestOrEven)) { return whole }
    throw LocalArchiveError(
      .unsuitableValue,
      "The column '\(column.name)' has the value \(storage == SQLITE_INTEGER ? "\(sqlite3_column_int64(statement, index))" : "\(value)"), which is too large for its type. Convert a part of it first: CAST(… AS BIGINT) or CAST(… AS DOUBLE PRECISION)."
    )
  }

  private mutating func appendText(_ statement: OpaquePointer, _ storage: Int32) {
    if storage == SQLITE_BLOB {
      if let value = SkyValue(blob: blob(statement)) { texts.bytes.append(contentsOf: value.text.utf8) }
      return
    }
    guard let start = sqlite3_column_text(statement, index) else { return }
    texts.bytes.append(
      contentsOf: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index))))
  }

  private mutating func takeSky(_ statement: OpaquePointer, _ storage: Int32, isFloat: Bool) -> Int {
    var numbers: [Double]?
    if storage == SQLITE_BLOB {
      numbers = SkyValue.numbers(ofBlob: blob(statement))
    } else if storage == SQLITE_TEXT, let text = sqlite3_column_text(statement, index) {
      numbers = SkyValue(text: String(cString: text))?.numbers
    }
    if let count = numbers?.count, !isVariable, count != elementsPerCell { numbers = nil }
    let values = numbers ?? (isVariable ? [] : [Double](repeating: .nan, count: elementsPerCell))
    if isFloat { floats += values.map { Float($0) } } else { doubles += values }
    ends.append(isFloat ? floats.count : doubles.count)
    nulls.append(numbers == nil)
    return 8 * (1 + values.count)
  }

  private func blob(_ statement: OpaquePointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: sqlite3_column_blob(statement, index), count: Int(sqlite3_column_bytes(statement, index)))
  }
}

/// Which geometry the numbers of an array are, as its xtype says (DALI 1.1, section 3.3).
enum SkyShape {
  case point, circle, polygon

  init?(_ column: Column) {
    guard column.datatype == .double || column.datatype == .float, column.shape.dimensions.count <= 1 else {
      return nil
    }
    let fixed = column.shape.isVariable ? nil : column.shape.dimensions.first
    switch (column.xtype, fixed) {
    case ("point", 2?): self = .point
    case ("circle", 3?): self = .circle
    case ("polygon", let count) where column.shape.isVariable ? column.shape.dimensions.isEmpty : (count ?? 0) >= 6:
      self = .polygon
    default: return nil
    }
  }
}

extension ColumnBuffer {
  /// Appends a missing cell of an array.
  fileprivate mutating func appendMissingCell() {
    if cellEnds == nil { appendFillers() }
    while nullElements.count > 0, nullElements.count < elementCount { nullElements.append(false) }
    endCell(isNull: true)
  }

  private mutating func appendFillers() {
    let count = elementsPerCell
    let present = elements
    elements = .bit([])
    switch consume present {
    case .boolean(let values): elements = .boolean(values + [UInt8](repeating: 0, count: count))
    case .bit(let values): elements = .bit(values + [UInt8](repeating: 0, count: count))
    case .unsignedByte(let values): elements = .unsignedByte(values + [UInt8](repeating: 0, count: count))
    case .short(let values): elements = .short(values + [Int16](repeating: 0, count: count))
    case .int(let values): elements = .int(values + [Int32](repeating: 0, count: count))
    case .long(let values): elements = .long(values + [Int64](repeating: 0, count: count))
    case .float(let values): elements = .float(values + [Float](repeating: .nan, count: count))
    case .double(let values): elements = .double(values + [Double](repeating: .nan, count: count))
    case .floatComplex(let values): elements = .floatComplex(values + [Float](repeating: .nan, count: 2 * count))
    case .doubleComplex(let values): elements = .doubleComplex(values + [Double](repeating: .nan, count: 2 * count))
    case .text(var texts):
      for _ in 0..<count { texts.endString() }
      elements = .text(texts)
    }
  }
}
