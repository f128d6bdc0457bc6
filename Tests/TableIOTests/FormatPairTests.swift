import Testing

@testable import TableIO

/// Random tables through every ordered pair of formats; what they cannot keep stands in ``FormatTraits``.
@Suite struct FormatPairTests {
  @Test(arguments: FormatTraits.all, FormatTraits.all)
  func tablesSurviveThePair(first: FormatTraits, second: FormatTraits) throws {
    for seed in 0..<12 as Range<UInt64> {
      var source = RandomTable(
        seed: seed &* 7919 &+ UInt64(first.format.rawValue.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
      let table = try source.table(for: [first, second])
      let once = try through(first, table)
      let twice = try through(second, once)
      #expect(twice.rowCount == table.rowCount)
      #expect(twice.metadata.columns.map(\.name) == table.metadata.columns.map(\.name))
      for (index, column) in table.metadata.columns.enumerated() {
        for row in 0..<min(table.rowCount, twice.rowCount) {
          let expected = second.keptCell(
            first.keptCell(table[row][index], of: column), of: once.metadata.columns[index])
          let found = twice[row][index]
          guard same(expected, found) else {
            Issue.record(
              "seed \(seed), row \(row), \(column.name)[\(column.shape.text ?? "")]: \(show(table[row][index])) became \(show(once[row][index])), then \(show(found)), not \(show(expected))"
            )
            return
          }
        }
      }
    }
  }

  private func show(_ cell: TableCell?) -> String { cell.map { String(reflecting: $0) } ?? "missing" }

  private func through(_ traits: FormatTraits, _ table: Table) throws -> Table {
    let sink = MemoryByteSink()
    var writer = try traits.format.writer(sink: sink)
    try table.write(to: &writer)
    var reader = try traits.reader(sink.bytes, columns: table.metadata.columns)
    return try Table(reading: &reader)
  }

  /// Equal bits for numbers but for the sign and content of NaN; a float that came back as a double is the same in its shortest text.
  private func same(_ expected: TableCell?, _ found: TableCell?) -> Bool {
    switch (expected, found) {
    case (nil, nil): true
    case (.double(let one)?, .double(let other)?):
      one.isNaN && other.isNaN || one.bitPattern == other.bitPattern
    case (.float(let one)?, .float(let other)?): one.isNaN && other.isNaN || one.bitPattern == other.bitPattern
    case (.float(let one)?, .double(let other)?):
      one.isNaN && other.isNaN || one.bitPattern == Float(other).bitPattern
    case (.floatComplex(let one, let two)?, .floatComplex(let real, let imaginary)?):
      same(.float(one), .float(real)) && same(.float(two), .float(imaginary))
    case (.doubleComplex(let one, let two)?, .doubleComplex(let real, let imaginary)?):
      same(.double(one), .double(real)) && same(.double(two), .double(imaginary))
    case (.array(let some)?, .array(let others)?):
      some.count == others.count && zip(some, others).allSatisfy { same($0, $1) }
    case (.boolean(let one)?, .integer(let other)?), (.integer(let other)?, .boolean(let one)?): (one ? 1 : 0) == other
    // Not the same as ==, which takes characters of the same meaning for equal.
    case (.text(let one)?, .text(let other)?): Array(one.utf8) == Array(other.utf8)
    case (let one?, let other?): one == other
    default: false
    }
  }
}

extension FormatTraits {
  /// A cell as it comes back, its texts included.
  fileprivate func keptCell(_ cell: TableCell?, of column: Column) -> TableCell? {
    func text(_ cell: TableCell?) -> TableCell? {
      guard case .text(let text)? = cell else { return cell }
      return .text(kept(text: text, of: column))
    }
    if case .array(let elements)? = cell { return kept(.array(elements.map(text)), of: column) }
    return kept(text(cell), of: column)
  }
}
