public import Holdings

/// A table of the local archive: its name and columns, from which all SQL is made.
public struct ArchiveTable: Sendable, Hashable {
  /// A column of a table.
  public struct Column: Sendable, Hashable {
    /// The name as MAST spells it.
    public let name: String
    /// The type that services declare.
    public let type: ColumnType
    /// Whether the column holds a number although it is declared as text (`obsid` and its kin).
    public let isIdentifier: Bool

    /// Whether values are numbers in the database.
    public var isNumeric: Bool { type == .integer || type == .real || type == .date || isIdentifier }
  }

  /// The name in the database.
  public let name: String
  /// The columns in the archive's order.
  public let columns: [Column]
  /// The columns that together tell rows apart.
  public let key: [String]

  private init(name: String, columns: [(String, ColumnType)], key: [String]) {
    self.name = name
    self.columns = columns.map {
      Column(name: $0.0, type: $0.1, isIdentifier: ["obsid", "objid", "parent_obsid"].contains($0.0.lowercased()))
    }
    self.key = key
  }

  /// One row per observation.
  public static let observations = ArchiveTable(
    name: "observations", columns: Observation.columns.map { ($0.name, $0.type) }, key: ["obs_id"])

  /// One row per file and observation that lists it.
  public static let products = ArchiveTable(
    name: "products", columns: Product.columns.map { ($0.name, $0.type) }, key: ["dataURI", "parent_obsid"])

  /// One row per file with its header keywords.
  public static func keywords(_ service: KeywordService) -> ArchiveTable { keywordTables[service]! }

  private static let keywordTables: [KeywordService: ArchiveTable] = Dictionary(
    uniqueKeysWithValues: KeywordService.allCases.map { service in
      (
        service,
        ArchiveTable(
          name: "keywords_" + service.rawValue, columns: service.columns.map { ($0.name, $0.type) },
          key: [service.filenameColumn])
      )
    })

  static let all = [observations, products] + KeywordService.allCases.map(keywords)

  /// The column with this name; case decides only where two names differ in nothing else.
  public func column(named name: String) throws(LocalArchiveError) -> Column {
    if let found = columns.first(where: { $0.name == name }) { return found }
    let lowered = name.lowercased()
    if let found = columns.first(where: { $0.name.lowercased() == lowered }) { return found }
    throw LocalArchiveError(.unknownColumn, "There is no column '\(name)' in the \(self.name) table.")
  }
}
