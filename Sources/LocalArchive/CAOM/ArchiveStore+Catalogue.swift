internal import GRDB

extension ArchiveStore {
  /// The tables that queries see in every archive.
  public var schema: ArchiveSchema { .standard }

  /// The address below which a service offers this archive, without a slash at the end; what `access_url` in `ivoa.obscore` begins with.
  /// Empty until a service has set it, so that the address is a path.
  public func serviceAddress() throws(LocalArchiveError) -> String {
    try read { db in try Self.setting("service", db) ?? "" }
  }

  /// Sets the address below which a service offers this archive.
  /// - Parameter address: an address such as `http://127.0.0.1:8080`; slashes at its end are left out.
  public func setServiceAddress(_ address: String) throws(LocalArchiveError) {
    var address = address
    while address.hasSuffix("/") { address.removeLast() }
    let known = try serviceAddress()
    guard known != address else { return }
    try write { db in try Self.set("service", address, db) }
  }

  /// Derives planes, artifacts and the rest from all observations and products, as after a change of the rules.
  package func rebuildCatalogue() throws(LocalArchiveError) {
    try write { db in try CAOMDerivation(db).deriveAll() }
  }

  /// Tables below the views.
  static func registerCatalogue(_ migrator: inout DatabaseMigrator) {
    migrator.registerMigration("planes and artifacts") { db in
      try db.execute(
        sql: """
          CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
          INSERT INTO settings VALUES ('service', '');
          ALTER TABLE observations ADD COLUMN obs_uuid TEXT;
          ALTER TABLE observations ADD COLUMN typecode TEXT;
          CREATE INDEX observations_uuid ON observations (obs_uuid);
          \(PlaneTable.creationSQL);
          \(Artifact.creationSQL);
          CREATE TABLE members (
            "key" INTEGER PRIMARY KEY, parent INTEGER NOT NULL, parentid TEXT NOT NULL, memberid TEXT NOT NULL
          );
          CREATE INDEX members_parent ON members (parent);
          CREATE INDEX members_parentid ON members (parentid);
          CREATE INDEX members_memberid ON members (memberid);
          CREATE TABLE inputs (
            "key" INTEGER PRIMARY KEY, plane INTEGER NOT NULL, outputid TEXT NOT NULL, inputid TEXT NOT NULL
          );
          CREATE INDEX inputs_plane ON inputs (plane);
          CREATE INDEX inputs_outputid ON inputs (outputid);
          CREATE INDEX inputs_inputid ON inputs (inputid);
          """)
      for index in PlaneTable.indexes + Artifact.indexes { try db.execute(sql: index.sql) }
    }
    migrator.registerMigration("positions with what lists show") { db in
      try db.execute(sql: "DROP INDEX planes_position")
      for index in PlaneTable.indexes where index.name == "planes_position" { try db.execute(sql: index.sql) }
    }
  }

  /// Makes the views and the rows of `TAP_SCHEMA`, and derives planes where the archive was made before there were any, or by other rules.
  static func prepareCatalogue(_ db: Database) throws {
    let views = CatalogueView.all.map(\.creationSQL)
    let rows = TAPSchemaRows(.standard)
    let layout = CAOMIdentifier.uuid((views + rows.rows.map { "\($0)" }).joined(separator: "\n"))
    if try setting("layout", db) != layout {
      let old = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_master
          WHERE type = 'view' AND (name LIKE 'jwst.%' OR name LIKE 'ivoa.%')
          """)
      for view in old { try db.execute(sql: "DROP VIEW \(ArchiveTable.quoted(view))") }
      for sql in views { try db.execute(sql: sql) }
      for table in TAPSchemaTables.tables {
        try db.execute(sql: "DROP TABLE IF EXISTS \(ArchiveTable.quoted(table.name)); \(table.creationSQL)")
      }
      try rows.write(db)
      try set("layout", layout, db)
    }
    if try setting("rules", db) != derivationRules {
      try CAOMDerivation(db).deriveAll()
      try set("rules", derivationRules, db)
    }
  }

  /// Number of the rules by which planes are derived; another one makes them anew when an archive is opened.
  private static let derivationRules = "1"

  private static func setting(_ name: String, _ db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name])
  }

  private static func set(_ name: String, _ value: String, _ db: Database) throws {
    try db.execute(sql: "INSERT OR REPLACE INTO settings VALUES (?, ?)", arguments: [name, value])
  }
}
