internal import GRDB
public import Holdings

extension ArchiveStore {
  /// The folder with the archive's files.
  public var filesPath: String { path + "/files" }

  /// What the archive knows of a file that someone wants to have.
  public struct FileEntry: Sendable, Hashable {
    /// The product, as one of its observations lists it.
    public var product: Product
    /// Who may have the file.
    public var rights: FileRights
    /// The file on disk, `nil` when the archive knows the file but does not hold it.
    public var file: StoredFile?

    /// Whether anybody holds the file back: then only holders of a right may have it.
    public var isExclusive: Bool { rights.isExclusive }
  }

  /// Looks up a file by its URI, for example `mast:JWST/product/jw01410020001_02101_00001_nrca1_uncal.fits`.
  /// - Returns: `nil` when no product has this URI.
  public func file(uri: String) throws(LocalArchiveError) -> FileEntry? {
    try read { db in
      let columns = ArchiveTable.products.columns
      let names = columns.map { ArchiveTable.quoted($0.name) }.joined(separator: ", ")
      let row = try Row.fetchOne(
        db, sql: "SELECT \(names) FROM products WHERE dataURI = ? ORDER BY \"row\" LIMIT 1", arguments: [uri])
      guard let row else { return nil }
      let product = Product(row: row, columns: columns)
      let name = product.productFilename ?? String(uri.split(separator: "/").last ?? "")
      let rights = try String.fetchOne(
        db, sql: "SELECT " + FileRights.selection(uri: "?1", name: "?2"), arguments: [uri, name])
      return FileEntry(product: product, rights: FileRights(rights), file: try Self.file(name: name, db))
    }
  }

  /// Looks up a file on disk by its name.
  public func file(name: String) throws(LocalArchiveError) -> StoredFile? {
    try read { try Self.file(name: name, $0) }
  }

  /// The versions of a file that the archive has seen, oldest first.
  public func versions(ofFile name: String) throws(LocalArchiveError) -> [FileVersion] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT filename, archiveFileID, checksum, size, cal_ver, crds_ctx, ingestCompletionDate_mjd
          FROM file_versions WHERE filename = ? ORDER BY archiveFileID
          """, arguments: [name]
      ).map {
        FileVersion(
          filename: $0[0], archiveFileID: $0[1], checksum: $0[2], size: $0[3], cal_ver: $0[4], crds_ctx: $0[5],
          ingestCompletionDate_mjd: $0[6])
      }
    }
  }

  /// Where a stored file lies; `nil` when its path would leave the archive.
  public func path(of file: StoredFile) -> String? {
    file.hasSafePath ? filesPath + "/" + file.relativePath : nil
  }

  private static func file(name: String, _ db: Database) throws -> StoredFile? {
    try Row.fetchOne(db, sql: "SELECT name, path, size, md5 FROM files WHERE name = ?", arguments: [name]).map {
      StoredFile(name: $0[0], relativePath: $0[1], size: $0[2], md5: $0[3])
    }
  }
}

extension ArchiveRow {
  /// Reads a row that was selected with all columns in order.
  init(row: Row, columns: [ArchiveTable.Column]) {
    self.init()
    for (position, column) in columns.enumerated() {
      let cell = column.cell(row[position])
      if cell != .null { Self.columns[position].store(&self, cell) }
    }
  }
}
