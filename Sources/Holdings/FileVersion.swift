/// One state a file had in the archive: files are reprocessed under the same name, and half of them keep their size.
public struct FileVersion: Sendable, Hashable {
  /// Name of the file.
  public var filename: String
  /// The archive's number of this version.
  public var archiveFileID: Int64
  /// MD5 of the bytes, 32 hexadecimal digits in lower case.
  public var checksum: String
  /// Size, bytes.
  public var size: Int64
  /// Version of the calibration pipeline.
  public var cal_ver: String?
  /// Calibration context.
  public var crds_ctx: String?
  /// When the archive finished taking it in, MJD UTC.
  public var ingestCompletionDate_mjd: Double?

  /// Describes a version of a file.
  public init(
    filename: String, archiveFileID: Int64, checksum: String, size: Int64, cal_ver: String? = nil,
    crds_ctx: String? = nil, ingestCompletionDate_mjd: Double? = nil
  ) {
    self.filename = filename
    self.archiveFileID = archiveFileID
    self.checksum = checksum
    self.size = size
    self.cal_ver = cal_ver
    self.crds_ctx = crds_ctx
    self.ingestCompletionDate_mjd = ingestCompletionDate_mjd
  }
}
