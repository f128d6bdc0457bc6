import MASTArchive

/// Which columns the three tables show, and by which they are sorted.
struct TableColumns {
  var products: [ProductColumn]
  var productOrder: [ProductColumn]
  /// The columns to ask of the archive.
  var archiveColumns: [String]
  var observations: [ObservationColumn]
  /// Empty for the archive's order.
  var observationOrder: [ObservationColumn]
  var summaryOrder: [String]

  /// Reads the settings.
  /// - Throws: a usage error that names the place of an unknown column and the nearest known one.
  init(_ settings: DropInSettings) throws(Failure) {
    products = try settings.names("outcolumns_productTable", among: ProductColumn.names).compactMap(ProductColumn.init)
    productOrder = try settings.names(
      "sortcols_productTable", among: ProductColumn.names.filter { ProductColumn($0)?.isLocal == false }
    ).compactMap(ProductColumn.init)

    let archiveColumns = try settings.names("mastcolumns_obsTable", among: ObservationColumn.archiveNames)
    self.archiveColumns = archiveColumns
    if let missing = ["proposal_id", "obsid", "obs_id", "t_min"].first(where: { !archiveColumns.contains($0) }) {
      throw settings.failure("mastcolumns_obsTable", "\(missing) is needed and missing.")
    }
    let known = archiveColumns + ObservationColumn.derivedNames
    // Any file type may be counted, and which occur is known only later.
    let types = settings.words("outcolumns_obsTable").filter { $0.hasPrefix("_") }
    observations = try settings.names("outcolumns_obsTable", among: known + types).map(ObservationColumn.init)
    let order = try settings.names("sortcols_obsTable", among: known)
    summaryOrder = try settings.names(
      "sortcols_summaryTable",
      among: ["proposal_id", "obsnum", "date_start"]
        + settings.words("sortcols_summaryTable").filter { $0.hasPrefix("_") })

    // The Python tool sorts this table and loses the order again, so all know it in the archive's. Who asks for another
    // order than the one that was never kept gets it.
    let usual = DropInOption.all.first { $0.name == "sortcols_obsTable" }?.builtIn
    observationOrder =
      order == usual && !settings.isOnCommandLine("sortcols_obsTable") ? [] : order.map(ObservationColumn.init)

    for (name, isEmpty) in [
      ("outcolumns_productTable", products.isEmpty), ("outcolumns_obsTable", observations.isEmpty),
    ] where isEmpty {
      throw settings.failure(name, "a table needs a column.")
    }
  }
}
