/// A query that is worked on in the background, as the archive remembers it. Source: UWS 1.1, section 2.1.
///
/// Times are milliseconds since 1970-01-01T00:00 UTC.
public struct StoredJob: Sendable, Hashable, Identifiable {
  /// A parameter, named as the client named it.
  public struct Parameter: Sendable, Hashable, Codable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// Pairs a name with a value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A file that came with the job's parameters.
  public struct Part: Sendable, Hashable, Codable {
    /// What parameters call it.
    public var name: String
    /// The name of the file in the job's folder: made here, never the client's.
    public var file: String
    /// The client's name of the file; tells its format where the content does not.
    public var fileName: String?

    /// Describes a file that came along.
    public init(name: String, file: String, fileName: String? = nil) {
      self.name = name
      self.file = file
      self.fileName = fileName
    }
  }

  /// What a finished job left.
  public struct Result: Sendable, Hashable, Codable {
    /// The media type.
    public var mediaType: String
    /// `gzip` for a compressed result.
    public var encoding: String?
    /// The ending of a file with this result, with its dot.
    public var fileEnding: String
    /// Size, bytes.
    public var size: Int64
    /// Number of rows.
    public var rowCount: Int
    /// Whether rows beyond the limit were left out.
    public var isOverflow: Bool

    /// Describes a result.
    public init(
      mediaType: String, encoding: String? = nil, fileEnding: String, size: Int64, rowCount: Int, isOverflow: Bool
    ) {
      self.mediaType = mediaType
      self.encoding = encoding
      self.fileEnding = fileEnding
      self.size = size
      self.rowCount = rowCount
      self.isOverflow = isOverflow
    }
  }

  /// The identifier.
  public let id: String
  /// The user whose job it is; `nil` when anybody's.
  public var owner: String?
  /// What the job is doing.
  public var phase = JobPhase.pending
  /// When it was made.
  public let created: Int64
  /// When work began.
  public var started: Int64?
  /// When work ended.
  public var ended: Int64?
  /// The longest time that it may work, seconds; 0 is no limit.
  public var executionDuration: Int
  /// When it and its result are removed; `nil` for never.
  public var destruction: Int64?
  /// The parameters, in the order given.
  public var parameters: [Parameter]
  /// Files that came along.
  public var parts: [Part]
  /// What a finished job left.
  public var result: Result?
  /// Why the job failed.
  public var errorMessage: String?
  /// Where it came from, to count the jobs that a client without a user has and to list them for it; shown to nobody.
  public var client: String?

  /// Describes a job that has not started.
  public init(
    id: String, owner: String? = nil, created: Int64, executionDuration: Int = 0, destruction: Int64? = nil,
    parameters: [Parameter] = [], parts: [Part] = []
  ) {
    self.id = id
    self.owner = owner
    self.created = created
    self.executionDuration = executionDuration
    self.destruction = destruction
    self.parameters = parameters
    self.parts = parts
  }

  /// The longest time that it may work; `nil` is no limit.
  public var timeLimit: Duration? { executionDuration > 0 ? .seconds(executionDuration) : nil }

  /// The value of a parameter, whatever the case of its name.
  public func parameter(_ name: String) -> String? {
    parameters.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// Goes to another phase if the job can.
  /// - Parameters:
  ///   - next: the phase.
  ///   - now: the time, milliseconds since 1970.
  /// - Returns: whether it went.
  public mutating func enter(_ next: JobPhase, now: Int64) -> Bool {
    guard phase.leads(to: next) else { return false }
    phase = next
    if next == .executing { started = now }
    if !next.isActive { ended = now }
    return true
  }
}
