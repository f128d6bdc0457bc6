public import Downloads

/// A file that the archive keeps.
public struct ArchiveProduct: Sendable, Hashable {
  /// The file's address inside MAST, `mast:JWST/product/…`.
  public var uri: String?
  /// The database key, by which the file is fetched.
  public var artifactID: String
  /// The file's name; from the archive, so make it a `SafeFileName` before it is used as one.
  public var fileName: String?
  /// The media type.
  public var contentType: String?
  /// What the file is for.
  public var productType: ArtifactType?
  /// The calibration level of its plane.
  public var calibrationLevel: Int?
  /// Whether everybody may fetch the file now.
  public var isPublic: Bool?
  /// The size, bytes; `nil` where the archive was not asked or does not tell.
  public var size: Int64?
  /// The checksum of the content; `nil` where the archive was not asked or does not tell.
  public var checksum: Checksum?

  /// Describes a file.
  /// - Parameters:
  ///   - artifactID: the database key.
  ///   - fileName: the file's name.
  ///   - uri: the file's address inside MAST.
  ///   - contentType: the media type.
  ///   - productType: what the file is for.
  ///   - calibrationLevel: the calibration level of its plane.
  ///   - isPublic: whether everybody may fetch the file now.
  ///   - size: the size, bytes.
  ///   - checksum: the checksum of the content.
  public init(
    artifactID: String, fileName: String? = nil, uri: String? = nil, contentType: String? = nil,
    productType: ArtifactType? = nil, calibrationLevel: Int? = nil, isPublic: Bool? = nil,
    size: Int64? = nil, checksum: Checksum? = nil
  ) {
    self.artifactID = artifactID
    self.fileName = fileName
    self.uri = uri
    self.contentType = contentType
    self.productType = productType
    self.calibrationLevel = calibrationLevel
    self.isPublic = isPublic
    self.size = size
    self.checksum = checksum
  }
}
