/// A file that the directory's memory knows: where it is, what it was when it was last found whole, and which version it is.
public struct MirrorFile: Sendable, Hashable {
  /// Where it is, below the directory.
  public var path: String
  /// Name of the file.
  public var name: String
  /// The archive's name of it.
  public var uri: String
  /// What it was on disk when it was last found whole.
  public var disk: DiskState
  /// The version that the archive listed when the bytes came or were taken over.
  public var mark: FileMark
  /// How sure it was then that the bytes are of that version.
  public var certainty: Certainty
  /// Whether the archive no longer lists it.
  public var isGone: Bool

  /// Describes a known file.
  /// - Parameters:
  ///   - path: where it is, below the directory.
  ///   - name: name of the file.
  ///   - uri: the archive's name of it.
  ///   - disk: what it was on disk when it was last found whole.
  ///   - mark: the version that the archive listed then.
  ///   - certainty: how sure it was that the bytes are of that version.
  ///   - isGone: whether the archive no longer lists it.
  public init(
    path: String, name: String, uri: String, disk: DiskState, mark: FileMark, certainty: Certainty,
    isGone: Bool = false
  ) {
    self.path = path
    self.name = name
    self.uri = uri
    self.disk = disk
    self.mark = mark
    self.certainty = certainty
    self.isGone = isGone
  }
}

/// A version that was kept beside the file that took its place.
public struct KeptVersion: Sendable, Hashable {
  /// Where it is, below the directory.
  public var path: String
  /// The path of the file whose version it was.
  public var file: String
  /// What it was on disk when it was kept.
  public var disk: DiskState
  /// Which version it is.
  public var mark: FileMark
}

/// What is on disk under a path.
public struct DiskState: Sendable, Hashable {
  /// Size, bytes; −1 for anything but a regular file.
  public var size: Int64
  /// When it was last changed, nanoseconds since 1970.
  public var modified: Int64
  /// MD5 of its bytes, when they have been read.
  public var md5: String?
  /// Why the bytes could not be read.
  public var fault: String?

  /// Describes what is on disk.
  /// - Parameters:
  ///   - size: bytes; −1 for anything but a regular file.
  ///   - modified: when it was last changed, nanoseconds since 1970.
  ///   - md5: MD5 of its bytes, when they have been read.
  public init(size: Int64, modified: Int64, md5: String? = nil) {
    self.size = size
    self.modified = modified
    self.md5 = md5
  }

  /// Whether nothing has touched the file since, as far as the file system tells.
  func isUntouched(since other: DiskState) -> Bool { size == other.size && modified == other.modified }
}
