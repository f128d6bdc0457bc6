import ESAArchive
import TAP
import TableIO

extension ClientCaller {
  /// What tables the service has.
  func tables(_ call: CallArguments) async throws -> JSONValue? {
    switch call.method {
    case "load_tables":
      let schemas = try await archive.tap.tables(
        detail: call.bool("only_names") ? .names : .full, includesShared: call.bool("include_shared_tables"))
      return .array(schemas.flatMap(\.tables).map(Self.description))
    case "load_table": return Self.description(try await archive.tap.table(named: try call.required("table")))
    default: return nil
    }
  }

  private static func description(_ table: TAPTable) -> JSONValue {
    .object([
      "$table_meta": .object([
        "name": .string(table.name), "schema": .text(table.schemaName), "qualified_name": .string(table.qualifiedName),
        "description": .text(table.description), "size_bytes": .integer(table.byteCount ?? 0),
        "columns": .array(
          table.columns.map { column in
            .object([
              "name": .string(column.name), "description": .text(column.description), "unit": .text(column.unit),
              "ucd": .text(column.ucd), "utype": .text(column.utype), "data_type": .text(column.datatype),
              // The Python client keeps the last of several.
              "flag": .text(column.flags.last), "flags": .text(column.plusFlags.map { String($0) }),
            ])
          }),
      ])
    ])
  }
}
