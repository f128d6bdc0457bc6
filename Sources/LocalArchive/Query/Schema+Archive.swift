internal import ADQL
internal import TableIO

extension Schema {
  /// The archive's tables as queries are checked against them.
  init(_ schema: ArchiveSchema) { self.init(tables: schema.tables.map(Table.init)) }
}

extension Schema.Table {
  init(_ table: ArchiveSchema.Table) {
    self.init(
      name: table.name, description: table.description, utype: table.utype, isView: table.isView,
      columns: table.columns.map(Schema.Column.init), spatialIndexes: table.spatialIndexes)
  }
}

extension Schema.Column {
  init(_ column: ArchiveSchema.Column) {
    self.init(
      name: column.name, type: ADQLType(column), datatype: column.datatype, arraySize: column.arraySize,
      xtype: column.xtype,
      unit: column.unit, ucd: column.ucd, utype: column.utype,
      description: column.description.isEmpty ? nil : column.description,
      isIndexed: column.isIndexed, isPrincipal: column.isPrincipal, isStandard: column.isStandard)
  }
}

extension ADQLType {
  init(_ column: ArchiveSchema.Column) {
    self =
      switch column.type {
      case .boolean: .boolean
      case .short: .smallint
      case .int: .integer
      case .long: .bigint
      case .float: .real
      case .double: .double
      case .text: .varchar
      case .timestamp: .timestamp
      case .region: .region
      case .other: ADQLType(Column(column))
      }
  }
}

extension Column {
  init(_ column: ArchiveSchema.Column) {
    self.init(
      column.name, Datatype(rawValue: column.datatype) ?? .char, shape: ArrayShape(column.arraySize) ?? .variable,
      xtype: column.xtype)
  }
}

extension ArchiveSchema.Table {
  /// A user's table as it is shown and queried.
  init(_ table: UserTable) {
    self.init(
      name: table.qualifiedName, isView: false, description: table.description,
      columns: table.columns.map(ArchiveSchema.Column.init))
  }
}

extension ArchiveSchema.Column {
  init(_ column: UserTable.Column) {
    let field = column.field
    let type: ArchiveSchema.ValueType =
      switch ADQLType(field) {
      case .boolean: .boolean
      case .smallint: .short
      case .integer: .int
      case .bigint: .long
      case .real: .float
      case .double: .double
      case .char, .varchar: .text
      case .timestamp: .timestamp
      case .region: .region
      default: .other
      }
    self.init(
      name: field.name, type: type, arraySize: field.shape.text, unit: field.unit, ucd: field.ucd, utype: field.utype,
      description: field.description ?? "", isIndexed: column.isIndexed, isPrincipal: true)
    datatype = field.datatype.rawValue
    xtype = field.xtype
    plusFlags = column.flagCode
  }
}
