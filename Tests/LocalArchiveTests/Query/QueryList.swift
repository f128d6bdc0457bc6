import Foundation
import TableIO
import Testing

import LocalArchive

/// The list of queries that other services answer too: two tables, queries over them, and the rows that they give. The rows are those of
/// DaCHS over PostgreSQL and pgSphere.
struct QueryList: Decodable {
  struct Source: Decodable {
    var columns: [[String?]]
    var rows: [[Cell]]
  }

  struct Query: Decodable, CustomTestStringConvertible {
    var name: String
    var adql: String
    var ordered: Bool
    var rows: [[Cell]]
    var testDescription: String { name }
  }

  enum Cell: Decodable, Hashable, CustomStringConvertible {
    case null
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    init(_ cell: TableCell?) {
      switch cell {
      case nil: self = .null
      case .integer(let value)?: self = .number(Double(value))
      case .double(let value)?: self = .number(value)
      case .float(let value)?: self = .number(Double(value))
      case let cell?:
        // The list was written from CSV, in which texts that are numbers are numbers.
        self = Double(cell.text).map(Cell.number) ?? .text(cell.text)
      }
    }

    var description: String {
      switch self {
      case .null: "NULL"
      case .number(let value): "\(value)"
      case .text(let text): text
      }
    }

    /// Whether two values are the same but for rounding.
    func agrees(with other: Cell) -> Bool {
      if case (.number(let a), .number(let b)) = (self, other) {
        return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
      }
      return self == other
    }

    /// A time as the list has it, in whole seconds.
    var withoutMilliseconds: Cell {
      if case .text(let text) = self, text.hasSuffix(".000") { return .text(String(text.dropLast(4))) }
      return self
    }

    /// A text by which rows are put in order.
    var key: String {
      if case .number(let value) = self { return "\((value * 1e6).rounded())" }
      return description
    }
  }

  var tables: [String: Source]
  var queries: [Query]

  static let shared: QueryList = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../peers/adql/queries.json").standardized
    // swift-format-ignore: NeverUseForceTry
    return try! JSONDecoder().decode(QueryList.self, from: Data(contentsOf: file))
  }()

  /// The tables as uploads.
  func uploads() throws -> [UploadedTable] {
    try tables.map { name, source in
      let columns = source.columns.map { words in
        Column(
          words[0] ?? "", Self.datatype(words[1]), shape: Self.datatype(words[1]) == .char ? .variable : .scalar,
          xtype: words[1] == "timestamp" ? "timestamp" : nil, unit: words[2])
      }
      var table = Table(columns: columns)
      for row in source.rows {
        try table.append(
          row: zip(columns, row).map { column, cell -> (any TableValue)? in
            switch cell {
            case .null: nil
            case .number(let value): column.datatype == .double ? value : Int64(value)
            case .text(let text): text
            }
          })
      }
      return UploadedTable(name: name, table: table)
    }
  }

  private static func datatype(_ word: String?) -> Datatype { word.flatMap(Datatype.init(rawValue:)) ?? .char }
}
