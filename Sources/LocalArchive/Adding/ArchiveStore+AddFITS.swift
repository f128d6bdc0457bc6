internal import GRDB
internal import Holdings
public import SkyGeometry
internal import TableIO

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension ArchiveStore {
  /// Takes a JWST file in FITS into the archive: a copy of its bytes, its keywords, its footprint and its MD5.
  ///
  /// Observation and product follow from the keywords, as in ``importMASTKeywords(paths:on:progress:)``; where the archive knows that a
  /// file is held back, it stays so. A file of the same name is replaced.
  /// - Parameters:
  ///   - path: the file; its name tells observation and kind, and has to follow JWST's rules.
  ///   - day: today; what is released later counts as exclusive.
  /// - Returns: the file as the archive holds it.
  /// - Throws: ``LocalArchiveError`` of kind `unreadableImport` for what is not a FITS file of JWST, `cannotAccess` where it cannot be copied.
  @discardableResult
  public func addFITSFile(path: String, on day: ModifiedJulianDate) throws(LocalArchiveError) -> StoredFile {
    let filename = path.split(separator: "/").last.map(String.init) ?? path
    guard let name = JWSTName(filename), name.suffix != nil, name.fileExtension.lowercased() == "fits" else {
      throw LocalArchiveError(
        .unreadableImport,
        "'\(filename.prefix(80))' is not the name of a FITS file of JWST, such as jw01410020001_02101_00001_nrca1_cal.fits.",
        path: path)
    }
    let folder = name.program.padded(to: 5)
    let place = filesPath + "/" + folder + "/" + filename
    let part = place + ".part"
    defer { unlink(part) }
    do {
      try FileManager.default.createDirectory(atPath: filesPath + "/" + folder, withIntermediateDirectories: true)
      unlink(part)
      try FileManager.default.copyItem(atPath: path, toPath: part)
    } catch {
      throw LocalArchiveError(
        .cannotAccess, "The file cannot be copied into the archive. Check that it is there and that there is room.",
        path: path, cause: error)
    }
    let scan: FITSHeaderScan
    do { scan = try FITSHeaderScan(path: part) } catch {
      guard var error = error as? LocalArchiveError else {
        throw LocalArchiveError(.unreadableImport, "The file cannot be read: \(error)", path: path, cause: error)
      }
      error.path = path
      throw error
    }
    guard let row = KeywordRow(scan, name: name, filename: filename) else {
      throw LocalArchiveError(
        .unreadableImport, "The file's header names no instrument of JWST (INSTRUME), so it is not one of its files.",
        path: path)
    }
    guard rename(part, place) == 0 else {
      throw LocalArchiveError(
        .cannotAccess, "The copy cannot get its name (\(String(cString: strerror(errno)))).", path: place)
    }
    let file = StoredFile(name: filename, relativePath: folder + "/" + filename, size: scan.size, md5: scan.md5)
    try write { db in
      try KeywordWriter(db).write(row)
      try add(file, db)
      var derivation = try KeywordDerivation(db, day: day)
      derivation.keepsRights = true
      try derivation.note(filename, name: name, service: row.service)
      try derivation.finish()
    }
    return file
  }
}
