/// A file of the archive as deliveries and links need it: what it is, where it belongs, who may have it, and where it lies.
public struct ArchiveArtifact: Sendable, Hashable {
  /// The key of the file.
  public var artifactID: String
  /// The address of the file in MAST's words.
  public var uri: String
  /// The file's name.
  public var fileName: String
  /// What the file is for: `science`, `auxiliary`, `info`, `preview`, `thumbnail`.
  public var productType: String?
  /// The media type.
  public var contentType: String?
  /// Size as the archive knows it, bytes.
  public var contentLength: Int64?
  /// Who may have it.
  public var rights: FileRights
  /// The plane that the file belongs to.
  public var plane: ArchivePlane
  /// The file on disk, `nil` when the archive knows the file but does not hold it.
  public var file: StoredFile?

  /// Whether only holders of a right may have it.
  public var isExclusive: Bool { rights.isExclusive }
}

/// One calibration level of one observation, in short.
public struct ArchivePlane: Sendable, Hashable {
  /// The key of the plane.
  public var planeID: String
  /// The key of its observation.
  public var obsID: String
  /// The name of its observation.
  public var observationID: String
  /// Calibration level, −1 for what is planned; `nil` where nobody has said it.
  public var level: Int64?
  /// The programme.
  public var proposalID: String?

  /// The number of the programme.
  public var program: Int? { proposalID.flatMap { Int($0) } }
}

/// Which planes of observations are wanted, starting from some that are named. Source: ESA's archive, which is told so by its clients.
public enum PlaneScope: Sendable, Hashable {
  /// Just the planes that are named.
  case selected
  /// The planes of levels up to the named ones, of the same observations and of their members.
  case all
  /// Of these, the ones of one level.
  case level(Int64)

  /// Reads the words of requests: `SELECTED`, `LEVEL1ONLY`, `ALL`, or a level.
  public init?(word: String) {
    switch word.uppercased() {
    case "SELECTED", "": self = .selected
    case "ALL": self = .all
    case "LEVEL1ONLY": self = .level(1)
    default:
      guard let level = Int64(word), (-1...4).contains(level) else { return nil }
      self = .level(level)
    }
  }
}
