import Holdings
import MASTArchive
import SkyGeometry
import TableIO

/// The result of a search as the three tables of `jwst_mast_query`, or as one JSON document.
struct MASTReport {
  var findings: MASTFindings
  var states: [LocalState]

  private var plan: DownloadPlan { findings.plan }

  func print(asJSON: Bool) throws {
    if asJSON { return Console.print(json.jsonText) }
    printProducts(heading: "Selected products")
    Console.print("Observations:\n\(ResultTables.observations(plan.selection).text)\n")
    Console.print("Summary:\n\(ResultTables.summary(plan.selection).text)\n")
    if !findings.planned.isEmpty {
      Console.print("Planned observations:\n\(ResultTables.planned(findings.planned).text)\n")
    }
  }

  func printProducts(heading: String) { Console.print("\(heading):\n\(products.text)\n") }

  /// Writes the three tables beside the files, if that is wanted.
  func save(_ layout: LayoutOptions) throws {
    guard let name = layout.savetables else { return }
    let path = name.hasPrefix("/") ? name : try layout.outputLayout().root + "/" + name
    for (ending, table) in [
      ("selprod", products), ("obs", ResultTables.observations(plan.selection)),
      ("summary", ResultTables.summary(plan.selection)),
    ] {
      try LocalFile.write(table.text + (plan.selection.products.isEmpty ? "\n" : ""), to: "\(path).\(ending).txt")
    }
  }

  private var products: TextTable {
    ResultTables.products(plan.selection, destinations: plan.destinations, states: states)
  }

  /// One of the tables, for programs to read.
  func table(_ table: MASTTable) throws(TableIOError) -> Table {
    switch table {
    case .products:
      try ResultTables.productTable(plan.selection, destinations: plan.destinations, states: states)
    case .observations: try ResultTables.observationTable(plan.selection)
    case .summary: try ResultTables.summaryTable(plan.selection)
    }
  }

  /// Everything the tables show, with the archive's own column names.
  var json: JSONValue {
    let products = zip(plan.selection.products, zip(plan.destinations, states)).map { entry, place in
      var object = Self.object(of: entry.product)
      if let record = entry.product.productFilename.flatMap({ plan.records?[$0] }) {
        object.members += Self.members(record)
      }
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
    var document: JSONObject = [
      "products": .array(products), "observations": .array(plan.selection.observations.map(Self.json)),
    ]
    if !findings.planned.isEmpty {
      document.members.append(.init(name: "planned", value: .array(findings.planned.map(Self.json))))
    }
    return .object(document)
  }

  private static func json(_ entry: ObservationEntry) -> JSONValue {
    var object = object(of: entry.observation)
    object.members.append(.init(name: "obsnum", value: number(entry.obsnum)))
    object.members.append(.init(name: "date_min", value: entry.dateMin.map(JSONValue.string) ?? .null))
    return .object(object)
  }

  /// What the keyword services add, under the names of their columns.
  private static func members(_ record: FileRecord) -> [JSONObject.Member] {
    let release = record.releaseDate.map { ModifiedJulianDate(rawValue: $0).isoText(fractionDigits: 0) }
    let values: [(String, JSONValue?)] = [
      ("checksum", record.checksum.map(JSONValue.string)), ("s_region", record.footprint.map(JSONValue.string)),
      ("crds_ctx", record.calibrationContext.map(JSONValue.string)),
      ("ArchiveFileID", record.archiveFileID.map(JSONValue.integer)),
      ("publicReleaseDate", release.map(JSONValue.string)), ("isStale", .boolean(record.isStale)),
    ]
    return values.compactMap { name, value in value.map { .init(name: name, value: $0) } }
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
