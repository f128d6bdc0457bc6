/// A file as the archive lists it today.
public struct MirrorEntry: Sendable, Hashable {
  /// Name of the file.
  public var name: String
  /// Where it goes, below the directory, with forward slashes.
  public var path: String
  /// The archive's name of it, `mast:JWST/product/…`.
  public var uri: String
  /// The version that the archive has now.
  public var mark: FileMark
  /// Who may have it, in the archive's words: `PUBLIC`, `EXCLUSIVE_ACCESS` or `RESTRICTED`.
  public var rights: String?
  /// When it becomes public, MJD UTC.
  public var releaseDate: Double?

  /// Describes a file of the archive.
  /// - Parameters:
  ///   - name: name of the file.
  ///   - path: where it goes, below the directory.
  ///   - uri: the archive's name of it.
  ///   - mark: the version that the archive has now.
  ///   - rights: who may have it, in the archive's words.
  ///   - releaseDate: when it becomes public, MJD UTC.
  public init(
    name: String, path: String, uri: String, mark: FileMark, rights: String? = nil, releaseDate: Double? = nil
  ) {
    self.name = name
    self.path = path
    self.uri = uri
    self.mark = mark
    self.rights = rights
    self.releaseDate = releaseDate
  }

  /// Whether nobody without a right can have the file at a moment (MJD UTC); restricted files have no day of release.
  func isClosed(at now: Double) -> Bool {
    switch rights?.uppercased() {
    case nil, "PUBLIC": false
    case "RESTRICTED": true
    default: releaseDate.map { $0 > now } ?? true
    }
  }
}
