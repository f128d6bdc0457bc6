/// The data of an observation, fetched.
public struct ObservationDownload: Sendable, Hashable {
  /// The planes whose files were asked for.
  public var planes: PlaneSelection
  /// The folder of the observation.
  public var folder: String
  /// The files in it, in the archive's order.
  public var files: [DeliveredFile]
  /// Whether an earlier run had fetched all of them already, so that nothing was transferred.
  public var wasThere: Bool

  /// How many files were compared with a checksum of the archive's when they were fetched.
  public var verifiedCount: Int { files.count { $0.isVerified } }
}
