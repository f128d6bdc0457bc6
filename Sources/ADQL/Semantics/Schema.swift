/// The tables that queries may name, with their columns.
public struct Schema: Sendable {
  /// The tables, in the order of the schema.
  public let tables: [Table]
  private let byQualifiedName: [String: [Int]]
  private let byOwnName: [String: [Int]]

  /// Makes a schema.
  ///
  /// - Parameter tables: the tables; of two with the same name the first is found.
  public init(tables: [Table]) {
    self.tables = tables
    var qualified: [String: [Int]] = [:]
    var own: [String: [Int]] = [:]
    for (index, table) in tables.enumerated() {
      qualified[table.name.asciiLowercased, default: []].append(index)
      own[table.ownName.asciiLowercased, default: []].append(index)
    }
    byQualifiedName = qualified
    byOwnName = own
  }

  /// This schema with more tables, such as uploads and a user's own.
  ///
  /// - Parameter tables: tables that take the place of those with the same name.
  public func overlay(_ tables: [Table]) -> Schema {
    let names = Set(tables.map(\.name.asciiLowercased))
    return Schema(tables: self.tables.filter { !names.contains($0.name.asciiLowercased) } + tables)
  }

  /// The table with a name as TAP_SCHEMA writes it, without regard to case.
  ///
  /// - Parameter name: a name with its schema, such as `jwst.main`.
  public func table(_ name: String) -> Table? {
    byQualifiedName[name.asciiLowercased]?.first.map { tables[$0] }
  }

  /// Tables that a name in a query may mean: with its schema, or alone where only one table has the name.
  func tables(matching name: [Identifier]) -> [Table] {
    let text = name.map(\.name.asciiLowercased).joined(separator: ".")
    let found = (byQualifiedName[text] ?? (name.count == 1 ? byOwnName[text] : nil) ?? []).map { tables[$0] }
    let delimited = name.contains(where: \.isDelimited)
    guard delimited else { return found }
    return found.filter { table in
      let parts = name.count == 1 ? [table.ownName] : table.name.split(separator: ".", maxSplits: 1).map(String.init)
      return parts.count == name.count && zip(parts, name).allSatisfy { $1.matches($0) }
    }
  }
}

extension Schema {
  /// A table or a view.
  public struct Table: Sendable {
    /// The name as queries write it, with its schema and without quotes: `jwst.main`.
    public let name: String
    /// The name that the database has for it.
    public let sqlName: String
    /// What it holds.
    public let description: String?
    /// Its place in a data model.
    public let utype: String?
    /// Whether it is a view.
    public let isView: Bool
    /// The columns that queries see, in the order of `SELECT *`.
    public let columns: [Column]
    /// What makes conditions on places of the sky fast.
    public let spatialIndexes: [SpatialIndex]
    /// The columns as a result has them.
    let results: [ResultColumn]
    private let byName: [String: [Int]]

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - name: the name as queries write it, with its schema and without quotes.
    ///   - sqlName: the name that the database has for it; the same one unless given.
    ///   - description: what the table holds.
    ///   - utype: its place in a data model.
    ///   - isView: whether it is a view.
    ///   - columns: the columns, in the order of `SELECT *`.
    ///   - spatialIndexes: the indexes on places of the sky.
    public init(
      name: String, sqlName: String? = nil, description: String? = nil, utype: String? = nil, isView: Bool = false,
      columns: [Column], spatialIndexes: [SpatialIndex] = []
    ) {
      self.name = name
      self.sqlName = sqlName ?? name
      self.description = description
      self.utype = utype
      self.isView = isView
      self.columns = columns
      self.spatialIndexes = spatialIndexes
      results = columns.map(ResultColumn.init)
      byName = Dictionary(grouping: columns.indices) { columns[$0].name.asciiLowercased }
    }

    /// The name without the schema.
    public var ownName: String { name.firstIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name }

    /// Positions of the columns that a name in a query may mean.
    func columns(matching name: Identifier) -> [Int] {
      name.choose(byName[name.name.asciiLowercased] ?? []) { results[$0] }
    }
  }

  /// A column of a table.
  public struct Column: Sendable {
    /// The name, without quotes.
    public var name: String
    /// The type in expressions.
    public var type: ADQLType
    /// The VOTable datatype where it is not the type's own, as for columns of uploaded tables.
    public var datatype: String?
    /// The VOTable arraysize; nil for a scalar. A text without one has `*`.
    public var arraySize: String?
    /// The VOTable xtype, where it is not the type's own.
    public var xtype: String?
    /// The unit.
    public var unit: String?
    /// What it measures, in words of the UCD vocabulary.
    public var ucd: String?
    /// Its place in a data model.
    public var utype: String?
    /// What it means.
    public var description: String?
    /// Whether conditions on it are fast.
    public var isIndexed: Bool
    /// Whether it is one of the first to show.
    public var isPrincipal: Bool
    /// Whether a standard defines it.
    public var isStandard: Bool
    /// The name that the database has for it.
    public var sqlName: String

    /// Makes a column.
    ///
    /// - Parameters:
    ///   - name: the name, without quotes.
    ///   - type: the type in expressions.
    ///   - datatype: the VOTable datatype where it is not the type's own.
    ///   - arraySize: the VOTable arraysize.
    ///   - xtype: the VOTable xtype, where it is not the type's own.
    ///   - unit: the unit.
    ///   - ucd: what it measures.
    ///   - utype: its place in a data model.
    ///   - description: what it means.
    ///   - isIndexed: whether conditions on it are fast.
    ///   - isPrincipal: whether it is one of the first to show.
    ///   - isStandard: whether a standard defines it.
    ///   - sqlName: the name that the database has for it; the same one unless given.
    public init(
      name: String, type: ADQLType, datatype: String? = nil, arraySize: String? = nil, xtype: String? = nil,
      unit: String? = nil, ucd: String? = nil, utype: String? = nil, description: String? = nil,
      isIndexed: Bool = false, isPrincipal: Bool = false, isStandard: Bool = false, sqlName: String? = nil
    ) {
      self.name = name
      self.type = type
      self.datatype = datatype
      self.arraySize = arraySize
      self.xtype = xtype
      self.unit = unit
      self.ucd = ucd
      self.utype = utype
      self.description = description
      self.isIndexed = isIndexed
      self.isPrincipal = isPrincipal
      self.isStandard = isStandard
      self.sqlName = sqlName ?? name
    }
  }
}
