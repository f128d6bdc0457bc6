/// A schema of a service: tables that belong together. Source: VODataService 1.2, section 3.3; TAP 1.1, section 4.
public struct TAPSchema: Sendable, Hashable {
  /// The name.
  public var name: String
  /// A name for people.
  public var title: String?
  /// What the tables are about.
  public var description: String?
  /// The data model that they follow.
  public var utype: String?
  /// The tables.
  public var tables: [TAPTable]

  /// Describes a schema.
  public init(
    name: String, title: String? = nil, description: String? = nil, utype: String? = nil, tables: [TAPTable] = []
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.utype = utype
    self.tables = tables
  }
}

/// A table of a service.
public struct TAPTable: Sendable, Hashable {
  /// The name as the service spells it; in a query this goes after FROM when it holds the schema.
  public var name: String
  /// The schema that it belongs to; `nil` when it is described alone.
  public var schemaName: String?
  /// A name for people.
  public var title: String?
  /// What it holds.
  public var description: String?
  /// The part of a data model that it is.
  public var utype: String?
  /// `table`, `view`, `base_table`, `output` …
  public var kind: String?
  /// The number of rows, about.
  public var rowCount: Int64?
  /// The size in bytes (TAP+).
  public var byteCount: Int64?
  /// TAP+'s flags.
  public var plusFlags: Int?
  /// The columns; none when only names were asked for.
  public var columns: [TAPColumn] = []
  /// Which columns refer to another table.
  public var foreignKeys: [TAPForeignKey] = []

  /// Describes a table.
  public init(name: String, schemaName: String? = nil) {
    self.name = name
    self.schemaName = schemaName
  }

  /// The name with its schema, as queries need it.
  public var qualifiedName: String {
    guard let schemaName, !schemaName.isEmpty, !name.contains(".") else { return name }
    return schemaName + "." + name
  }

  /// The column of a name; quotes around names and case do not matter.
  public func column(_ name: String) -> TAPColumn? {
    let wanted = TAPColumn.plain(name)
    return columns.first { TAPColumn.plain($0.name) == wanted }
  }
}

/// A column of a service's table.
public struct TAPColumn: Sendable, Hashable {
  /// The name as queries need it, with quotes where it needs them.
  public var name: String
  /// What it holds.
  public var description: String?
  /// The unit.
  public var unit: String?
  /// The unified content descriptor.
  public var ucd: String?
  /// The role in a data model.
  public var utype: String?
  /// The type: VOTable's (`double`) or, with TAP 1.0, the database's (`VARCHAR`).
  public var datatype: String?
  /// How many values a cell holds, as VOTable spells it.
  public var arraysize: String?
  /// The type beyond the primitives: `timestamp`, `adql:POINT` …
  public var xtype: String?
  /// `indexed`, `primary`, `nullable`, and what the service adds.
  public var flags: [String] = []
  /// Whether a standard defines it.
  public var isStandard = false
  /// Whether it is one of the columns to begin with (TAP_SCHEMA's `principal`).
  public var isPrincipal = false
  /// TAP+'s flags: 1 right ascension, 2 declination, 4 flux, 8 magnitude, 16 primary key; sums of them and of others.
  public var plusFlags: Int?

  /// Describes a column.
  public init(name: String) { self.name = name }

  /// Whether the service has an index on it.
  public var isIndexed: Bool { flags.contains("indexed") }

  static func plain(_ name: String) -> String {
    name.hasPrefix("\"") && name.hasSuffix("\"") && name.count > 2
      ? String(name.dropFirst().dropLast()).lowercased() : name.lowercased()
  }
}

/// Columns that refer to those of another table.
public struct TAPForeignKey: Sendable, Hashable {
  /// The table referred to.
  public var targetTable: String
  /// Pairs of columns: here and there.
  public var columns: [ColumnPair]
  /// What the reference means.
  public var description: String?
  /// The role in a data model.
  public var utype: String?

  /// A column and the one that it refers to.
  public struct ColumnPair: Sendable, Hashable {
    /// The column of the table that has the key.
    public var from: String
    /// The column of the table referred to.
    public var target: String

    /// Describes a pair.
    public init(from: String, target: String) {
      self.from = from
      self.target = target
    }
  }

  /// Describes a reference.
  public init(targetTable: String, columns: [ColumnPair], description: String? = nil, utype: String? = nil) {
    self.targetTable = targetTable
    self.columns = columns
    self.description = description
    self.utype = utype
  }
}
