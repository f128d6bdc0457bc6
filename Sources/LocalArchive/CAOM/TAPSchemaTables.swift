/// The tables of `TAP_SCHEMA`, which describe all tables and themselves. Source: TAP 1.1, section 4.
enum TAPSchemaTables {
  static let group = ArchiveSchema.Group(
    name: "tap_schema", description: "The tables and columns that queries can name.")

  static let tables: [ArchiveSchema.Table] = [
    table(
      "schemas", "Groups of tables.",
      [
        column("schema_name", .text, "Name of the group."),
        column("utype", .text, "Its place in a data model."),
        column("description", .text, "What its tables hold."),
        column("schema_index", .int, "Place in the order in which groups are shown."),
      ]),
    table(
      "tables", "Tables and views.",
      [
        column("schema_name", .text, "Group of the table."),
        column("table_name", .text, "Name as queries write it."),
        column("table_type", .text, "table or view."),
        column("utype", .text, "Its place in a data model."),
        column("description", .text, "What a row stands for."),
        column("table_index", .int, "Place in the order in which tables are shown."),
      ], keys: [.init(target: "tap_schema.schemas", from: ["schema_name"], to: ["schema_name"])]),
    table(
      "columns", "Columns of the tables.",
      [
        column("table_name", .text, "Table of the column."),
        column("column_name", .text, "Name as queries write it."),
        column("datatype", .text, "Datatype in VOTable's words."),
        column("arraysize", .text, "VOTable's arraysize; empty for a scalar."),
        column("xtype", .text, "VOTable's xtype."),
        column("size", .int, "Length of a text of limited length; the arraysize says it better."),
        column("description", .text, "What it means."),
        column("utype", .text, "Its place in a data model."),
        column("unit", .text, "Unit of its values."),
        column("ucd", .text, "What it measures."),
        column("indexed", .int, "1 where conditions on it are fast."),
        column("principal", .int, "1 for the columns to show first."),
        column("std", .int, "1 where a standard defines it."),
        column("column_index", .int, "Place in the order of SELECT *."),
      ], keys: [.init(target: "tap_schema.tables", from: ["table_name"], to: ["table_name"])]),
    table(
      "keys", "Which tables point at which.",
      [
        column("key_id", .text, "Name of the key."),
        column("from_table", .text, "Table that points."),
        column("target_table", .text, "Table that is pointed at."),
        column("description", .text, "What it means."),
        column("utype", .text, "Its place in a data model."),
      ],
      keys: [
        .init(target: "tap_schema.tables", from: ["from_table"], to: ["table_name"]),
        .init(target: "tap_schema.tables", from: ["target_table"], to: ["table_name"]),
      ]),
    table(
      "key_columns", "Columns of these keys.",
      [
        column("key_id", .text, "Name of the key."),
        column("from_column", .text, "Column that points."),
        column("target_column", .text, "Column that is pointed at."),
      ], keys: [.init(target: "tap_schema.keys", from: ["key_id"], to: ["key_id"])]),
  ]

  private static func table(
    _ name: String, _ description: String, _ columns: [ArchiveSchema.Column], keys: [ArchiveSchema.ForeignKey] = []
  ) -> ArchiveSchema.Table {
    ArchiveSchema.Table(
      name: "tap_schema." + name, isView: false, description: description, columns: columns, foreignKeys: keys)
  }

  private static func column(
    _ name: String, _ type: ArchiveSchema.ValueType, _ description: String
  ) -> ArchiveSchema.Column {
    ArchiveSchema.Column(name: name, type: type, description: description, isPrincipal: true, isStandard: true)
  }
}
