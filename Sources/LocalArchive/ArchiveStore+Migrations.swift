internal import GRDB

extension ArchiveStore {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("first tables") { db in
      for table in ArchiveTable.all { try db.execute(sql: table.creationSQL) }
      try db.execute(
        sql: """
          CREATE UNIQUE INDEX observations_obsid ON observations (obsid);
          CREATE INDEX observations_program ON observations (ltrim(proposal_id, '0'));
          CREATE INDEX observations_start ON observations (t_min);
          CREATE INDEX products_parent ON products (parent_obsid);
          CREATE INDEX products_filename ON products (productFilename);
          CREATE TABLE footprints (
            obsid INTEGER PRIMARY KEY, size INTEGER NOT NULL, zone INTEGER NOT NULL,
            ra REAL NOT NULL, dec REAL NOT NULL, radius REAL NOT NULL
          );
          CREATE INDEX footprints_zone ON footprints (size, zone, ra, dec, radius);
          CREATE TABLE files (
            name TEXT PRIMARY KEY, path TEXT NOT NULL, size INTEGER NOT NULL, md5 TEXT, mtime INTEGER
          ) WITHOUT ROWID;
          CREATE TABLE file_versions (
            filename TEXT NOT NULL, archiveFileID INTEGER NOT NULL, checksum TEXT NOT NULL, size INTEGER NOT NULL,
            cal_ver TEXT, crds_ctx TEXT, ingestCompletionDate_mjd REAL, PRIMARY KEY (filename, archiveFileID)
          ) WITHOUT ROWID;
          """)
      for table in ArchiveTable.all where table.name.hasPrefix("keywords_") {
        try db.execute(sql: "CREATE INDEX \(table.name)_program ON \(table.quotedName) (program)")
      }
    }
    registerCatalogue(&migrator)
    migrator.registerMigration("jobs", migrate: createJobs)
    migrator.registerMigration("users", migrate: addUsers)
    migrator.registerMigration("plan") { db in
      try db.execute(sql: "ALTER TABLE observations ADD COLUMN planned_on REAL")
    }
    migrator.registerMigration("one form of times", migrate: writeTimesAlike)
    migrator.registerMigration("session tokens", migrate: addSessionTokens)
    migrator.registerMigration("lists of jobs", migrate: addJobList)
    return migrator
  }

  /// MAST adds keyword columns from time to time; an archive made before then gets them when it is opened.
  static func addNewColumns(_ db: Database) throws {
    for table in ArchiveTable.all {
      let present = Set(try db.columns(in: table.name).map { $0.name.lowercased() })
      for column in table.columns where !present.contains(column.name.lowercased()) {
        try db.execute(
          sql: "ALTER TABLE \(table.quotedName) ADD COLUMN \(ArchiveTable.quoted(column.name)) \(column.storage)")
      }
    }
  }
}
