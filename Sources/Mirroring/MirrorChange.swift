/// What happened to a file in a round, or what would.
public struct MirrorChange: Sendable, Hashable {
  /// The kinds of things that happen.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Fetched for the first time.
    case new
    /// The archive has made it again; the present version was fetched.
    case reprocessed
    /// It was damaged or missing on disk and was fetched again.
    case mended
    /// It was there already and was found to be the present version.
    case adopted
    /// The archive does not list it any more; it stays.
    case gone
    /// The archive does not list it any more; it was removed.
    case deleted
    /// It is closed to us for now.
    case withheld
    /// It is not as it should be, and `reason` says why.
    case failed
  }

  /// What happened.
  public var kind: Kind
  /// Where the file is or goes, below the directory.
  public var path: String
  /// Name of the file.
  public var name: String
  /// The archive's name of it.
  public var uri: String
  /// The version that the archive has; `nil` when it lists none.
  public var mark: FileMark?
  /// The version that was here before.
  public var previous: FileMark?
  /// Where the version before stays, below the directory.
  public var keptAs: String?
  /// When the file becomes public, MJD UTC.
  public var releaseDate: Double?
  /// Bytes that came over the net for it.
  public var bytes: Int64 = 0
  /// Why it was mended, is damaged or failed.
  public var reason: String?
  /// Whether it was not so yet at the last round.
  public var isNews = true
  /// Whether the archive says that the file is not for everybody.
  var isExclusive = false

  /// The change that a step brings; `nil` where it brings none.
  init?(_ step: MirrorPlan.Step) {
    switch step.action {
    case .present, .forget: return nil
    case .adopt: kind = .adopted
    case .fetch: kind = .new
    case .replace(let kept):
      kind = .reprocessed
      keptAs = kept
    case .mend(let damage):
      kind = .mended
      reason = damage.rawValue
    case .withheld(let date):
      kind = .withheld
      releaseDate = date
    case .gone(let damage):
      kind = .gone
      reason = damage?.rawValue
      isNews = !(step.file?.isGone ?? false)
    case .delete: kind = .deleted
    case .refuse(let sentence):
      kind = .failed
      reason = sentence
    }
    path = step.path
    name = step.entry?.name ?? step.file?.name ?? ""
    uri = step.entry?.uri ?? step.file?.uri ?? ""
    mark = step.entry?.mark
    previous = step.file?.mark
    isExclusive = step.entry?.rights.map { $0.uppercased() != "PUBLIC" } ?? false
    if isExclusive { releaseDate = step.entry?.releaseDate }
  }
}
