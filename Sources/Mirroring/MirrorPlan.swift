/// What has to be done to bring a directory in step with an archive: one step per file, decided without touching disk or network.
///
///     let plan = MirrorPlan(known: files, onDisk: states, catalogue: entries, rules: rules)
///     plan.steps.filter(\.needsTransfer).count
public struct MirrorPlan: Sendable {
  /// What may be done and what is known beside the files.
  public struct Rules: Sendable, Hashable {
    /// Whether replaced versions stay beside the new ones.
    public var keepsVersions = false
    /// Whether files that the archive has withdrawn are removed, as far as they are as they came.
    public var deletesGone = false
    /// Whether every file is read again, even where the file system says that nothing has touched it.
    public var verifies = false
    /// Whether files that are not public are asked for.
    public var asksForExclusive = false
    /// Whether the catalogue is all that was asked for: only then can a file be missing from it.
    public var isCatalogueComplete = true
    /// What counts as now, MJD UTC.
    public var now: Double

    /// Nothing kept, nothing removed, nothing read without need.
    /// - Parameter now: what counts as now, MJD UTC.
    public init(now: Double) { self.now = now }
  }

  /// What has happened to a file on disk.
  public enum Damage: String, Sendable, Hashable {
    /// It is not there any more.
    case missing
    /// It has other bytes than it had when it was last found whole.
    case changed
  }

  /// What to do about a file.
  public enum Action: Sendable, Hashable {
    /// Nothing: the present version is there, and this sure is it.
    case present(Certainty)
    /// Nothing but to remember: a file that was there already is the present version.
    case adopt(Certainty)
    /// Fetch a file that was never here.
    case fetch
    /// Fetch the version that takes the place of the one here, which stays under another path if one is given.
    case replace(keeping: String?)
    /// Fetch what is damaged.
    case mend(Damage)
    /// Nothing: the file is closed to us until some day (MJD UTC); the present version may not be here.
    case withheld(until: Double?)
    /// Nothing: the archive does not list the file any more; it stays.
    case gone(damage: Damage?)
    /// Remove a file that the archive does not list any more.
    case delete
    /// Forget a file that is neither listed nor here any more.
    case forget
    /// Nothing: the file cannot be dealt with, for a reason to tell.
    case refuse(String)
  }

  /// A file and what to do about it.
  public struct Step: Sendable, Hashable {
    /// What to do.
    public var action: Action
    /// What the archive lists; `nil` when it does not.
    public var entry: MirrorEntry?
    /// What the directory's memory knows.
    public var file: MirrorFile?
    /// What is on disk.
    public var disk: DiskState?

    /// Where the file is or goes, below the directory.
    public var path: String { entry?.path ?? file?.path ?? "" }

    /// Whether bytes have to be fetched.
    public var needsTransfer: Bool {
      switch action {
      case .fetch, .replace, .mend: true
      default: false
      }
    }
  }

  /// The steps: listed files in the order of the catalogue, then the others by path.
  public let steps: [Step]

  /// Compares what is known, what is on disk and what the archive lists.
  /// - Parameters:
  ///   - known: what the directory's memory holds, by path.
  ///   - onDisk: what is on disk, by path; with MD5 for ``pathsToRead(known:onDisk:catalogue:rules:)``.
  ///   - catalogue: what the archive lists.
  ///   - rules: what may be done.
  public init(
    known: [String: MirrorFile], onDisk: [String: DiskState], catalogue: [MirrorEntry], rules: Rules
  ) {
    var rules = rules
    // An archive that lists nothing at all is rather out of order than empty: nothing is removed on its word.
    if catalogue.isEmpty { rules.deletesGone = false }
    var steps: [Step] = []
    var taken: [String: String] = [:]
    for entry in catalogue {
      if let uri = taken[entry.path], uri == entry.uri { continue }
      var step = Step(action: .fetch, entry: entry, file: known[entry.path], disk: onDisk[entry.path])
      if !MirrorPath.isSafe(entry.path) {
        step.action = .refuse("The place of the file leads out of the directory or is hidden in it.")
      } else if taken[entry.path] != nil {
        step.action = .refuse("Another file of the archive goes to the same place: lay the directory out otherwise.")
      } else {
        taken[entry.path] = entry.uri
        step.action = Self.action(entry, step.file, step.disk, rules)
      }
      steps.append(step)
    }
    if rules.isCatalogueComplete {
      for file in known.values.filter({ taken[$0.path] == nil }).sorted(by: { $0.path < $1.path }) {
        let disk = onDisk[file.path]
        steps.append(Step(action: Self.action(unlisted: file, disk, rules), entry: nil, file: file, disk: disk))
      }
    }
    self.steps = steps
  }

  /// The files whose bytes have to be read before a plan can be made: those that the memory does not know, those that something has
  /// touched, and with `verifies` all.
  public static func pathsToRead(
    known: [String: MirrorFile], onDisk: [String: DiskState], catalogue: [MirrorEntry], rules: Rules
  ) -> [String] {
    var listed: [String: MirrorEntry] = [:]
    for entry in catalogue where listed[entry.path] == nil { listed[entry.path] = entry }
    return onDisk.filter { path, disk in
      guard disk.size >= 0 else { return false }
      let size = listed[path]?.mark.size
      guard let file = known[path] else { return listed[path] != nil && (size == nil || size == disk.size) }
      if disk.isUntouched(since: file.disk), !rules.verifies, file.disk.md5 != nil { return false }
      // Of another size than each version that is known, it is damaged: no need to read it.
      return disk.size == file.disk.size || disk.size == size
    }.keys.sorted()
  }
}
