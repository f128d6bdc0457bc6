internal import GRDB

extension MirrorStore {
  /// The known files by path.
  /// - Throws: ``MirroringError`` of kind `.unsafePath` when the memory holds a path that leaves the directory.
  public func files() throws(MirroringError) -> [String: MirrorFile] {
    let files = try read { db in try FileRow.fetchAll(db).map(\.file) }
    try check(files.map(\.path))
    return Dictionary(files.map { ($0.path, $0) }) { $1 }
  }

  /// The versions that were kept, by path.
  public func versions() throws(MirroringError) -> [KeptVersion] {
    let versions = try read { db in try VersionRow.order(Column("path")).fetchAll(db).map(\.version) }
    try check(versions.map(\.path))
    return versions
  }

  /// Remembers files and forgets others, in one transaction.
  func update(saving files: [MirrorFile] = [], forgetting paths: [String] = []) throws(MirroringError) {
    guard !files.isEmpty || !paths.isEmpty else { return }
    try write { db in
      for file in files { try FileRow(file).insert(db) }
      for path in paths { _ = try FileRow.deleteOne(db, key: path) }
    }
  }

  /// Remembers a file whose transfer has ended well.
  func finish(_ file: MirrorFile) throws(MirroringError) {
    try write { db in
      try FileRow(file).insert(db)
      try db.execute(sql: "DELETE FROM transfers WHERE path = ?", arguments: [file.path])
    }
  }

  /// Remembers versions that are about to be kept.
  func save(_ versions: [KeptVersion]) throws(MirroringError) {
    guard !versions.isEmpty else { return }
    try write { db in for version in versions { try VersionRow(version).insert(db) } }
  }

  /// Forgets a version that was not kept after all.
  func forgetVersion(_ path: String) throws(MirroringError) {
    _ = try write { db in try VersionRow.deleteOne(db, key: path) }
  }

  /// The files whose transfers an earlier run began and did not end.
  func transfers() throws(MirroringError) -> [String] {
    let paths = try read { db in try String.fetchAll(db, sql: "SELECT path FROM transfers ORDER BY path") }
    try check(paths)
    return paths
  }

  /// Remembers which transfers are under way, in place of those of an earlier run.
  func replaceTransfers(_ paths: [String]) throws(MirroringError) {
    try write { db in
      try db.execute(sql: "DELETE FROM transfers")
      let statement = try db.cachedStatement(sql: "INSERT OR IGNORE INTO transfers (path) VALUES (?)")
      for path in paths { try statement.execute(arguments: [path]) }
    }
  }

  private func check(_ paths: [String]) throws(MirroringError) {
    guard let path = paths.first(where: { !MirrorPath.isSafe($0) }) else { return }
    throw MirroringError(
      .unsafePath,
      "The memory of this directory holds a path that leads out of it (\(path)): remove the file \(Self.fileName), and the next sync takes over what is there.",
      path: folder)
  }
}
