internal import GRDB

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The memory of a directory: which files it holds, in which versions, and what was asked for. One small SQLite file in it.
///
///     let store = try MirrorStore.create(in: "/data/jwst")
///     try store.remember(question: ["--propID", "2731"])
///     let files = try store.files()
public struct MirrorStore: Sendable {
  /// Absolute path of the directory.
  public let folder: String
  let queue: DatabaseQueue

  /// Name of the file in the directory.
  public static let fileName = ".webb-mirror.sqlite"

  /// Whether a directory has a memory.
  public static func exists(in folder: String) -> Bool { access(folder + "/" + fileName, F_OK) == 0 }

  /// Opens the memory of a directory.
  /// - Parameter folder: absolute path of the directory.
  /// - Throws: ``MirroringError``; `.notAMirror` when there is none, `.tooNew` when a later version made it.
  public static func open(in folder: String) throws(MirroringError) -> MirrorStore {
    guard exists(in: folder) else {
      throw MirroringError(
        .notAMirror, "This directory has no memory of an archive: bring it in step with one first.", path: folder)
    }
    return try MirrorStore(folder: folder)
  }

  /// Opens the memory of a directory; directory and memory are made where they are missing.
  /// - Parameter folder: absolute path of the directory.
  public static func create(in folder: String) throws(MirroringError) -> MirrorStore {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/" + part
      guard mkdir(path, 0o755) == 0 || [EEXIST, EISDIR, EACCES, EROFS, EPERM].contains(errno) else { break }
    }
    guard access(folder, W_OK | X_OK) == 0 else {
      throw MirroringError(
        .cannotAccess, "The directory cannot be made or written to: \(String(cString: strerror(errno))).",
        path: folder)
    }
    return try MirrorStore(folder: folder)
  }

  private init(folder: String) throws(MirroringError) {
    self.folder = folder
    let path = folder + "/" + Self.fileName
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      // A disk that cannot be written to can still be checked.
      configuration.readonly = access(path, F_OK) == 0 && access(path, W_OK) != 0
      // The journal is a plain one: directories of data lie on network disks too, where a write-ahead log does not work.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      let isTooNew = try queue.read { try Self.migrator.hasBeenSuperseded($0) }
      guard !isTooNew else {
        throw MirroringError(
          .tooNew, "The memory of this directory was written by a later version of webb: use that one.", path: path)
      }
      if !configuration.readonly { try Self.migrator.migrate(queue) }
    } catch {
      throw MirroringError(wrapping: error, path: path)
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("first tables") { db in
      try db.execute(
        sql: """
          CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE questions (id INTEGER PRIMARY KEY, words TEXT NOT NULL UNIQUE);
          CREATE TABLE files (
            path TEXT PRIMARY KEY, name TEXT NOT NULL, uri TEXT NOT NULL, size INTEGER NOT NULL,
            modified INTEGER NOT NULL, md5 TEXT, listedSize INTEGER, listedMD5 TEXT, archiveFileID INTEGER,
            ingestDate REAL, certainty TEXT NOT NULL, isGone INTEGER NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE versions (
            path TEXT PRIMARY KEY, file TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, md5 TEXT,
            listedSize INTEGER, listedMD5 TEXT, archiveFileID INTEGER, ingestDate REAL
          ) WITHOUT ROWID;
          CREATE TABLE transfers (path TEXT PRIMARY KEY) WITHOUT ROWID;
          """)
    }
    return migrator
  }

  func read<T>(_ body: (Database) throws -> T) throws(MirroringError) -> T {
    do { return try queue.read(body) } catch {
      throw MirroringError(wrapping: error, path: folder + "/" + Self.fileName)
    }
  }

  func write<T>(_ body: (Database) throws -> T) throws(MirroringError) -> T {
    do { return try queue.write(body) } catch {
      throw MirroringError(wrapping: error, path: folder + "/" + Self.fileName)
    }
  }
}
