public import Downloads

/// A file that was fetched.
public struct DeliveredFile: Sendable, Hashable {
  /// Where it is.
  public var path: String
  /// The size, bytes.
  public var size: Int64
  /// The digest, where it was computed.
  public var checksum: Checksum?
  /// Whether the digest was compared with one from the archive.
  public var isVerified: Bool

  /// Describes a file.
  /// - Parameters:
  ///   - path: where it is.
  ///   - size: the size, bytes.
  ///   - checksum: the digest.
  ///   - isVerified: whether the digest was compared with one from the archive.
  public init(path: String, size: Int64, checksum: Checksum? = nil, isVerified: Bool = false) {
    self.path = path
    self.size = size
    self.checksum = checksum
    self.isVerified = isVerified
  }
}
