import Holdings
public import TableIO

/// The three tables with the archive's own columns, typed and with their units, for programs to read.
extension ResultTables {
  /// The selected products: all columns of the archive, what their names say, their place and state on disk.
  /// - Parameters:
  ///   - selection: the products, one row each.
  ///   - destinations: where each is or would be on disk.
  ///   - states: what is on disk of each.
  /// - Throws: `TableIOError` when a value does not fit its column.
  public static func productTable(
    _ selection: ProductSelection, destinations: [String], states: [LocalState]
  ) throws(TableIOError) -> Table {
    var table = Table(
      columns: archiveColumns(Product.self) + [
        Column("obsnum", .int, description: "Observation number"), text("sca", "Detector"),
        text("visit", "Visit number"), text("filetype", "Suffix and ending of the file's name"),
        text("outfilename", "Place on disk"), Column("dl_code", .int, description: "State on disk"),
        text("dl_str", "State on disk, in a word"),
      ], name: "products")
    for (entry, (destination, state)) in zip(selection.products, zip(destinations, states)) {
      try table.append(
        row: cells(of: entry.product) + [
          entry.obsnum, entry.sca, entry.visit, entry.fileType, destination, state.code, state.word,
        ])
    }
    return table
  }

  /// The observations of the selected products: all columns of the archive, and the number of selected products by file type.
  /// - Parameter selection: the observations, one row each.
  /// - Throws: `TableIOError` when a value does not fit its column.
  public static func observationTable(_ selection: ProductSelection) throws(TableIOError) -> Table {
    let counts = CountTable(selection)
    var table = Table(
      columns: archiveColumns(Observation.self) + [
        Column("obsnum", .int, description: "Observation number"), text("date_min", "Start, UTC"),
      ] + countColumns(selection), name: "observations")
    for entry in selection.observations {
      let numbers: [(any TableValue)?] = selection.fileTypes.map { counts[entry.observation.obsid, $0] ?? 0 }
      try table.append(row: cells(of: entry.observation) + [entry.obsnum, entry.dateMin] + numbers)
    }
    return table
  }

  /// One line per programme and observation number, with the number of selected products by file type.
  /// - Parameter selection: what is summed up.
  /// - Throws: `TableIOError` when a value does not fit its column.
  public static func summaryTable(_ selection: ProductSelection) throws(TableIOError) -> Table {
    var table = Table(
      columns: [
        Column("proposal_id", .int, description: "Programme number"),
        Column("obsnum", .int, description: "Observation number"),
      ] + countColumns(selection) + [text("date_start", "Start of the first observation, UTC")], name: "summary")
    for line in ObservationSummary.sorted(ObservationSummary.summaries(of: selection), of: selection) {
      let numbers: [(any TableValue)?] = line.counts
      try table.append(row: [line.program, line.obsnum] + numbers + [line.dateStart])
    }
    return table
  }

  private static func text(_ name: String, _ description: String) -> Column {
    Column(name, .unicodeChar, shape: .variable, description: description)
  }

  private static func countColumns(_ selection: ProductSelection) -> [Column] {
    selection.fileTypes.map { Column($0 ?? "other", .int, description: "Number of selected products") }
  }

  private static func archiveColumns<Row: ArchiveRow>(_: Row.Type) -> [Column] {
    Row.columns.map { column in
      // MAST declares its identifiers as text and sends numbers.
      let type: Datatype =
        switch column.type {
        case .integer: .long
        case .real: .double
        case .boolean: .boolean
        case .text, .date: identifiers.contains(column.name) ? .long : .unicodeChar
        }
      return Column(column.name, type, shape: type.isText ? .variable : .scalar, unit: units[column.name])
    }
  }

  private static let identifiers: Set<String> = ["obsid", "obsID", "parent_obsid", "objID"]

  /// Units of the columns of MAST's CAOM tables, in VOUnit spelling; moments are Modified Julian Dates.
  private static let units: [String: String] = [
    "s_ra": "deg", "s_dec": "deg", "t_min": "d", "t_max": "d", "t_exptime": "s", "t_obs_release": "d", "em_min": "nm",
    "em_max": "nm", "size": "byte",
  ]

  private static func cells<Row: ArchiveRow>(of row: Row) -> [(any TableValue)?] {
    Row.columns.map { column in
      switch column.cell(row) {
      case .null: nil
      case .boolean(let value): value
      case .integer(let value): value
      case .real(let value): value
      case .text(let text): text
      }
    }
  }
}
