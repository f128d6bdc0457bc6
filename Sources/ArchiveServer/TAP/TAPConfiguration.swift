public import LocalArchive
internal import TableIO

/// How a TAP service behaves: its limits, and what it is told of the world.
public struct TAPConfiguration: Sendable {
  /// A usual value and the largest one that may be asked for.
  public struct Limit: Sendable, Hashable {
    /// When nothing is said.
    public var usual: Int
    /// The most.
    public var hard: Int

    /// Names both.
    public init(usual: Int, hard: Int) {
      self.usual = usual
      self.hard = hard
    }
  }

  /// Fetches the table at an address: gets the address and the most bytes, and throws for more.
  public typealias Fetch = @Sendable (_ url: String, _ byteLimit: Int) async throws -> [UInt8]

  /// Rows of a result.
  public var outputLimit = Limit(usual: 1_000_000, hard: 50_000_000)
  /// Seconds that a job may work.
  public var executionDuration = Limit(usual: 600, hard: 3600)
  /// Seconds that a synchronous query may work.
  public var syncDuration = 120
  /// Seconds that jobs without a user are kept.
  public var retention = Limit(usual: 3 * 86_400, hard: 30 * 86_400)
  /// Bytes of an uploaded table; those that one query has fetched from elsewhere may be so large together.
  public var uploadByteLimit = 32 << 20
  /// Rows of an uploaded table.
  public var uploadRowLimit = 1_000_000
  /// Numbers and texts of an uploaded table.
  public var uploadCellLimit = 10_000_000
  /// Bytes of an uploaded table, inflated.
  public var uploadMemoryLimit = 128 << 20
  /// Bytes of a result.
  public var resultByteLimit = 4 << 30
  /// Synchronous queries at work at a time.
  public var syncWidth = 6
  /// Synchronous queries that may wait.
  public var syncLine = 200
  /// Jobs at work at a time.
  public var jobWidth = 2
  /// Jobs that may wait.
  public var jobLine = 1000
  /// Jobs that a user may have, and that may be without user.
  public var jobLimit = 2000
  /// Jobs without user that one client may have, told by its address.
  public var clientJobLimit = 200
  /// Seconds that jobs without a user wait to be started.
  public var pendingRetention = 3600
  /// Bytes of a job's parameters.
  public var jobParameterByteLimit = 1 << 20
  /// Bytes of the files of all jobs; without it no more jobs are made. Those without user may fill half of it.
  public var jobFilesByteLimit: Int64 = 64 << 30
  /// The longest time that a request waits for a job, seconds.
  public var waitLimit = 50
  /// An address such as `https://archive.example.org` at which clients reach the server, without a slash at the end; `nil` takes
  /// the one of each request.
  public var publicURL: String?
  /// Whether a proxy stands in front that sets `X-Forwarded-Proto`, `-Host` and `-Prefix`; without one, leave it off.
  public var trustsForwarding = false
  /// Queries and uploads that have tables fetched at a time.
  public var fetchWidth = 4
  /// Fetches uploaded tables by their address; `nil` takes none that way. Addresses are any client's: what answers must be for everybody.
  public var fetch: Fetch?
  /// Told of failures that are no client's fault, whose clients learn only that something failed.
  public var report: @Sendable (LocalArchiveError) -> Void = { _ in }
  /// The program's version, for the Server header and results.
  public var version = "0"

  /// The usual limits.
  public init() {}

  /// Whom to believe about addresses.
  var addressPolicy: ServiceAddress.Policy {
    ServiceAddress.Policy(publicURL: publicURL, trustsForwarding: trustsForwarding)
  }

  /// What an uploaded table may hold.
  var uploadLimits: TableLimits {
    TableLimits(rows: uploadRowLimit, cells: uploadCellLimit, bytes: uploadMemoryLimit)
  }
}
