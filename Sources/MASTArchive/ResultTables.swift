import Holdings
import SkyGeometry

/// The three tables of a search, in `jwst_mast_query`'s columns. Source: `jwst-mast-query` 15 and 16.
public enum ResultTables {
  /// The selected products with their place and state on disk.
  public static func products(
    _ selection: ProductSelection, destinations: [String], states: [LocalState]
  ) -> TextTable {
    let entries = selection.products
    func numbers(_ name: String, _ value: (ProductEntry) -> Int64?) -> TextTable.Column {
      .integers(name, entries.map(value))
    }
    func texts(_ name: String, _ value: (ProductEntry) -> String?) -> TextTable.Column {
      .texts(name, entries.map(value))
    }
    // A column without a single value in the whole answer is taken for numbers by the tool, and its header gets a blank.
    let scaIsKnown = selection.all.contains { $0.sca != nil }
    return TextTable(columns: [
      numbers("proposal_id") { $0.program.map(Int64.init) },
      .texts("obsnum", entries.map { $0.obsnum.map(String.init) }, missing: "<NA>"),
      numbers("obsID", \.product.obsID),
      numbers("parent_obsid", \.product.parent_obsid),
      texts("obs_id", \.product.obs_id),
      scaIsKnown ? texts("sca", \.sca) : .reals("sca", entries.map { _ in nil }),
      texts("visit", \.visit),
      texts("dataproduct_type", \.product.dataproduct_type),
      texts("filetype", \.fileType),
      numbers("calib_level", \.product.calib_level),
      numbers("size", \.product.size),
      .texts("outfilename", destinations),
      .integers("dl_code", states.map { Int64($0.code) }),
      .texts("dl_str", states.map(\.word), missing: "None"),
    ])
  }

  /// The observations of the selected products, with the number of selected products by file type.
  public static func observations(_ selection: ProductSelection) -> TextTable {
    let rows = selection.observations
    let counts = CountTable(selection)
    return TextTable(
      columns: [
        .integers("proposal_id", rows.map { $0.program.map(Int64.init) }),
        .integers("obsnum", rows.map { $0.obsnum.map(Int64.init) }),
        .integers("obsid", rows.map(\.observation.obsid)),
        .texts("obs_id", rows.map(\.observation.obs_id)),
        .reals("t_min", rows.map(\.observation.t_min)),
        .reals("t_exptime", rows.map(\.observation.t_exptime)),
        .texts("date_min", rows.map(\.dateMin)),
        .texts("instrument_name", rows.map(\.observation.instrument_name)),
      ]
        + selection.fileTypes.map { type in
          .texts(
            type ?? "NaN", rows.map { row in counts[row.observation.obsid, type].map(String.init) }, missing: "None")
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
  public static func summary(_ selection: ProductSelection) -> TextTable {
    let summary = ObservationSummary.summaries(of: selection)
    // The tool's column keeps numbers when its first line has one; otherwise it is text.
    let lines = summary.sorted
    let obsnum: TextTable.Column =
      summary.processed.first.map { $0.obsnum != nil } ?? true
      ? .integers("obsnum", lines.map { $0.obsnum.map(Int64.init) })
      : .texts("obsnum", lines.map { $0.obsnum.map(String.init) })
    return TextTable(
      columns: [.integers("proposal_id", lines.map { $0.program.map(Int64.init) }), obsnum]
        + selection.fileTypes.enumerated().map { position, type in
          .integers(type ?? "NaN", lines.map { Int64($0.counts[position]) })
        }
        + [.texts("date_start", lines.map(\.dateStart))])
  }
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
