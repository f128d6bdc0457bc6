@testable import TableIO

/// Random tables: columns of all datatypes and shapes, with the values that break readers.
struct RandomTable {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(state: seed) }

  /// A table whose columns all of some formats hold.
  mutating func table(for traits: [FormatTraits]) throws -> Table {
    var columns: [Column] = []
    let count = Int.random(in: 1...12, using: &random)
    while columns.count < count {
      let column = column(number: columns.count)
      if traits.allSatisfy({ $0.holds(column) }) { columns.append(column) }
    }
    // In a table of a single text column an empty line of CSV is no row.
    if count == 1 { columns.append(Column("last", .int)) }
    var table = Table(columns: columns, name: "random")
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      try table.append(row: columns.map { cell(of: $0, for: traits) })
    }
    return table
  }

  private mutating func column(number: Int) -> Column {
    let datatype = Datatype.allCases.randomElement(using: &random)!
    let shapes: [ArrayShape] =
      datatype.isText
      ? [
        .scalar, .variable, .variable, ArrayShape(dimensions: [8]), ArrayShape(dimensions: [6, 2]),
        ArrayShape(dimensions: [5], isVariable: true),
      ]
      : [
        .scalar, .scalar, .scalar, .variable, ArrayShape(dimensions: [3]), ArrayShape(dimensions: [2, 2]),
        ArrayShape(dimensions: [2], isVariable: true),
      ]
    return Column("c\(number) \(datatype.rawValue)", datatype, shape: shapes.randomElement(using: &random)!)
  }

  private mutating func cell(of column: Column, for traits: [FormatTraits]) -> TableCell? {
    let keepsBits = traits.allSatisfy(\.keepsMissingBits)
    // What JSON lines cannot hold must not arise on the way either.
    let keepsNumbers = traits.allSatisfy(\.keepsMissingNumbers) || traits.allSatisfy(\.keepsNonFinite)
    let mayBeMissing =
      switch column.datatype {
      case .bit: keepsBits
      case .float, .double: keepsNumbers
      default: true
      }
    if Int.random(in: 0..<6, using: &random) == 0, mayBeMissing { return nil }
    let shape = column.elementShape
    if shape.isScalar { return element(of: column, for: traits) }
    let count = shape.fixedCount * (shape.isVariable ? Int.random(in: 0...3, using: &random) : 1)
    let marksElements = column.datatype.isInteger || column.datatype == .boolean
    return .array(
      (0..<count).map { _ in
        if marksElements, Int.random(in: 0..<8, using: &random) == 0 { return nil }
        return element(of: column, for: traits)
      })
  }

  private mutating func element(of column: Column, for traits: [FormatTraits]) -> TableCell {
    switch column.datatype {
    case .boolean: .boolean(.random(using: &random))
    case .bit: .integer(.random(in: 0...1, using: &random))
    case .unsignedByte: .integer(integer(0...255, traits))
    case .short: .integer(integer(-32768...32767, traits))
    case .int: .integer(integer(-2_147_483_648...2_147_483_647, traits))
    case .long: .integer(integer(.min ... .max, traits))
    case .float: .float(float(traits))
    case .double: .double(double(traits))
    case .floatComplex: .floatComplex(float(traits), float(traits))
    case .doubleComplex: .doubleComplex(double(traits), double(traits))
    case .char, .unicodeChar: .text(text(of: column))
    }
  }

  /// Extremes, their neighbours, small numbers and any others.
  private mutating func integer(_ whole: ClosedRange<Int64>, _ traits: [FormatTraits]) -> Int64 {
    let keepsRange = traits.allSatisfy(\.keepsWholeRange)
    let range = keepsRange ? whole : whole.lowerBound...whole.upperBound - 1
    return switch Int.random(in: 0..<6, using: &random) {
    case 0: range.lowerBound
    case 1: range.upperBound
    case 2: range.upperBound - 1
    case 3: range.contains(-1) ? -1 : 0
    case 4: 7
    default: .random(in: range, using: &random)
    }
  }

  private mutating func double(_ traits: [FormatTraits]) -> Double {
    let special: [Double] = [
      0, -0.0, 1, -1, .pi, 0.1, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 1e22, 1e23,
      0x1p53, 123456789.125,
    ]
    if traits.allSatisfy(\.keepsNonFinite), Int.random(in: 0..<5, using: &random) == 0 {
      return [.nan, .infinity, -.infinity].randomElement(using: &random)!
    }
    if Bool.random(using: &random) { return special.randomElement(using: &random)! }
    let any = Double(bitPattern: random.next())
    return any.isFinite ? any : 2.5
  }

  private mutating func float(_ traits: [FormatTraits]) -> Float {
    let special: [Float] = [
      0, -0.0, 1, -1, .pi, 0.1, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 1e10,
      0x1p24,
    ]
    if traits.allSatisfy(\.keepsNonFinite), Int.random(in: 0..<5, using: &random) == 0 {
      return [.nan, .infinity, -.infinity].randomElement(using: &random)!
    }
    if Bool.random(using: &random) { return special.randomElement(using: &random)! }
    let any = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    return any.isFinite ? any : 2.5
  }

  /// Words that look like something else, marks that formats give a meaning to, and letters of all lengths in UTF-8 and UTF-16.
  private mutating func text(of column: Column) -> String {
    let plain = [
      "", "", "a", "x y", "NaN", "null", "true", "12", "007", "1e5", "-", "a,b", "\"q\"", "\"", "<a&b>", "]]>", "&lt;",
      "'", "#", "\\n", "[1]", "{}", "?", "\t", "a\tb", "a\nb", "\r\n", " lead", "trail ", " ", "--", "+Inf",
    ]
    let wide = ["é", "Größe", "山田", "𝄞", "e\u{301}", "\u{FEFF}x", "\u{85}", "\u{2028}", "👩‍🚀"]
    var limit = Int.max
    if let length = column.shape.dimensions.first { limit = length } else if column.shape.isScalar { limit = 1 }
    // The strings of an array are padded with blanks.
    let isArray = !column.elementShape.isScalar
    for _ in 0..<20 {
      let isWide = column.datatype == .unicodeChar && Bool.random(using: &random)
      let word = (isWide ? wide : plain).randomElement(using: &random)!
      // A single character is one.
      if column.shape.isScalar, word.isEmpty { continue }
      if isArray, word.hasSuffix(" ") { continue }
      if word.utf16.count <= limit, word.utf8.count <= limit || limit > 8 { return word }
    }
    return "a"
  }
}
