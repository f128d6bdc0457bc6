import Foundation
import TableIO
import TestSupport
import Testing

/// The public VOTables that astropy and STILTS both read, against what astropy reads, cell by cell.
@Suite struct VOTableConformanceTests {
  struct ExpectedColumn: Decodable {
    var name: String
    var datatype: String
    var arraysize: String?
    var cells: [ExpectedCell]
  }

  struct ExpectedTable: Decodable {
    var rows: Int
    var columns: [ExpectedColumn]
  }

  /// `null`, a scalar or a flat list; numbers are spelled so that no bit is lost.
  enum ExpectedCell: Decodable, Equatable {
    case null
    case scalar(String)
    case list([String?])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .scalar(flag ? "true" : "false")
      } else if let text = try? container.decode(String.self) {
        self = .scalar(text)
      } else {
        self = .list(
          try container.decode([ExpectedElement].self).map(\.text))
      }
    }
  }

  struct ExpectedElement: Decodable {
    var text: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() { return }
      text = (try? container.decode(Bool.self)).map { $0 ? "true" : "false" } ?? (try? container.decode(String.self))
    }
  }

  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func cellsAreThoseThatAstropyReads() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "votable_expected.json")
    let expected = try JSONDecoder().decode([String: [ExpectedTable]].self, from: Data(contentsOf: file))
    var agreeing = 0
    var deviating: [String] = []
    for (name, tables) in expected.sorted(by: { $0.key < $1.key }) {
      let path = try Shared.file("conformance/vo/" + name).path
      let differences = try compare(path, tables)
      if let reason = Self.deviations[name] {
        #expect(!differences.isEmpty, "\(name) is listed as deviating but agrees")
        deviating.append("\(name): \(reason)")
      } else {
        #expect(differences.isEmpty, "\(name): \(differences.prefix(5).joined(separator: "; "))")
        agreeing += differences.isEmpty ? 1 : 0
      }
    }
    print("VOTables: \(agreeing) of \(expected.count) files have the cells that astropy reads.")
    print("Deviating on purpose (\(deviating.count)):\n  " + deviating.joined(separator: "\n  "))
  }

  /// Files in which astropy's values are not the document's.
  private static let deviations = [
    "astropy-votable/data/gemini.xml":
      "astropy makes 0 of empty cells of whole numbers; they are missing, as in STILTS.",
    "astropy-votable/data/no_field_not_empty_table.xml":
      "astropy drops the rows of a table without columns; STILTS counts them.",
    "pyvo/pyvo/dal/tests/data/query/missingcolumns.xml":
      "astropy drops the rows of a table without columns; STILTS counts them.",
    "pyvo/pyvo/dal/tests/data/sia/dataset.xml":
      "astropy keeps more digits than the declared float has in arrays of variable length.",
    "pyvo/pyvo/dal/tests/data/sla/dataset.xml":
      "astropy makes 0 of empty cells of whole numbers; they are missing, as in STILTS.",
    "astropy-votable/data/regression.xml":
      "astropy cuts strings that are longer than declared and strips blanks; the document's text is kept, with a warning.",
  ]

  private func compare(_ path: String, _ expected: [ExpectedTable]) throws -> [String] {
    var options = VOTableReader.Options()
    options.throwsServiceErrors = false
    var reader = try VOTableReader(source: FileByteSource(path: path), options: options)
    var differences: [String] = []
    var position = 0
    while let metadata = try reader.nextTable() {
      guard position < expected.count else { return differences + ["more than \(expected.count) tables"] }
      let table = expected[position]
      if metadata.columns.count != table.columns.count {
        differences.append("table \(position): \(metadata.columns.count) columns, astropy \(table.columns.count)")
        return differences
      }
      var row = 0
      var batch = TableBatch(columns: metadata.columns)
      while try reader.read(into: &batch, rowLimit: 7) {
        for (index, column) in metadata.columns.enumerated() where row < table.rows {
          for offset in 0..<batch.rowCount where row + offset < table.rows {
            let ours = Self.cell(batch.columns[index], offset, column)
            let theirs = table.columns[index].cells[row + offset]
            if !Self.agree(ours, theirs) {
              differences.append("table \(position) row \(row + offset) \(column.name): \(ours), astropy \(theirs)")
            }
          }
        }
        row += batch.rowCount
      }
      if row != table.rows { differences.append("table \(position): \(row) rows, astropy \(table.rows)") }
      position += 1
    }
    if position != expected.count { differences.append("\(position) tables, astropy \(expected.count)") }
    return differences
  }

  /// astropy masks what is NaN and has no missing elements of some types: missing and NaN count as the same.
  private static func agree(_ ours: ExpectedCell, _ theirs: ExpectedCell) -> Bool {
    func folded(_ cell: ExpectedCell) -> ExpectedCell {
      switch cell {
      case .null: .null
      case .scalar(let text): text.isEmpty || text == "nan" || text == "nan nan" ? .null : cell
      case .list(let texts):
        texts.allSatisfy { $0 == nil || $0 == "nan" || $0 == "" }
          ? .null : .list(texts.map { $0 == "nan" || $0 == "" ? nil : $0 })
      }
    }
    return folded(ours) == folded(theirs)
  }

  private static func cell(_ buffer: ColumnBuffer, _ row: Int, _ column: Column) -> ExpectedCell {
    if buffer.isNull(at: row) { return .null }
    let texts = buffer.elementRange(at: row).map { buffer.isNullElement($0) ? nil : text(buffer.elements, $0) }
    return column.elementShape.isScalar ? texts[0].map(ExpectedCell.scalar) ?? .null : .list(texts)
  }

  private static func text(_ elements: ColumnBuffer.Elements, _ index: Int) -> String {
    switch elements {
    case .boolean(let values), .bit(let values): values[index] != 0 ? "true" : "false"
    case .unsignedByte(let values): String(values[index])
    case .short(let values): String(values[index])
    case .int(let values): String(values[index])
    case .long(let values): String(values[index])
    case .float(let values): hex(Double(values[index]))
    case .double(let values): hex(values[index])
    case .floatComplex(let values): hex(Double(values[2 * index])) + " " + hex(Double(values[2 * index + 1]))
    case .doubleComplex(let values): hex(values[2 * index]) + " " + hex(values[2 * index + 1])
    case .text(let texts): texts.string(at: index)
    }
  }

  /// A number as Python's `float.hex` spells it.
  private static func hex(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let sign = value.sign == .minus ? "-" : ""
    if value == 0 { return sign + "0x0.0p+0" }
    let digits = String(value.significandBitPattern, radix: 16)
    let fraction = String(repeating: "0", count: 13 - digits.count) + digits
    let exponent = value.isSubnormal ? -1022 : Int(value.exponent)
    return sign + (value.isSubnormal ? "0x0." : "0x1.") + fraction + "p" + (exponent < 0 ? "" : "+") + String(exponent)
  }
}
