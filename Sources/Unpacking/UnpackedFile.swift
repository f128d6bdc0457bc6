public import Downloads

/// A file that came out of an archive.
public struct UnpackedFile: Sendable, Hashable {
  /// The name of the member: its components with slashes between them.
  public var name: String
  /// Where the file is now.
  public var path: String
  /// The size of the member, bytes.
  public var size: Int64
  /// The digest of the member: MD5, or what the catalogue gives.
  public var checksum: Checksum
  /// Whether the digest was compared with one from the catalogue.
  public var isVerified: Bool
  /// Whether a file that stood at the path before was kept in place of the member.
  public var keptExisting: Bool

  /// Describes a file.
  /// - Parameters:
  ///   - name: the name of the member.
  ///   - path: where the file is.
  ///   - size: the size of the member, bytes.
  ///   - checksum: the digest of the member.
  ///   - isVerified: whether the digest was compared with one from the catalogue.
  ///   - keptExisting: whether a file that stood at the path before was kept.
  public init(
    name: String, path: String, size: Int64, checksum: Checksum, isVerified: Bool = false, keptExisting: Bool = false
  ) {
    self.name = name
    self.path = path
    self.size = size
    self.checksum = checksum
    self.isVerified = isVerified
    self.keptExisting = keptExisting
  }
}
