internal import ADQL

extension Schema {
  /// The archive's tables as queries are checked against them.
  init(_ schema: ArchiveSchema) { self.init(tables: schema.tables.map(Table.init)) }
}

extension Schema.Table {
  init(_ table: ArchiveSchema.Table) {
    self.init(
      name: table.name, description: table.description, utype: table.utype, isView: table.isView,
      columns: table.columns.map(Schema.Column.init), spatialIndexes: table.spatialIndexes.map(SpatialIndex.init))
  }
}

extension Schema.Column {
  init(_ column: ArchiveSchema.Column) {
    self.init(
      name: column.name, type: ADQLType(column.type), arraySize: column.arraySize, xtype: column.xtype,
      unit: column.unit, ucd: column.ucd, utype: column.utype, description: column.description,
      isIndexed: column.isIndexed, isPrincipal: column.isPrincipal, isStandard: column.isStandard)
  }
}

extension ADQLType {
  init(_ type: ArchiveSchema.ValueType) {
    self =
      switch type {
      case .boolean: .boolean
      case .int: .integer
      case .long: .bigint
      case .double: .double
      case .text: .varchar
      case .timestamp: .timestamp
      case .region: .region
      }
  }
}

extension SpatialIndex {
  init(_ index: ArchiveSchema.SpatialIndex) {
    let kind: Kind =
      switch index.kind {
      case .position(let longitude, let latitude): .position(longitude: longitude, latitude: latitude)
      case .footprint(let column): .footprint(region: column)
      }
    self.init(name: index.name, kind: kind, key: index.key)
  }
}

extension ArchiveSchema.SpatialIndex {
  init(_ index: SpatialIndex) {
    let kind: Kind =
      switch index.kind {
      case .position(let longitude, let latitude): .position(longitude: longitude, latitude: latitude)
      case .footprint(let column): .footprint(column)
      }
    self.init(kind: kind, key: index.key, name: index.name)
  }
}
