internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A folder that holds an archive: observations, products and keywords in a database, and the files themselves.
///
///     let store = try ArchiveStore.create(at: folder)
///     try store.importMASTKeywords(paths: ["nircam.csv.gz"], on: today)
///     let rows = try store.observations(matching: [Filter("proposal_id", values: ["1410"])])
///
/// The folder has `webb.sqlite`, `files/` and, where files are protected, `tokens.json`. A new folder and a new database are for their
/// owner only; an older database becomes so when it gets users. A store may be used from many threads, and several processes may
/// have the same folder open, such as one that adds files beside one that serves.
public struct ArchiveStore: Sendable {
  /// A clock that only goes forward, from any zero.
  public typealias Uptime = @Sendable () -> Duration

  /// The machine's clock.
  public static let systemUptime: Uptime = {
    let start = ContinuousClock.now
    return { ContinuousClock.now - start }
  }()

  /// The folder of the archive.
  public let path: String
  let pool: DatabasePool
  let queries: QueryPool

  /// Opens the archive in a folder.
  /// - Parameters:
  ///   - path: the folder.
  ///   - uptime: the clock by which queries have their time.
  /// - Throws: ``LocalArchiveError`` of kind `notFound` when there is none.
  public static func open(
    at path: String, uptime: @escaping Uptime = systemUptime
  ) throws(LocalArchiveError) -> ArchiveStore {
    guard FileManager.default.fileExists(atPath: path + "/webb.sqlite") else {
      throw LocalArchiveError(
        .notFound, "This folder holds no archive. Make one first, or name another folder.", path: path)
    }
    return try ArchiveStore(path: path, uptime: uptime)
  }

  /// Opens the archive in a folder, after making the folder and an empty archive where there is none.
  /// - Parameters:
  ///   - path: the folder.
  ///   - uptime: the clock by which queries have their time.
  public static func create(
    at path: String, uptime: @escaping Uptime = systemUptime
  ) throws(LocalArchiveError) -> ArchiveStore {
    do {
      try Self.makeFolder(path)
      try FileManager.default.createDirectory(atPath: path + "/files", withIntermediateDirectories: true)
      Self.makeDatabaseFile(path + "/webb.sqlite")
    } catch {
      throw LocalArchiveError(
        .cannotAccess, "The archive's folder cannot be made. Check the path and its permissions.", path: path,
        cause: error)
    }
    return try ArchiveStore(path: path, uptime: uptime)
  }

  private init(path: String, uptime: @escaping Uptime) throws(LocalArchiveError) {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")
        // Columns of users' tables were once in this order, and are brought out of it by a migration.
        if let handle = db.sqliteConnection { TimestampText.registerCollation(on: handle) }
      }
      pool = try DatabasePool(path: path + "/webb.sqlite", configuration: configuration)
      try Self.migrator.migrate(pool)
      try pool.write { db in
        try Self.addNewColumns(db)
        try Self.prepareCatalogue(db)
        if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM users)") == true {
          Self.keepToOwner(path)
        }
      }
      queries = QueryPool(path: path + "/webb.sqlite", uptime: uptime)
    } catch {
      throw LocalArchiveError(wrapping: error, path: path)
    }
  }

  /// Closes the database; later calls on this store fail.
  public func close() throws(LocalArchiveError) {
    queries.close()
    do { try pool.close() } catch { throw LocalArchiveError(wrapping: error, path: path) }
  }

  /// Runs queries on a consistent state of the database.
  func read<T>(_ body: (Database) throws -> T) throws(LocalArchiveError) -> T {
    do { return try pool.read(body) } catch { throw LocalArchiveError(wrapping: error, path: path) }
  }

  /// Runs changes in one transaction.
  func write<T>(_ body: (Database) throws -> T) throws(LocalArchiveError) -> T {
    do { return try pool.write(body) } catch { throw LocalArchiveError(wrapping: error, path: path) }
  }
}
