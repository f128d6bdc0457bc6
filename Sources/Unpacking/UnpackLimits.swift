/// How much an archive may hold; beyond, it is refused.
public struct UnpackLimits: Sendable, Hashable {
  /// The most members, folders included.
  public var members: Int
  /// The most bytes of one file.
  public var bytesPerMember: Int64
  /// The most bytes of all files together.
  public var totalBytes: Int64
  /// The most bytes that one compressed byte may become, over the whole archive.
  public var ratio: Int64
  /// How many bytes may come before the ratio counts.
  public var bytesBeforeRatio: Int64
  /// The most components of a member's name.
  public var depth: Int
  /// The longest name of a member, bytes in UTF-8.
  public var nameLength: Int

  /// Sets limits; the defaults leave room for the largest JWST programme and stop what is built to fill a disk.
  /// - Parameters:
  ///   - members: the most members, folders included.
  ///   - bytesPerMember: the most bytes of one file.
  ///   - totalBytes: the most bytes of all files together.
  ///   - ratio: the most bytes that one compressed byte may become.
  ///   - bytesBeforeRatio: how many bytes may come before the ratio counts.
  ///   - depth: the most components of a member's name.
  ///   - nameLength: the longest name of a member, bytes in UTF-8.
  public init(
    members: Int = 200_000, bytesPerMember: Int64 = 256 << 30, totalBytes: Int64 = 4 << 40, ratio: Int64 = 100,
    bytesBeforeRatio: Int64 = 256 << 20, depth: Int = 16, nameLength: Int = 1024
  ) {
    self.members = members
    self.bytesPerMember = bytesPerMember
    self.totalBytes = totalBytes
    self.ratio = ratio
    self.bytesBeforeRatio = bytesBeforeRatio
    self.depth = depth
    self.nameLength = nameLength
  }
}
