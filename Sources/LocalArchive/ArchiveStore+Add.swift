internal import GRDB
public import Holdings
public import SkyGeometry

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ArchiveStore {
  /// Adds rows and files in one transaction; rows that are already there are brought up to date. Adding the same contents again
  /// changes nothing.
  /// - Parameters:
  ///   - contents: the rows and files.
  ///   - day: when the rows came, which `ivoa.obsplan` tells of planned observations that are new or changed; `nil` tells nothing.
  public func add(_ contents: ArchiveContents, on day: ModifiedJulianDate? = nil) throws(LocalArchiveError) {
    try add(
      observations: contents.observations, products: contents.products, keywordRows: contents.keywordRows,
      files: contents.files, previousVersions: contents.previousVersions, on: day)
  }

  /// Adds rows and files in one transaction; see ``add(_:on:)``.
  /// - Throws: ``LocalArchiveError`` of kind `invalidRow` for a row without name or a path that leaves the archive; then nothing
  ///   is added.
  public func add(
    observations: [Observation] = [], products: [Product] = [], keywordRows: [KeywordRow] = [],
    files: [StoredFile] = [], previousVersions: [FileVersion] = [], on day: ModifiedJulianDate? = nil
  ) throws(LocalArchiveError) {
    let contents = ArchiveContents(
      observations: observations, products: products, keywordRows: keywordRows, files: files,
      previousVersions: previousVersions)
    try add(contents, onConflict: .replace, on: day)
  }

  /// Adds rows and files in one transaction.
  /// - Parameters:
  ///   - contents: the rows and files.
  ///   - conflict: what becomes of observations and products that are already there.
  ///   - day: when the rows came.
  func add(
    _ contents: ArchiveContents, onConflict conflict: ArchiveTable.Conflict, on day: ModifiedJulianDate?
  ) throws(LocalArchiveError) {
    try write { db in
      let observationWriter = try ObservationWriter(db, onConflict: conflict)
      var touched: Set<Int64> = []
      for observation in contents.observations { touched.insert(try observationWriter.write(observation, on: day)) }
      let productWriter = try ProductWriter(db, onConflict: conflict)
      for product in contents.products {
        try productWriter.write(product)
        if let parent = product.parent_obsid { touched.insert(parent) }
      }
      let keywordWriter = KeywordWriter(db)
      for row in contents.keywordRows { try keywordWriter.write(row) }
      let versionWriter = try FileVersionWriter(db)
      for version in contents.previousVersions { try versionWriter.write(version) }
      for file in contents.files { try add(file, db) }
      let names = Set(
        contents.keywordRows.compactMap(\.filename) + contents.files.map(\.name)
          + contents.previousVersions.map(\.filename))
      for name in names {
        let statement = try db.cachedStatement(sql: "SELECT parent_obsid FROM products WHERE productFilename = ?")
        touched.formUnion(try Int64.fetchAll(statement, arguments: [name]))
      }
      try CAOMDerivation(db).derive(touched.sorted())
    }
  }

  /// Notes where a file lies.
  func add(_ file: StoredFile, _ db: Database) throws {
    guard file.hasSafePath else {
      throw LocalArchiveError(
        .invalidRow, "The path '\(file.relativePath)' of file '\(file.name)' leads out of the archive.", path: path)
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: filesPath + "/" + file.relativePath)
    let modified = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970
    try db.cachedStatement(
      sql: """
        INSERT INTO files (name, path, size, md5, mtime) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
        path = excluded.path, size = excluded.size, md5 = excluded.md5, mtime = excluded.mtime
        """
    ).execute(arguments: [
      file.name, file.relativePath, file.size, file.md5, modified.flatMap { Int64(exactly: $0.rounded(.down)) },
    ])
  }
}
