internal import GRDB

extension ArchiveStore {
  /// The planes that a text identifies: by key, by publisher identifier, by URI, or, all of an observation, by its name or URI.
  /// - Returns: none when nothing is called so.
  public func planes(identifiedBy text: String) throws(LocalArchiveError) -> [ArchivePlane] {
    try read { try ArchivePlane.identified(by: text, $0) }
  }

  /// The planes from which others of the archive were made, and those that were made from it.
  /// - Parameter plane: the plane in the middle.
  /// - Returns: each no more than `limit` long, lower and higher levels of the observation, its members, and what it is a member of.
  public func relatives(
    of plane: ArchivePlane, limit: Int = 1000
  ) throws(LocalArchiveError) -> (progenitors: [ArchivePlane], derivations: [ArchivePlane]) {
    try read { db in
      let level = plane.level ?? -1
      let observation = CAOMIdentifier.observationURI(plane.observationID)
      let lower = try ArchivePlane.fetch(
        db, "obsid = ? AND calibrationlevel < ? ORDER BY calibrationlevel", [plane.obsID, level])
      let members = try ArchivePlane.fetch(
        db,
        """
        observationid IN (SELECT substr(memberid, 11) FROM members WHERE parentid = ?) AND calibrationlevel = max_cal_level
        ORDER BY observationid LIMIT ?
        """, [plane.obsID, limit])
      let higher = try ArchivePlane.fetch(
        db, "obsid = ? AND calibrationlevel > ? ORDER BY calibrationlevel", [plane.obsID, level])
      let composites = try ArchivePlane.fetch(
        db,
        """
        obsid IN (SELECT parentid FROM members WHERE memberid = ?) AND calibrationlevel = max_cal_level
        ORDER BY observationid LIMIT ?
        """, [observation, limit])
      return (Array((lower + members).prefix(limit)), Array((higher + composites).prefix(limit)))
    }
  }

  /// The files of planes, each once, plane by plane in the order of the planes and by name within.
  /// - Parameters:
  ///   - identifiers: texts that identify planes; see ``planes(identifiedBy:)``.
  ///   - scope: which planes besides or instead of those.
  ///   - types: what the files must be for, in lower case; anything when empty.
  /// - Throws: ``LocalArchiveError`` of kind `unknownItem` when a text identifies nothing, `unsuitableValue` when there are too many planes.
  public func artifacts(
    ofPlanes identifiers: [String], scope: PlaneScope = .selected, types: Set<String> = []
  ) throws(LocalArchiveError) -> [ArchiveArtifact] {
    try read { db in
      var named: [ArchivePlane] = []
      for text in identifiers {
        let found = try ArchivePlane.identified(by: text, db)
        guard !found.isEmpty else {
          throw LocalArchiveError(.unknownItem, "The archive has no plane '\(ArchiveUser.line(text, longest: 80))'.")
        }
        named += found
      }
      let planes = try Self.planes(named, scope, db)
      guard planes.count <= Self.planeLimit else {
        throw LocalArchiveError(
          .unsuitableValue, "The request is for \(planes.count) planes; \(Self.planeLimit) can be had at a time.")
      }
      var uris: Set<String> = []
      return try planes.flatMap { try ArchiveArtifact.fetch(db, "a.planeid = ?", [$0.planeID]) }.filter { artifact in
        (types.isEmpty || types.contains(artifact.productType?.lowercased() ?? ""))
          && uris.insert(artifact.uri).inserted
      }
    }
  }

  /// The most planes whose files are given at a time.
  static let planeLimit = 10_000

  private static func planes(_ named: [ArchivePlane], _ scope: PlaneScope, _ db: Database) throws -> [ArchivePlane] {
    var known: Set<String> = []
    var planes: [ArchivePlane] = []
    for plane in named {
      guard scope != .selected else {
        if known.insert(plane.planeID).inserted { planes.append(plane) }
        continue
      }
      let below = try ArchivePlane.fetch(
        db, "obsid = ? AND calibrationlevel <= ? ORDER BY calibrationlevel DESC", [plane.obsID, plane.level])
      let members = try ArchivePlane.fetch(
        db,
        """
        observationid IN (SELECT substr(memberid, 11) FROM members WHERE parentid = ?)
        ORDER BY observationid, calibrationlevel DESC
        """, [plane.obsID])
      for found in [plane] + below + members where known.insert(found.planeID).inserted {
        if case .level(let level) = scope, found.level != level { continue }
        planes.append(found)
      }
    }
    return planes
  }

  /// A file by its key, its URI or its name.
  /// - Returns: `nil` when nothing is called so.
  public func artifact(identifiedBy text: String) throws(LocalArchiveError) -> ArchiveArtifact? {
    try read { db in
      try ArchiveArtifact.fetch(db, "a.artifactid = ?", [text.lowercased()]).first
        ?? ArchiveArtifact.fetch(db, "a.uri = ?", [text]).first
        ?? ArchiveArtifact.fetch(db, "a.filename = ?", [text]).first
    }
  }
}

extension ArchivePlane {
  private static let columns = "planeid, obsid, observationid, calibrationlevel, proposal_id"

  /// Planes that fulfil a condition.
  static func fetch(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> [ArchivePlane] {
    let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM planes WHERE \(condition)")
    return try Row.fetchAll(statement, arguments: arguments).map(ArchivePlane.init)
  }

  private init(row: Row) {
    self.init(planeID: row[0], obsID: row[1], observationID: row[2], level: row[3], proposalID: row[4])
  }

  static func identified(by text: String, _ db: Database) throws -> [ArchivePlane] {
    let byKey = try fetch(db, "planeid = ?", [text.lowercased()])
    if !byKey.isEmpty { return byKey }
    let uri = CAOMIdentifier.planeURI(ofPublisherID: text) ?? text
    let byURI = try fetch(db, "planeid = ?", [CAOMIdentifier.uuid(uri)])
    if !byURI.isEmpty { return byURI }
    let name = uri.hasPrefix(CAOMIdentifier.observationURI("")) ? String(uri.dropFirst(10)) : uri
    return try fetch(db, "observationid = ? ORDER BY calibrationlevel DESC", [name])
  }
}

extension ArchiveArtifact {
  /// Files that fulfil a condition on `artifacts a`.
  static func fetch(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> [ArchiveArtifact] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT a.artifactid, a.uri, a.filename, a.producttype, a.contenttype, a.contentlength, f.name, f.path, f.size,
        f.md5, \(FileRights.selection(uri: "a.uri", name: "a.filename")),
        p.planeid, p.obsid, p.observationid, p.calibrationlevel, p.proposal_id
        FROM artifacts a JOIN planes p ON p.planeid = a.planeid LEFT JOIN files f ON f.name = a.filename
        WHERE \(condition) ORDER BY a.filename, a.uri
        """)
    return try Row.fetchAll(statement, arguments: arguments).map { row in
      let uri: String = row[1]
      let file = (row[6] as String?).map { StoredFile(name: $0, relativePath: row[7], size: row[8], md5: row[9]) }
      return ArchiveArtifact(
        artifactID: row[0], uri: uri, fileName: row[2] ?? String(uri.split(separator: "/").last ?? "file"),
        productType: row[3], contentType: row[4], contentLength: row[5], rights: FileRights(row[10]),
        plane: ArchivePlane(
          planeID: row[11], obsID: row[12], observationID: row[13], level: row[14], proposalID: row[15]), file: file)
    }
  }
}
