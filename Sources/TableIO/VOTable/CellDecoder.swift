/// Turns the cells of a column into values, by the way in which its datatype is stored.
protocol CellDecoder {
  /// Adds numbers or truth values.
  mutating func values<Codec: ElementCodec>(
    _: Codec.Type, _ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer)
  /// Adds bits.
  mutating func bits(_ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer)
  /// Adds text.
  mutating func strings(_ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer)
}

extension CellDecoder {
  mutating func decode(_ cells: CellColumn, _ plan: ColumnPlan, into buffer: inout ColumnBuffer) {
    switch plan.datatype {
    case .boolean: values(BooleanCodec.self, cells, plan, into: &buffer)
    case .bit: bits(cells, plan, into: &buffer)
    case .unsignedByte: values(UnsignedByteCodec.self, cells, plan, into: &buffer)
    case .short: values(ShortCodec.self, cells, plan, into: &buffer)
    case .int: values(IntCodec.self, cells, plan, into: &buffer)
    case .long: values(LongCodec.self, cells, plan, into: &buffer)
    case .float: values(FloatCodec.self, cells, plan, into: &buffer)
    case .double: values(DoubleCodec.self, cells, plan, into: &buffer)
    case .floatComplex: values(FloatComplexCodec.self, cells, plan, into: &buffer)
    case .doubleComplex: values(DoubleComplexCodec.self, cells, plan, into: &buffer)
    case .char, .unicodeChar: strings(cells, plan, into: &buffer)
    }
  }
}
