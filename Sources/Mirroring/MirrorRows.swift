internal import GRDB

/// A known file as a row of the memory. Decoding throws on values of a wrong type, for the file may come from anywhere.
struct FileRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "files"
  static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace, update: .replace)

  var path: String
  var name: String
  var uri: String
  var size: Int64
  var modified: Int64
  var md5: String?
  var listedSize: Int64?
  var listedMD5: String?
  var archiveFileID: Int64?
  var ingestDate: Double?
  var certainty: String
  var isGone: Bool

  init(_ file: MirrorFile) {
    path = file.path
    name = file.name
    uri = file.uri
    size = file.disk.size
    modified = file.disk.modified
    md5 = file.disk.md5
    listedSize = file.mark.size
    listedMD5 = file.mark.md5
    archiveFileID = file.mark.archiveFileID
    ingestDate = file.mark.ingestDate
    certainty = file.certainty.rawValue
    isGone = file.isGone
  }

  var file: MirrorFile {
    MirrorFile(
      path: path, name: name, uri: uri, disk: DiskState(size: size, modified: modified, md5: md5),
      mark: FileMark(size: listedSize, md5: listedMD5, archiveFileID: archiveFileID, ingestDate: ingestDate),
      certainty: Certainty(rawValue: certainty) ?? .unknown, isGone: isGone)
  }
}

/// A kept version as a row of the memory.
struct VersionRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "versions"
  static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace, update: .replace)

  var path: String
  var file: String
  var size: Int64
  var modified: Int64
  var md5: String?
  var listedSize: Int64?
  var listedMD5: String?
  var archiveFileID: Int64?
  var ingestDate: Double?

  init(_ version: KeptVersion) {
    path = version.path
    file = version.file
    size = version.disk.size
    modified = version.disk.modified
    md5 = version.disk.md5
    listedSize = version.mark.size
    listedMD5 = version.mark.md5
    archiveFileID = version.mark.archiveFileID
    ingestDate = version.mark.ingestDate
  }

  var version: KeptVersion {
    KeptVersion(
      path: path, file: file, disk: DiskState(size: size, modified: modified, md5: md5),
      mark: FileMark(size: listedSize, md5: listedMD5, archiveFileID: archiveFileID, ingestDate: ingestDate))
  }
}
