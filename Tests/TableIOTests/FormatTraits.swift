@testable import TableIO

/// What each format can hold, and what becomes of what it cannot keep: the one place where this is stated.
struct FormatTraits: Sendable, CustomStringConvertible {
  let format: TableFormat

  static let all = TableFormat.all.filter { $0 != .text }.map(FormatTraits.init(format:))

  var description: String { format.rawValue }

  private var isDelimited: Bool { format == .csv || format == .tsv }

  /// Whether a column can be written at all and comes back with its values.
  ///
  /// - CSV and TSV have arrays only as JSON in text, which are not read as arrays.
  /// - ECSV types neither arrays of strings or complex numbers, nor those of several dimensions with an open one.
  /// - JSON lines say nothing of types: a list is whatever it looks like, so that only scalars are sure; complex numbers are lists.
  /// - FITS has no arrays of strings of open length: they are filled up to the longest.
  func holds(_ column: Column) -> Bool {
    let shape = column.elementShape
    let isComplex = column.datatype == .floatComplex || column.datatype == .doubleComplex
    switch format {
    case .csv, .tsv: return shape.isScalar
    case .ecsv:
      return shape.isScalar || !isComplex && !column.datatype.isText && (!shape.isVariable || shape.dimensions.isEmpty)
    case .jsonLines: return shape.isScalar && !isComplex
    case .fits: return !(column.datatype.isText && shape.isVariable)
    default: return true
    }
  }

  /// Whether a missing bit is told from 0: VOTable's BINARY has no place for it.
  var keepsMissingBits: Bool { format != .votableBinary }

  /// A cell as it comes back.
  func kept(_ cell: TableCell?, of column: Column) -> TableCell? {
    var cell = cell
    // VOTable has no missing strings in arrays: they are empty.
    if column.datatype.isText, format != .fits, format != .json, case .array(let elements)? = cell {
      cell = .array(elements.map { $0 ?? .text("") })
    }
    let isArray = !column.elementShape.isScalar
    let count = column.elementShape.fixedCount
    let isVariable = column.elementShape.isVariable
    switch format {
    case .votable:
      guard let cell else {
        // Empty text is all that a missing one can be, but a single character cannot be empty.
        if column.datatype.isText, !isArray { return column.shape.isScalar ? nil : .text("") }
        // Complex arrays of fixed size are filled with NaN for astropy.
        if column.datatype.isComplex, isArray, !isVariable { return .array(missing(column, count)) }
        return nil
      }
      if case .array(let elements) = cell {
        if elements.isEmpty { return nil }
      }
      // Neither can one that is there.
      return cell == .text("") && column.shape.isScalar ? nil : cell
    case .votableBinary:
      if let cell { return cell }
      if column.datatype.isText, !isArray { return .text("") }
      if isArray { return .array(isVariable ? [] : missing(column, count)) }
      return missing(column, 1)[0]
    case .votableBinary2: return cell
    case .ecsv: return cell == .text("") ? nil : cell
    case .fits:
      switch cell {
      case nil:
        if isArray { return .array(isVariable ? [] : missing(column, count)) }
        return nil
      case .float(let value)? where value.isNaN: return nil
      case .double(let value)? where value.isNaN: return nil
      case .floatComplex(let real, let imaginary)? where real.isNaN && imaginary.isNaN: return nil
      case .doubleComplex(let real, let imaginary)? where real.isNaN && imaginary.isNaN: return nil
      default: return cell
      }
    default: return cell
    }
  }

  /// What stands in a missing array of fixed size where only elements can be missing.
  private func missing(_ column: Column, _ count: Int) -> [TableCell?] {
    let element: TableCell? =
      switch column.datatype {
      case .float: .float(.nan)
      case .double: .double(.nan)
      case .floatComplex: .floatComplex(.nan, .nan)
      case .doubleComplex: .doubleComplex(.nan, .nan)
      case .char, .unicodeChar: format == .fits ? nil : .text("")
      default: nil
      }
    return Array(repeating: element, count: count)
  }

  /// A text as it comes back: XML cannot hold control characters; FITS pads with blanks, and what ends with them loses them.
  func kept(text: String, of column: Column) -> String {
    var text = text
    if format == .votable {
      text = String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { $0.value < 0x20 && !"\t\n\r".unicodeScalars.contains($0) ? "\u{FFFD}" : $0 }))
    }
    if format == .fits { while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() } }
    return text
  }

  /// Whether infinities and NaN stay numbers: JSON lines have them only as strings, which make the column one of text.
  var keepsNonFinite: Bool { format != .jsonLines }

  /// Whether a column of whole numbers may use both ends of its range and have missing values: FITS takes one end for them.
  var keepsWholeRange: Bool { format != .fits }

  /// Whether a missing number stays missing: in BINARY it becomes NaN.
  var keepsMissingNumbers: Bool { format != .votableBinary }

  /// A reader of what was written; CSV is told the types, which it cannot keep.
  func reader(_ bytes: [UInt8], columns: [Column], pieceSize: Int = .max) throws -> any TableReader {
    let source = MemoryByteSource(bytes, pieceSize: pieceSize)
    guard isDelimited else { return try format.reader(source: source) }
    var options = format == .tsv ? CSVTableReader.Options.tabSeparated : CSVTableReader.Options()
    for column in columns { options.types[column.name] = column.datatype }
    return CSVTableReader(source: source, options: options)
  }
}

extension Datatype {
  var isComplex: Bool { self == .floatComplex || self == .doubleComplex }
}
