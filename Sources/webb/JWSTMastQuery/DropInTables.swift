import MASTArchive

/// The three tables of a run, under the headings that scripts made for the Python tool look for.
struct DropInTables {
  var plan: DownloadPlan
  /// The states that the tables show.
  var states: [LocalState]
  var columns: TableColumns

  var products: TextTable {
    ResultTables.products(
      plan.selection, destinations: plan.destinations, states: states, columns: columns.products)
  }

  var observations: TextTable {
    ResultTables.observations(plan.selection, columns: columns.observations, order: columns.observationOrder)
  }

  var summary: TextTable { ResultTables.summary(plan.selection, order: columns.summaryOrder) }

  /// Prints all three.
  func print() {
    Self.print("Selected Products", products)
    Self.print("Observations", observations)
    Self.print("Summary propID/obsnum", summary)
  }

  /// Prints the products as they are after a download.
  func printDownloaded() { Self.print("Downloaded Selected Products", products) }

  private static func print(_ heading: String, _ table: TextTable) {
    let line = "### \(heading):"
    let bar = String(repeating: "#", count: heading == "Downloaded Selected Products" ? 22 : line.count)
    Console.print("\n\(bar)\n\(line)\n\(bar)\n\(table.text)")
  }

  /// Saves the tables as text files.
  /// - Parameter path: the beginning of the files' names.
  /// - Returns: the paths written.
  /// - Throws: a failure that names the file that cannot be written.
  func save(beginning path: String) throws(Failure) -> [String] {
    let tables = [("selprod", products), ("obs", observations), ("summary", summary)]
    return try tables.map { suffix, table throws(Failure) in
      let file = "\(path).\(suffix).txt"
      // Without rows the Python tool ends the line of column names.
      try LocalFile.write(table.text + (plan.selection.products.isEmpty ? "\n" : ""), to: file)
      return file
    }
  }
}
