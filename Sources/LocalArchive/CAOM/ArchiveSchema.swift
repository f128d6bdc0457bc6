public import ADQL

/// The tables that an archive shows to queries: names, columns, meaning. One store for the views of the database, for `TAP_SCHEMA`, for
/// the tables of a service and for the checks of ADQL.
public struct ArchiveSchema: Sendable, Hashable {
  /// A group of tables, the part of a table's name before the dot.
  public struct Group: Sendable, Hashable {
    /// The name, for example `jwst`.
    public var name: String
    /// What its tables hold.
    public var description: String
    /// Its place in a data model.
    public var utype: String?

    /// Describes a group.
    public init(name: String, description: String, utype: String? = nil) {
      self.name = name
      self.description = description
      self.utype = utype
    }
  }

  /// A table or a view.
  public struct Table: Sendable, Hashable {
    /// The name as queries write it, `jwst.main`; the database calls it the same.
    public var name: String
    /// Whether it is a view.
    public var isView: Bool
    /// What a row stands for.
    public var description: String
    /// Its place in a data model.
    public var utype: String?
    /// The columns, in the order of `SELECT *`.
    public var columns: [Column]
    /// Columns that point at other tables.
    public var foreignKeys: [ForeignKey]
    /// What makes conditions on places of the sky fast.
    public var spatialIndexes: [SpatialIndex]

    /// Describes a table.
    public init(
      name: String, isView: Bool, description: String, utype: String? = nil, columns: [Column],
      foreignKeys: [ForeignKey] = [], spatialIndexes: [SpatialIndex] = []
    ) {
      self.name = name
      self.isView = isView
      self.description = description
      self.utype = utype
      self.columns = columns
      self.foreignKeys = foreignKeys
      self.spatialIndexes = spatialIndexes
    }

    /// The part of the name before the dot.
    public var group: String { String(name.prefix { $0 != "." }) }

    /// The column with a name, case aside.
    public func column(_ name: String) -> Column? {
      let name = name.lowercased()
      return columns.first { $0.name.lowercased() == name }
    }
  }

  /// What the values of a column are.
  public enum ValueType: String, Sendable, Hashable, CaseIterable {
    /// A flag, kept as 0 or 1.
    case boolean
    /// A whole number of 16 bits.
    case short
    /// A whole number of 32 bits.
    case int
    /// A whole number of 64 bits.
    case long
    case float
    case double
    case text
    /// A moment in UTC, kept as text: `2022-07-12T14:30:00.000`.
    case timestamp
    /// A region of the sky, kept as text: `Polygon ra dec …`, `Circle ra dec radius`, `Position ra dec`.
    case region
    /// Something else that a user's table holds, such as an array or a circle: the column's datatype, arraysize and xtype tell what.
    case other

    /// The datatype in VOTable's words.
    public var votableDatatype: String {
      switch self {
      case .boolean, .short, .int, .long, .float, .double: rawValue
      case .text, .timestamp, .region, .other: "char"
      }
    }

    /// The xtype of values.
    public var xtype: String? {
      switch self {
      case .timestamp: "timestamp"
      case .region: "adql:REGION"
      default: nil
      }
    }
  }

  /// A column of a table.
  public struct Column: Sendable, Hashable {
    /// The name, without quotes; the database calls it the same.
    public var name: String
    /// What its values are.
    public var type: ValueType
    /// VOTable's datatype.
    public var datatype: String
    /// VOTable's arraysize; `nil` for a scalar.
    public var arraySize: String?
    /// VOTable's xtype.
    public var xtype: String?
    /// The unit, in VOUnits.
    public var unit: String?
    /// What it measures, in words of the UCD vocabulary.
    public var ucd: String?
    /// Its place in a data model.
    public var utype: String?
    /// What it means.
    public var description: String
    /// Whether conditions on it are fast.
    public var isIndexed: Bool
    /// Whether it is one of the first to show.
    public var isPrincipal: Bool
    /// Whether a standard defines it.
    public var isStandard: Bool
    /// TAP+'s number for what the archive uses the column for, where the table's owner may say it.
    public var plusFlags: Int?

    /// Describes a column.
    /// - Parameters:
    ///   - name: the name, without quotes.
    ///   - type: what its values are.
    ///   - arraySize: VOTable's arraysize; texts have `*` unless another is given.
    ///   - unit: the unit.
    ///   - ucd: what it measures.
    ///   - utype: its place in a data model.
    ///   - description: what it means.
    ///   - isIndexed: whether conditions on it are fast.
    ///   - isPrincipal: whether it is one of the first to show.
    ///   - isStandard: whether a standard defines it.
    public init(
      name: String, type: ValueType, arraySize: String? = nil, unit: String? = nil, ucd: String? = nil,
      utype: String? = nil, description: String, isIndexed: Bool = false, isPrincipal: Bool = false,
      isStandard: Bool = false
    ) {
      self.name = name
      self.type = type
      datatype = type.votableDatatype
      self.arraySize = arraySize ?? (type.votableDatatype == "char" ? "*" : nil)
      xtype = type.xtype
      self.unit = unit
      self.ucd = ucd
      self.utype = utype
      self.description = description
      self.isIndexed = isIndexed
      self.isPrincipal = isPrincipal
      self.isStandard = isStandard
    }

    /// The name as a query has to write it: between quotes where it is a word of the language.
    public var queryName: String { Identifier.written(name) }
  }

  /// Columns of a table whose values stand in columns of another.
  public struct ForeignKey: Sendable, Hashable {
    /// The table that is pointed at.
    public var target: String
    /// The columns here.
    public var from: [String]
    /// The columns there, in the same order.
    public var to: [String]

    /// Describes a foreign key.
    public init(target: String, from: [String], to: [String]) {
      self.target = target
      self.from = from
      self.to = to
    }
  }

  /// The groups of tables, in the order in which they are shown.
  public var groups: [Group]
  /// The tables, group by group.
  public var tables: [Table]

  /// Makes a schema.
  public init(groups: [Group], tables: [Table]) {
    self.groups = groups
    self.tables = tables
  }

  /// The table with a name, case aside.
  public func table(_ name: String) -> Table? {
    let name = name.lowercased()
    return tables.first { $0.name.lowercased() == name }
  }

  /// The tables that every archive has.
  public static let standard = ArchiveSchema(
    groups: CatalogueView.groups + [TAPSchemaTables.group],
    tables: CatalogueView.all.map(\.table) + TAPSchemaTables.tables)
}
