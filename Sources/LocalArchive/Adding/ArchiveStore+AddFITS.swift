internal import GRDB
internal import Holdings
public import SkyGeometry

extension ArchiveStore {
  /// Takes a JWST file in FITS into the archive: its bytes, its keywords, its footprint and its MD5.
  ///
  /// Observation and product follow from the keywords, as in ``importMASTKeywords(paths:on:progress:)``; where the archive knows that a
  /// file, or the observation of a new one, is held back, it stays so. A file of the same name is replaced.
  /// - Parameters:
  ///   - path: the file; its name tells observation and kind, and has to follow JWST's rules.
  ///   - day: today; what is released later counts as exclusive.
  ///   - taking: how its bytes come in.
  /// - Returns: the file as the archive holds it.
  /// - Throws: ``LocalArchiveError`` of kind `unreadableImport` for what is not a FITS file of JWST, `cannotAccess` where it cannot be copied.
  @discardableResult
  public func addFITSFile(
    path: String, on day: ModifiedJulianDate, by taking: FileTaking = .copying
  ) throws(LocalArchiveError) -> StoredFile {
    guard path.lowercased().hasSuffix(".fits") else {
      throw LocalArchiveError(
        .unreadableImport, "Only FITS files bring their rows with them: name files that end in .fits.", path: path)
    }
    let incoming = try IncomingFile(path: path, to: self, by: taking)
    defer { incoming.discard() }
    let filename = incoming.filename
    let scan: FITSHeaderScan
    do { scan = try FITSHeaderScan(path: incoming.part) } catch {
      guard var error = error as? LocalArchiveError else {
        throw LocalArchiveError(.unreadableImport, "The file cannot be read: \(error)", path: path, cause: error)
      }
      error.path = path
      throw error
    }
    guard let row = KeywordRow(scan, name: incoming.name, filename: filename) else {
      throw LocalArchiveError(
        .unreadableImport, "The file's header names no instrument of JWST (INSTRUME), so it is not one of its files.",
        path: path)
    }
    try incoming.finish()
    let file = StoredFile(name: filename, relativePath: incoming.relativePath, size: scan.size, md5: scan.md5)
    try write { db in
      try KeywordWriter(db).write(row)
      try add(file, db)
      var derivation = try KeywordDerivation(db, day: day)
      try derivation.note(filename, name: incoming.name, service: row.service)
      try derivation.finish()
    }
    return file
  }
}
