public import Holdings
public import SkyGeometry
internal import TableIO

extension ArchiveStore {
  /// Takes observations or products from CSV files, plain or gzip, with the columns of MAST's CAOM services.
  ///
  ///     try store.importMASTRows(Observation.self, paths: ["observations.csv"])
  ///
  /// Columns may stand in any order and be missing; unknown ones are left out. A row that is already there is brought up to date in
  /// the columns that the file has, so importing again changes nothing; rights (`dataRights`) that are known stay where it has none.
  /// - Parameters:
  ///   - type: what the rows are.
  ///   - paths: the files.
  ///   - day: when the rows came, which `ivoa.obsplan` tells of planned observations that are new or changed; `nil` tells nothing.
  ///   - progress: called for every ten thousand rows.
  /// - Returns: what was done, and the rows that were left out with their reasons.
  /// - Throws: ``LocalArchiveError`` when a file cannot be read; rows before the fault stay imported.
  @discardableResult
  public func importMASTRows<Row: CatalogueRow>(
    _ type: Row.Type, paths: [String], on day: ModifiedJulianDate? = nil, progress: (ImportProgress) -> Void = { _ in }
  ) throws(LocalArchiveError) -> ImportReport {
    var report = ImportReport()
    var done: Int64 = 0
    var readers: [(path: String, reader: CSVReader)] = []
    for path in paths {
      readers.append((path, try Self.reading(path) { () throws(CSVError) in try CSVReader(path: path) }))
    }
    let total = readers.reduce(0) { $0 + $1.reader.byteCount }
    for (path, reader) in readers {
      guard Row.nameColumns.allSatisfy(reader.header.contains) else {
        let names = Row.nameColumns.joined(separator: " and ")
        throw LocalArchiveError(
          .unreadableImport, "The file has no column \(names), so its rows are not rows of MAST's catalogue.",
          path: path)
      }
      let columns = Row.columns.compactMap { column in
        reader.header.firstIndex(of: column.name).map { (column: column, field: $0) }
      }
      let said = Set(columns.map(\.column.name))
      var rows: [Row] = []
      var isAtEnd = false
      while !isAtEnd {
        isAtEnd = try Self.reading(path) { () throws(CSVError) in try !reader.next() }
        if !isAtEnd {
          report.rowCount += 1
          var row = Row()
          if !reader.isRagged { for (column, field) in columns { column.store(&row, .text(reader.text(at: field))) } }
          if reader.isRagged {
            report.addIssue(
              file: path, line: reader.line,
              reason: "The row has \(reader.fieldCount) fields where the header has \(reader.header.count).")
          } else if !row.isNamed {
            report.addIssue(file: path, line: reader.line, reason: "The row has no name.")
          } else {
            rows.append(row)
          }
        }
        guard isAtEnd || rows.count == 10_000 else { continue }
        try Row.add(rows, columns: said, to: self, on: day)
        report.newCount += rows.count
        rows = []
        progress(
          ImportProgress(
            file: path, byteCount: done + reader.consumedByteCount, totalByteCount: total, rowCount: report.rowCount))
      }
      done += reader.byteCount
    }
    return report
  }

  private static func reading<Value>(
    _ path: String, _ body: () throws(CSVError) -> Value
  ) throws(LocalArchiveError) -> Value {
    do { return try body() } catch {
      throw LocalArchiveError(.unreadableImport, error.description, path: path, cause: error)
    }
  }
}

/// A row of MAST's catalogue that an archive can take in as it is.
public protocol CatalogueRow: ArchiveRow {
  /// The columns without which a row says nothing.
  static var nameColumns: [String] { get }
  /// Whether these columns have values.
  var isNamed: Bool { get }
  /// Adds rows to an archive in one transaction.
  /// - Parameters:
  ///   - rows: the rows.
  ///   - columns: the columns of which they say something; the others stay as they are in rows that are already there.
  ///   - store: the archive.
  ///   - day: when the rows came.
  static func add(
    _ rows: [Self], columns: Set<String>, to store: ArchiveStore, on day: ModifiedJulianDate?
  ) throws(LocalArchiveError)
}

extension Observation: CatalogueRow {
  /// The observation's name.
  public static var nameColumns: [String] { ["obs_id"] }
  /// Whether these columns have values.
  public var isNamed: Bool { obs_id != nil }
  /// Adds rows to an archive in one transaction.
  public static func add(
    _ rows: [Self], columns: Set<String>, to store: ArchiveStore, on day: ModifiedJulianDate?
  ) throws(LocalArchiveError) {
    try store.add(ArchiveContents(observations: rows), onConflict: .replaceOnly(columns), on: day)
  }
}

extension Product: CatalogueRow {
  /// The file's address, and the observation that lists it.
  public static var nameColumns: [String] { ["dataURI", "parent_obsid"] }
  /// Whether these columns have values.
  public var isNamed: Bool { dataURI != nil && parent_obsid != nil }
  /// Adds rows to an archive in one transaction.
  public static func add(
    _ rows: [Self], columns: Set<String>, to store: ArchiveStore, on day: ModifiedJulianDate?
  ) throws(LocalArchiveError) {
    try store.add(ArchiveContents(products: rows), onConflict: .replaceOnly(columns), on: day)
  }
}
