internal import GRDB
internal import Holdings

/// A file as an observation lists it, with what keywords and the disk say about it.
struct ListedFile {
  var uri: String
  var filename: String?
  /// Whether the observation that lists the file made it.
  var isOwn: Bool
  /// Name of the observation that made the file.
  var owner: String?
  var productType: String?
  var size: Int64?
  var level: Int64?
  var rights: String?
  var version: String?
  /// MD5, hexadecimal.
  var md5: String?
  /// MJD UTC.
  var release: Double?
  var detector: String?
  var template: String?
  var parallel: String?
  /// MJD UTC.
  var made: Double?
  /// Whether no other observation has a better claim to the file.
  var isFirstClaim: Bool

  var isPublic: Bool { rights.map { $0.uppercased() == "PUBLIC" } ?? true }
  var isScience: Bool { productType?.uppercased() == "SCIENCE" }

  /// Whether the file was made by an observation of its own, and is listed here because that is a member of this one.
  var isMembers: Bool {
    guard !isOwn, let owner, let name = JWSTName(owner) else { return false }
    return name.kind == .exposure || name.kind == .level3
  }

  init(row: Row) {
    uri = row[0]
    filename = row[1]
    isOwn = row[2]
    owner = row[3]
    productType = row[4]
    size = row[5]
    level = (row[6] as Int64?).flatMap(Plane.knownLevel)
    rights = row[7]
    version = row[8]
    md5 = row[9]
    isFirstClaim = row[10]
    release = row[11]
    detector = row[12]
    template = row[13]
    parallel = row[14]
    made = row[15]
  }

  /// Selects the files that an observation lists; parameters are its number and its name.
  /// - Parameter service: the keyword service of its instrument, where it has one.
  static func selectionSQL(_ service: KeywordService?) -> String {
    // Of the rows that list a file, the one of the observation that made it comes first, then the first by name.
    let common = """
      SELECT p.dataURI, p.productFilename, p.obsID IS p.parent_obsid, p.obs_id, p.productType, COALESCE(f.size, p.size),
        p.calib_level, p.dataRights, p.prvversion,
        COALESCE(f.md5, \(service == nil ? "NULL" : "k.checksum"), (SELECT v.checksum FROM file_versions v
          WHERE v.filename = p.productFilename ORDER BY v.archiveFileID DESC LIMIT 1)),
        NOT EXISTS (SELECT 1 FROM products q JOIN observations o ON o.obsid = q.parent_obsid
          WHERE q.dataURI = p.dataURI AND q.parent_obsid <> p.parent_obsid
          AND ((q.obsID IS q.parent_obsid) > (p.obsID IS p.parent_obsid)
            OR (q.obsID IS q.parent_obsid) = (p.obsID IS p.parent_obsid) AND o.obs_id < :name)),
      """
    let condition = "WHERE p.parent_obsid = :number ORDER BY p.dataURI"
    let files = "FROM products p LEFT JOIN files f ON f.name = p.productFilename"
    guard let service else { return common + " NULL, NULL, NULL, NULL, NULL \(files) \(condition)" }
    let table = ArchiveTable.keywords(service)
    return common + """
       k.publicReleaseDate_mjd, k.detector, k.template, k.expripar, k.date_mjd
      \(files) LEFT JOIN \(table.quotedName) k ON k.\(ArchiveTable.quoted(service.filenameColumn)) = p.productFilename
      \(condition)
      """
  }
}
