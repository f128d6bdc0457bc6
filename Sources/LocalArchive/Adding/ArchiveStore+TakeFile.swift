internal import Holdings

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

/// How a file on disk comes into an archive.
public enum FileTaking: Sendable, Hashable {
  /// Its bytes are copied.
  case copying
  /// It gets a second name in the archive (a hard link) and takes no more room; where the file systems do not allow that, it is
  /// copied. For files that are only ever replaced, never changed in place.
  case linking
}

extension ArchiveStore {
  /// Takes a file that belongs to a product into the archive, whatever it holds: a picture, a table, a text.
  ///
  /// A file of the same name is replaced. For files in FITS, whose headers say more, see ``addFITSFile(path:on:by:)``.
  /// - Parameters:
  ///   - path: the file; its name has to follow JWST's rules.
  ///   - md5: MD5 of its bytes, 32 hexadecimal digits in lower case, when known.
  ///   - taking: how it comes in.
  /// - Returns: the file as the archive holds it.
  /// - Throws: ``LocalArchiveError`` of kind `unreadableImport` for another name, `cannotAccess` where the file cannot be taken.
  @discardableResult
  public func addFile(path: String, md5: String?, by taking: FileTaking = .copying) throws(LocalArchiveError)
    -> StoredFile
  {
    let incoming = try IncomingFile(path: path, to: self, by: taking)
    defer { incoming.discard() }
    var status = stat()
    guard stat(incoming.part, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw LocalArchiveError(.cannotAccess, "It is not a regular file.", path: path)
    }
    try incoming.finish()
    let file = StoredFile(
      name: incoming.filename, relativePath: incoming.relativePath, size: Int64(status.st_size), md5: md5)
    try add(files: [file])
    return file
  }
}

/// A file on its way into an archive: under a name of its own until it is known to be good.
struct IncomingFile {
  let filename: String
  let name: JWSTName
  /// Below the archive's `files` folder.
  let relativePath: String
  /// Where the bytes are until ``finish()``.
  let part: String
  private let place: String

  init(path: String, to store: ArchiveStore, by taking: FileTaking) throws(LocalArchiveError) {
    filename = path.split(separator: "/").last.map(String.init) ?? path
    guard let name = JWSTName(filename), name.suffix != nil else {
      throw LocalArchiveError(
        .unreadableImport,
        "'\(filename.prefix(80))' is not the name of a file of JWST, such as jw01410020001_02101_00001_nrca1_cal.fits.",
        path: path)
    }
    self.name = name
    let folder = name.program.padded(to: 5)
    relativePath = folder + "/" + filename
    place = store.filesPath + "/" + relativePath
    part = place + ".part"
    do {
      try FileManager.default.createDirectory(
        atPath: store.filesPath + "/" + folder, withIntermediateDirectories: true)
      unlink(part)
      if taking == .copying || link(path, part) != 0 { try FileManager.default.copyItem(atPath: path, toPath: part) }
    } catch {
      throw LocalArchiveError(
        .cannotAccess, "The file cannot be copied into the archive. Check that it is there and that there is room.",
        path: path, cause: error)
    }
  }

  /// Gives the file its name in the archive.
  func finish() throws(LocalArchiveError) {
    guard rename(part, place) == 0 else {
      throw LocalArchiveError(
        .cannotAccess, "The file cannot get its name in the archive (\(String(cString: strerror(errno)))).", path: place
      )
    }
  }

  /// Takes away what has not been finished. Two names of one file are not renamed into each other, so one may be left even then.
  func discard() { unlink(part) }
}
