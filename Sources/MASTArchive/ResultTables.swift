import Holdings

/// The three tables of a search, in `jwst_mast_query`'s layout. Source: `jwst-mast-query` 15 and 16.
public enum ResultTables {
  /// The selected products with their place and state on disk.
  public static func products(
    _ selection: ProductSelection, destinations: [String], states: [LocalState],
    columns: [ProductColumn] = ProductColumn.usual
  ) -> TextTable {
    let entries = selection.products
    return TextTable(
      columns: columns.map { column in
        let name = column.name
        switch name {
        case "outfilename": return .texts(name, destinations)
        case "dl_code": return .integers(name, states.map { $0.code.map(Int64.init) })
        case "dl_str": return .texts(name, states.map(\.word), missing: "None")
        case "obsnum": return .texts(name, entries.map { $0.obsnum.map(String.init) }, missing: "<NA>")
        case "sca" where !selection.all.contains { $0.sca != nil }:
          // A column without a single value in the whole answer is taken for numbers by the tool, and its header gets a blank.
          return .reals(name, entries.map { _ in nil })
        case "proposal_id", "obsID", "parent_obsid":
          return .integers(name, entries.map { column.cell(of: $0).integerValue })
        default: return self.column(name, entries.map(column.cell), type: Product.type(of: name))
        }
      })
  }

  /// The observations of the selected products, with the number of selected products by file type.
  /// - Parameters:
  ///   - selection: the chosen products.
  ///   - columns: what to show; counts of file types that are not among them follow.
  ///   - order: columns to sort by; none keeps the archive's order.
  public static func observations(
    _ selection: ProductSelection, columns: [ObservationColumn] = ObservationColumn.usual,
    order: [ObservationColumn] = []
  ) -> TextTable {
    let rows = RowOrder.sorted(selection.observations) { row in order.map { $0.cell(of: row) } }
    let counts = CountTable(selection)
    let names = columns.map(\.name)
    let others = selection.fileTypes.map { $0 ?? "NaN" }.filter { !names.contains($0) }
    return TextTable(
      columns: (columns + others.map(ObservationColumn.init)).map { column in
        let name = column.name
        let isArchives = ObservationColumn.archiveNames.contains(name)
        if !isArchives && !ObservationColumn.derivedNames.contains(name) {
          let type = name == "NaN" ? nil : name
          return .texts(name, rows.map { counts[$0.observation.obsid, type].map(String.init) }, missing: "None")
        }
        let cells = rows.map(column.cell)
        return ["proposal_id", "obsid", "obsnum"].contains(name)
          ? .integers(name, cells.map(\.integerValue)) : self.column(name, cells, type: Observation.type(of: name))
      })
  }

  /// Observations that are yet to be made.
  public static func planned(_ rows: [ObservationEntry]) -> TextTable {
    TextTable(columns: [
      .integers("proposal_id", rows.map { $0.program.map(Int64.init) }),
      .integers("obsnum", rows.map { $0.obsnum.map(Int64.init) }),
      .texts("obs_id", rows.map(\.observation.obs_id)),
      .texts("target_name", rows.map(\.observation.target_name)),
      .reals("s_ra", rows.map(\.observation.s_ra)),
      .reals("s_dec", rows.map(\.observation.s_dec)),
      .reals("t_exptime", rows.map(\.observation.t_exptime)),
      .texts("instrument_name", rows.map(\.observation.instrument_name)),
    ])
  }

  /// One line per programme and observation number, with the number of selected products by file type.
  /// - Parameters:
  ///   - selection: the chosen products.
  ///   - order: names of columns to sort by.
  public static func summary(
    _ selection: ProductSelection, order: [String] = ["date_start", "proposal_id", "obsnum"]
  ) -> TextTable {
    let processed = ObservationSummary.summaries(of: selection)
    let lines = ObservationSummary.sorted(processed, by: order, of: selection)
    // The tool's column keeps numbers when its first line has one; otherwise it is text.
    let obsnum: TextTable.Column =
      processed.first.map { $0.obsnum != nil } ?? true
      ? .integers("obsnum", lines.map { $0.obsnum.map(Int64.init) })
      : .texts("obsnum", lines.map { $0.obsnum.map(String.init) })
    return TextTable(
      columns: [.integers("proposal_id", lines.map { $0.program.map(Int64.init) }), obsnum]
        + selection.fileTypes.enumerated().map { position, type in
          .integers(type ?? "NaN", lines.map { Int64($0.counts[position]) })
        }
        + [.texts("date_start", lines.map(\.dateStart))])
  }

  /// A column laid out by its declared type; identifiers are declared as text.
  private static func column(_ name: String, _ cells: [Cell], type: ColumnType?) -> TextTable.Column {
    switch type {
    case .integer: .integers(name, cells.map(\.integerValue))
    case .real: .reals(name, cells.map(\.realValue))
    default:
      if !cells.isEmpty, cells.allSatisfy({ if case .boolean = $0 { true } else { false } }) {
        .booleans(name, cells.map { $0.booleanValue ?? false })
      } else {
        .texts(name, cells.map(\.textValue))
      }
    }
  }
}

extension ArchiveRow {
  fileprivate static func type(of name: String) -> ColumnType? { columns.first { $0.name == name }?.type }
}

/// How many selected products of each file type hang under each observation.
struct CountTable {
  private struct Key: Hashable {
    var parent: Int64?
    var type: String?
  }

  private var counts: [Key: Int] = [:]

  init(_ selection: ProductSelection) {
    for entry in selection.products {
      counts[Key(parent: entry.product.parent_obsid, type: entry.fileType), default: 0] += 1
    }
  }

  subscript(parent: Int64?, type: String?) -> Int? { counts[Key(parent: parent, type: type)] }
}
