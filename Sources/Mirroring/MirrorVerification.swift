/// Reads what a directory holds and compares it with what its memory says, without an archive.
public struct MirrorVerification: Sendable {
  /// What was found.
  public struct Report: Sendable, Hashable {
    /// Files that are as they were.
    public var intact = 0
    /// Files of the right size of which no MD5 is known.
    public var unproven = 0
    /// Files that have other bytes, or none that can be read, with the reason; by path.
    public var damaged: [Finding] = []
    /// Files that are not there; by path.
    public var missing: [String] = []
    /// Bytes read.
    public var bytes: Int64 = 0

    /// A file and what is wrong with it.
    public struct Finding: Sendable, Hashable {
      /// Where it is, below the directory.
      public var path: String
      /// What is wrong.
      public var reason: String
    }

    /// Whether nothing is wrong.
    public var isIntact: Bool { damaged.isEmpty && missing.isEmpty }
  }

  private let store: MirrorStore
  private let width: Int

  /// Prepares to read a directory.
  /// - Parameters:
  ///   - store: its memory.
  ///   - width: how many files to read at once.
  public init(_ store: MirrorStore, width: Int = 2) {
    self.store = store
    self.width = width
  }

  /// Reads everything, kept versions included.
  /// - Parameter progress: told how many bytes have been read, of how many.
  /// - Throws: ``MirroringError`` when the memory cannot be read, `CancellationError`.
  public func run(
    progress: @escaping @Sendable (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
  ) async throws -> Report {
    let disk = MirrorDisk(root: store.folder)
    var expected: [(path: String, disk: DiskState)] = try store.files().values.map { ($0.path, $0.disk) }
    expected += try store.versions().map { ($0.path, $0.disk) }
    expected.sort { $0.path < $1.path }

    var report = Report()
    var toRead: [(path: String, disk: DiskState)] = []
    for file in expected {
      guard let state = disk.state(file.path) else {
        report.missing.append(file.path)
        continue
      }
      if state.size == file.disk.size {
        toRead.append(file)
      } else {
        let reason = state.size < 0 ? "It is no file." : "It has \(state.size) bytes, not \(file.disk.size)."
        report.damaged.append(.init(path: file.path, reason: reason))
      }
    }
    let total = toRead.reduce(0) { $0 + $1.disk.size }
    report.bytes = total
    let readings = try await FileReading(disk: disk, width: width).readings(of: toRead.map(\.path)) {
      progress($0, total)
    }
    for file in toRead {
      switch readings[file.path] {
      case .digest(let digest):
        if let known = file.disk.md5 {
          if digest == known {
            report.intact += 1
          } else {
            report.damaged.append(.init(path: file.path, reason: "Its bytes are others (MD5 \(digest), not \(known))."))
          }
        } else {
          report.unproven += 1
        }
      case .fault(let sentence): report.damaged.append(.init(path: file.path, reason: sentence))
      case nil: break
      }
    }
    report.damaged.sort { $0.path < $1.path }
    return report
  }
}
