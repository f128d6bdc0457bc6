import TAP

/// The questions behind product lists, related observations and programmes.
enum ArchiveStatement {
  /// The planes of an observation with their levels.
  static func planes(of observationID: String, layout: TableLayout) -> ADQLStatement {
    """
    select distinct m.planeid, m.calibrationlevel from \(raw: layout.table) m \
    where m.observationid = \(observationID)
    """
  }

  /// The planes of a wanted level that belong to the same observations as given planes.
  static func siblings(of planes: [String], level: ProductLevel) -> ADQLStatement {
    let condition: ADQLStatement =
      switch level {
      case .all: "sp.calibrationlevel<=p.calibrationlevel"
      case .level(let level): "sp.calibrationlevel=\(level)"
      }
    return """
      SELECT o.observationuri, p.planeid, p.calibrationlevel, sp.planeid as product_planeid, \
      sp.calibrationlevel as product_level FROM jwst.observation o JOIN jwst.plane p ON p.obsid=o.obsid \
      JOIN jwst.plane sp ON sp.obsid=o.obsid WHERE \(condition) AND \(ADQLStatement("p.planeid", oneOf: planes))
      """
  }

  /// The planes of a wanted level that belong to the members of given planes' observations.
  static func memberPlanes(of planes: [String], level: ProductLevel) -> ADQLStatement {
    let condition: ADQLStatement =
      switch level {
      case .all: ""
      case .level(let level): "mp.calibrationlevel=\(level) AND "
      }
    return """
      SELECT o.observationuri, p.planeid, p.calibrationlevel, mp.planeid as product_planeid, \
      mp.calibrationlevel as product_level FROM jwst.observation o JOIN jwst.plane p on o.obsid=p.obsid \
      JOIN jwst.observationmember m on o.obsid=m.parentid JOIN jwst.observation mo on m.memberid=mo.observationuri \
      JOIN jwst.plane mp on mo.obsid=mp.obsid WHERE \(condition)\(ADQLStatement("p.planeid", oneOf: planes))
      """
  }

  /// The files of planes.
  static func products(of planes: [String], type: ArtifactType?) -> ADQLStatement {
    let pattern = type.map { "%\($0.word)%" }
    let condition: ADQLStatement = pattern.map { " AND producttype ILIKE \($0)" } ?? ""
    return """
      select distinct a.uri, a.artifactid, a.filename, a.contenttype, a.producttype, p.calibrationlevel, p.public \
      FROM jwst.plane p JOIN jwst.artifact a ON (p.planeid=a.planeid) WHERE a.planeid IN (\(list: planes))\(condition);
      """
  }

  /// By what the files of planes can be verified.
  static func checksums(of planes: [String]) -> ADQLStatement {
    """
    select a.filename, a.contentchecksum, a.contentlength from jwst.artifact a where a.planeid IN (\(list: planes))
    """
  }

  /// All that is known of one file.
  /// - Parameter column: `artifactid` or `filename`.
  static func artifact(_ column: String, _ value: String) -> ADQLStatement {
    "select * from jwst.artifact a where a.\(raw: column) = \(value)"
  }

  /// The combined observations whose members' text holds an identifier, and some more: `_` stands for any character.
  static func combinations(holding observationID: String, layout: TableLayout) -> ADQLStatement {
    let pattern = "%\(observationID)%"
    return "select * from \(raw: layout.table) m where m.members like \(pattern)"
  }

  /// The members of an observation.
  static func members(of observationID: String, layout: TableLayout) -> ADQLStatement {
    "select m.members from \(raw: layout.table) m where m.observationid=\(observationID)"
  }

  /// The observations of a programme.
  static func observations(ofProgramme programme: String) -> ADQLStatement {
    "SELECT observationid FROM jwst.archive WHERE \(ProgrammeNumber(programme).condition)"
  }
}
