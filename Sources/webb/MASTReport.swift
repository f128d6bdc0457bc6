import Holdings
import MASTArchive
import TableIO

/// The result of a search as the three tables of `jwst_mast_query`, or as one JSON document.
struct MASTReport {
  var plan: DownloadPlan
  var states: [LocalState]

  func print(asJSON: Bool) throws {
    if asJSON { return Console.print(json.jsonText) }
    printProducts(heading: "Selected products")
    Console.print("Observations:\n\(ResultTables.observations(plan.selection).text)\n")
    Console.print("Summary:\n\(ResultTables.summary(plan.selection).text)\n")
  }

  func printProducts(heading: String) {
    let table = ResultTables.products(plan.selection, destinations: plan.destinations, states: states)
    Console.print("\(heading):\n\(table.text)\n")
  }

  /// Everything the tables show, with the archive's own column names.
  var json: JSONValue {
    let products = zip(plan.selection.products, zip(plan.destinations, states)).map { entry, place in
      var object = Self.object(of: entry.product)
      object.members += [
        .init(name: "obsnum", value: Self.number(entry.obsnum)),
        .init(name: "sca", value: entry.sca.map(JSONValue.string) ?? .null),
        .init(name: "visit", value: entry.visit.map(JSONValue.string) ?? .null),
        .init(name: "filetype", value: entry.fileType.map(JSONValue.string) ?? .null),
        .init(name: "outfilename", value: .string(place.0)),
        .init(name: "dl_code", value: Self.number(place.1.code)),
        .init(name: "dl_str", value: place.1.word.map(JSONValue.string) ?? .null),
      ]
      return JSONValue.object(object)
    }
    let observations = plan.selection.observations.map { entry in
      var object = Self.object(of: entry.observation)
      object.members.append(.init(name: "obsnum", value: Self.number(entry.obsnum)))
      object.members.append(.init(name: "date_min", value: entry.dateMin.map(JSONValue.string) ?? .null))
      return JSONValue.object(object)
    }
    return .object(["products": .array(products), "observations": .array(observations)])
  }

  /// The columns that have a value.
  private static func object<Row: ArchiveRow>(of row: Row) -> JSONObject {
    JSONObject(
      members: Row.columns.compactMap { column in
        let value: JSONValue? =
          switch column.cell(row) {
          case .null: nil
          case .boolean(let value): .boolean(value)
          case .integer(let value): .integer(value)
          case .real(let value): .real(value)
          case .text(let text): .string(text)
          }
        return value.map { .init(name: column.name, value: $0) }
      })
  }

  private static func number(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }
}
