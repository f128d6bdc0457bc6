import Downloads

/// One round of bringing a directory in step with an archive: look, plan, carry out, report.
///
///     let round = try MirrorSync(store: try MirrorStore.create(in: folder))
///     let plan = try await round.plan(for: entries, rules: .init(now: now))
///     let report = try await round.carryOut(plan, queue: queue) { entry in address(of: entry.uri) }
///
/// Whatever ends a round, a file under its name is whole, and the next round takes up where this one was. The directory is taken for as
/// long as the value lives.
public struct MirrorSync: Sendable {
  let store: MirrorStore?
  let disk: MirrorDisk
  private let width: Int
  private let lock: MirrorLock?

  /// Takes a directory for a round.
  /// - Parameters:
  ///   - store: the directory's memory.
  ///   - width: how many files to read at once.
  /// - Throws: ``MirroringError`` of kind `.busy` when another program is at work on it.
  public init(store: MirrorStore, width: Int = 2) throws(MirroringError) {
    self.store = store
    self.width = width
    disk = MirrorDisk(root: store.folder)
    lock = try MirrorLock(store.folder)
  }

  /// Looks at a directory without taking it: for plans that are not carried out. It need not exist.
  /// - Parameters:
  ///   - folder: absolute path of the directory.
  ///   - width: how many files to read at once.
  public init(lookingAt folder: String, width: Int = 2) throws(MirroringError) {
    store = MirrorStore.exists(in: folder) ? try MirrorStore.open(in: folder) : nil
    self.width = width
    disk = MirrorDisk(root: folder)
    lock = nil
  }

  /// Compares the directory with what the archive lists, and reads the files that have to be read for it.
  /// - Parameters:
  ///   - catalogue: what the archive lists.
  ///   - rules: what may be done.
  ///   - progress: told how many bytes have been read, of how many.
  /// - Throws: ``MirroringError`` when the memory cannot be read, `CancellationError`.
  public func plan(
    for catalogue: [MirrorEntry], rules: MirrorPlan.Rules,
    progress: @escaping @Sendable (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
  ) async throws -> MirrorPlan {
    let known = try store?.files() ?? [:]
    var onDisk: [String: DiskState] = [:]
    for path in Set(known.keys).union(catalogue.map(\.path)) where MirrorPath.isSafe(path) {
      onDisk[path] = disk.state(path)
    }
    let paths = MirrorPlan.pathsToRead(known: known, onDisk: onDisk, catalogue: catalogue, rules: rules)
    let total = paths.reduce(Int64(0)) { $0 + (onDisk[$1]?.size ?? 0) }
    let readings = try await FileReading(disk: disk, width: width).readings(of: paths) { progress($0, total) }
    for (path, reading) in readings {
      switch reading {
      case .digest(let digest): onDisk[path]?.md5 = digest
      case .fault(let sentence): onDisk[path]?.fault = sentence
      }
    }
    return MirrorPlan(known: known, onDisk: onDisk, catalogue: catalogue, rules: rules)
  }
}
