/// All that a table says beside its rows.
public struct TableMetadata: Sendable, Hashable {
  /// The table's name.
  public var name: String?
  /// An identifier unique in the document.
  public var id: String?
  /// The unified content descriptor.
  public var ucd: String?
  /// The role in a data model.
  public var utype: String?
  /// What the table holds.
  public var description: String?
  /// The columns.
  public var columns: [Column]
  /// Values that hold for the whole table.
  public var params: [Param]
  /// Notes of the service or program that made the table, `QUERY_STATUS` among them.
  public var infos: [Info]
  /// Addresses that belong to the table.
  public var links: [Link]
  /// Columns and params that belong together.
  public var groups: [Group]
  /// Coordinate systems of the document.
  public var coordinateSystems: [CoordinateSystem]
  /// Time systems of the document.
  public var timeSystems: [TimeSystem]
  /// Services that can be asked with values of the columns.
  public var services: [ServiceDescriptor]
  /// The number of rows, when the source tells it before the rows.
  public var rowCount: Int?

  /// Describes a table.
  public init(
    name: String? = nil, id: String? = nil, ucd: String? = nil, utype: String? = nil, description: String? = nil,
    columns: [Column] = [], params: [Param] = [], infos: [Info] = [], links: [Link] = [], groups: [Group] = [],
    coordinateSystems: [CoordinateSystem] = [], timeSystems: [TimeSystem] = [],
    services: [ServiceDescriptor] = [], rowCount: Int? = nil
  ) {
    self.name = name
    self.id = id
    self.ucd = ucd
    self.utype = utype
    self.description = description
    self.columns = columns
    self.params = params
    self.infos = infos
    self.links = links
    self.groups = groups
    self.coordinateSystems = coordinateSystems
    self.timeSystems = timeSystems
    self.services = services
    self.rowCount = rowCount
  }

  /// The place of the column with this name; where none has it in this case, of the only one that has it in another.
  public func columnIndex(named name: String) -> Int? { columns.index(named: name) }
}

extension [Column] {
  /// The place of the column with this name; where none has it in this case, of the only one that has it in another.
  func index(named name: String) -> Int? {
    if let exact = firstIndex(where: { $0.name == name }) { return exact }
    let folded = name.lowercased()
    let similar = indices.filter { self[$0].name.lowercased() == folded }
    return similar.count == 1 ? similar[0] : nil
  }

  /// The place of the column with this name, which must be there.
  func requiredIndex(named name: String) throws(TableIOError) -> Int {
    if let index = index(named: name) { return index }
    throw TableIOError(
      .noSuchColumn, "There is no column \"\(name)\"; the table has \(map(\.name).joined(separator: ", ")).")
  }
}

/// A value that holds for a whole table (VOTable's PARAM): a column's description with one value, spelled as in TABLEDATA.
public struct Param: Sendable, Hashable {
  /// Name, type, unit and the like.
  public var column: Column
  /// The value's text.
  public var value: String

  /// Describes a value.
  public init(_ column: Column, value: String) {
    self.column = column
    self.value = value
  }
}

/// A note (VOTable's INFO).
public struct Info: Sendable, Hashable {
  /// The note's name.
  public var name: String
  /// The note's value.
  public var value: String
  /// The text inside, often a message.
  public var content: String?
  /// An identifier unique in the document.
  public var id: String?
  /// The unit of the value.
  public var unit: String?
  /// The unified content descriptor.
  public var ucd: String?
  /// The role in a data model.
  public var utype: String?

  /// Describes a note.
  public init(
    name: String, value: String, content: String? = nil, id: String? = nil, unit: String? = nil, ucd: String? = nil,
    utype: String? = nil
  ) {
    self.name = name
    self.value = value
    self.content = content
    self.id = id
    self.unit = unit
    self.ucd = ucd
    self.utype = utype
  }
}

/// Columns and params that belong together (VOTable's GROUP).
public struct Group: Sendable, Hashable {
  /// The group's name.
  public var name: String?
  /// An identifier unique in the document.
  public var id: String?
  /// The unified content descriptor.
  public var ucd: String?
  /// The role in a data model.
  public var utype: String?
  /// What the group is about.
  public var description: String?
  /// Identifiers of its columns.
  public var columnRefs: [String]
  /// Identifiers of its params.
  public var paramRefs: [String]
  /// Its own params.
  public var params: [Param]
  /// Groups inside.
  public var groups: [Group]

  /// Describes a group.
  public init(
    name: String? = nil, id: String? = nil, ucd: String? = nil, utype: String? = nil, description: String? = nil,
    columnRefs: [String] = [], paramRefs: [String] = [], params: [Param] = [], groups: [Group] = []
  ) {
    self.name = name
    self.id = id
    self.ucd = ucd
    self.utype = utype
    self.description = description
    self.columnRefs = columnRefs
    self.paramRefs = paramRefs
    self.params = params
    self.groups = groups
  }
}

/// A coordinate system (VOTable's COOSYS).
public struct CoordinateSystem: Sendable, Hashable {
  /// The identifier that columns refer to.
  public var id: String
  /// The frame, for example `ICRS`.
  public var system: String?
  /// The equinox.
  public var equinox: String?
  /// The epoch of positions.
  public var epoch: String?
  /// The reference position.
  public var refposition: String?

  /// Describes a coordinate system.
  public init(id: String, system: String?, equinox: String? = nil, epoch: String? = nil, refposition: String? = nil) {
    self.id = id
    self.system = system
    self.equinox = equinox
    self.epoch = epoch
    self.refposition = refposition
  }
}

/// A time system (VOTable's TIMESYS).
public struct TimeSystem: Sendable, Hashable {
  /// The identifier that columns refer to.
  public var id: String
  /// The time scale, for example `UTC`.
  public var timescale: String?
  /// The reference position.
  public var refposition: String?
  /// The origin: a Julian date, `MJD-origin` or `JD-origin`.
  public var timeorigin: String?

  /// Describes a time system.
  public init(id: String, timescale: String?, refposition: String? = nil, timeorigin: String? = nil) {
    self.id = id
    self.timescale = timescale
    self.refposition = refposition
    self.timeorigin = timeorigin
  }
}
