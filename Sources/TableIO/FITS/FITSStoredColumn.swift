/// A column of a FITS table as it is stored: where its cells are and how they become values.
struct FITSStoredColumn {
  /// How stored whole numbers become values.
  enum Scaling: Equatable {
    case none
    /// The offset that makes signed numbers unsigned, or the other way round for bytes.
    case offset(Int64)
    /// 2⁶³, for unsigned 64-bit numbers.
    case unsignedLong
    case linear(scale: Double, zero: Double)
  }

  let form: FITSColumnForm
  /// Where the cell begins in the row.
  let offset: Int
  let scaling: Scaling
  /// The stored whole number that stands for a missing value.
  let null: Int64?
  /// The column as readers see it.
  let column: Column
  /// Bytes of each string in a cell.
  let stringWidth: Int
  let diagnostic: Diagnostic?

  init(_ number: Int, of file: FITSFile, offset: Int) throws(TableIOError) {
    let formText = file.text("TFORM\(number)") ?? ""
    guard let form = FITSColumnForm(formText) else {
      throw TableIOError(.malformed, "TFORM\(number) = '\(formText)' is no form of a FITS binary table's column.")
    }
    self.form = form
    self.offset = offset
    let scaling = Self.scaling(
      form, scale: file.number("TSCAL\(number)") ?? 1, zero: file.number("TZERO\(number)") ?? 0)
    self.scaling = scaling
    null = form.isInteger ? file.integer("TNULL\(number)") : nil
    var name = file.text("TTYPE\(number)") ?? ""
    if name.isEmpty { name = "column_\(number)" }
    let type = Self.datatype(form, scaling)
    var diagnostic: Diagnostic?
    let shape = Self.shape(form, type: type, dimensions: file.text("TDIM\(number)"), number, &diagnostic)
    self.diagnostic = diagnostic
    stringWidth = type.isText && shape.dimensions.count > 1 ? shape.dimensions[0] : form.repeatCount
    column = Column(
      name, type, shape: shape, xtype: file.text("TXTYP\(number)"), unit: file.text("TUNIT\(number)"),
      ucd: file.text("TUCD\(number)"), utype: file.text("TUTYP\(number)"), description: file.text("TCOMM\(number)"),
      nullLiteral: type.isInteger ? Self.value(null, scaling) : nil)
  }

  private static func scaling(_ form: FITSColumnForm, scale: Double, zero: Double) -> Scaling {
    guard form.isScalable, scale != 1 || zero != 0 else { return .none }
    switch (form.letter, scale, zero) {
    case (UInt8(ascii: "B"), 1, -128): return .offset(-128)
    case (UInt8(ascii: "I"), 1, 32768): return .offset(32768)
    case (UInt8(ascii: "J"), 1, 2_147_483_648): return .offset(2_147_483_648)
    case (UInt8(ascii: "K"), 1, 0x1p63): return .unsignedLong
    default: return .linear(scale: scale, zero: zero)
    }
  }

  private static func value(_ null: Int64?, _ scaling: Scaling) -> Int64? {
    guard let null else { return nil }
    switch scaling {
    case .none: return null
    case .offset(let offset): return null.addingReportingOverflow(offset).overflow ? nil : null + offset
    default: return nil
    }
  }

  private static func datatype(_ form: FITSColumnForm, _ scaling: Scaling) -> Datatype {
    if case .linear = scaling { return .double }
    let isShifted = scaling != .none
    switch form.letter {
    case UInt8(ascii: "L"): return .boolean
    case UInt8(ascii: "X"): return .bit
    case UInt8(ascii: "B"): return isShifted ? .short : .unsignedByte
    case UInt8(ascii: "I"): return isShifted ? .int : .short
    case UInt8(ascii: "J"): return isShifted ? .long : .int
    case UInt8(ascii: "K"): return .long
    case UInt8(ascii: "A"): return .char
    case UInt8(ascii: "E"): return .float
    case UInt8(ascii: "D"): return .double
    case UInt8(ascii: "C"): return .floatComplex
    default: return .doubleComplex
    }
  }

  private static func shape(
    _ form: FITSColumnForm, type: Datatype, dimensions: String?, _ number: Int, _ diagnostic: inout Diagnostic?
  ) -> ArrayShape {
    if form.descriptorSize != nil { return .variable }
    let count = form.repeatCount
    if let dimensions, count > 0 {
      let numbers = dimensions.filter { $0 != "(" && $0 != ")" && $0 != " " }
        .split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
      let product = numbers.reduce(1) { $0.multipliedReportingOverflow(by: max(0, $1)).partialValue }
      if numbers.allSatisfy({ $0 >= 0 }), product == count {
        if numbers.count > 1 || !type.isText { return ArrayShape(dimensions: numbers) }
      } else {
        diagnostic = Diagnostic(
          .warning, "TDIM\(number) = '\(dimensions)' does not fit the \(count) elements of the column and is ignored.")
      }
    }
    if type.isText {
      if let width = form.stringWidth, width > 0, width < count, count % width == 0 {
        return ArrayShape(dimensions: [width, count / width])
      }
      return count == 1 ? .scalar : ArrayShape(dimensions: [], isVariable: true, limit: count)
    }
    return count == 1 ? .scalar : ArrayShape(dimensions: [count])
  }
}

extension FITSColumnForm {
  var isInteger: Bool { "BIJK".utf8.contains(letter) }
  fileprivate var isScalable: Bool { "BIJKED".utf8.contains(letter) }
}
