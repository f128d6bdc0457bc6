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
  /// Makes the archive's folder, for its owner only; one that is there stays as it is.
  static func makeFolder(_ path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
  }

  /// Makes an empty database, for its owner only; one that is there stays as it is. SQLite gives the files beside a database the
  /// permissions of the database.
  static func makeDatabaseFile(_ path: String) {
    makeEmptyFile(path)
  }

  /// Takes the right to read the database from everybody but its owner: it has passwords' hashes and what users ask and keep. What
  /// belongs to somebody else stays as it is.
  static func keepToOwner(_ path: String) {
    for ending in ["", "-wal", "-shm"] { _ = chmod(path + "/webb.sqlite" + ending, 0o600) }
  }
}

/// Makes a file that is not there, for its owner only. Where that fails, whoever opens it will say why.
///
/// It stands outside the store, which has an `open` of its own in place of the system's.
private func makeEmptyFile(_ path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  if descriptor >= 0 { close(descriptor) }
}
