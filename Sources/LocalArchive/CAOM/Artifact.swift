internal import GRDB

/// One file of the archive: a row of `jwst.artifact`. A file that several observations list belongs to the one that made it.
struct Artifact {
  var uri: String
  /// Key of its plane.
  var plane: Int64
  var obsid: String
  var planeid: String
  var filename: String?
  var producttype: String?
  var contenttype: String?
  /// Bytes.
  var contentlength: Int64?
  /// `md5:` and 32 hexadecimal digits.
  var contentchecksum: String?
  /// A time as DALI writes it, UTC.
  var contentrelease: String?

  static let creationSQL = """
    CREATE TABLE artifacts (
      "key" INTEGER PRIMARY KEY, uri TEXT NOT NULL, plane INTEGER NOT NULL, obsid TEXT NOT NULL, planeid TEXT NOT NULL,
      artifactid TEXT NOT NULL, filename TEXT, producttype TEXT, contenttype TEXT, contentlength INTEGER,
      contentchecksum TEXT, contentrelease TEXT
    )
    """

  static let indexes: [(name: String, sql: String)] = [
    ("artifacts_uri", "CREATE UNIQUE INDEX artifacts_uri ON artifacts (uri)"),
    ("artifacts_plane", "CREATE INDEX artifacts_plane ON artifacts (plane)"),
    ("artifacts_planeid", "CREATE INDEX artifacts_planeid ON artifacts (planeid)"),
    ("artifacts_obsid", "CREATE INDEX artifacts_obsid ON artifacts (obsid)"),
    ("artifacts_artifactid", "CREATE INDEX artifacts_artifactid ON artifacts (artifactid)"),
    ("artifacts_filename", "CREATE INDEX artifacts_filename ON artifacts (filename)"),
  ]
}

/// Writes artifacts inside one transaction.
struct ArtifactWriter: ~Copyable {
  private var binder: StatementBinder

  init(_ db: Database) throws {
    let names = [
      "uri", "plane", "obsid", "planeid", "artifactid", "filename", "producttype", "contenttype", "contentlength",
      "contentchecksum", "contentrelease",
    ]
    let updates = names.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    binder = try StatementBinder(
      db,
      sql: """
        INSERT INTO artifacts (\(names.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (uri) DO UPDATE SET \(updates)
        """)
  }

  /// Inserts an artifact or brings it up to date.
  mutating func write(_ artifact: Artifact) throws {
    binder.bind(artifact.uri)
    binder.bind(artifact.plane)
    binder.bind(artifact.obsid)
    binder.bind(artifact.planeid)
    binder.bind(CAOMIdentifier.uuid(artifact.uri))
    binder.bind(artifact.filename)
    binder.bind(artifact.producttype)
    binder.bind(artifact.contenttype)
    binder.bind(artifact.contentlength)
    binder.bind(artifact.contentchecksum)
    binder.bind(artifact.contentrelease)
    try binder.run()
  }
}
