/// What a service says of a job. Source: UWS 1.1, section 2.1 and appendix; TAP+ adds name and location.
public struct UWSJob: Sendable, Hashable {
  /// A parameter of a job.
  public struct Parameter: Sendable, Hashable {
    /// Its name, as the service spells it.
    public var id: String
    /// Its value, or where the value is.
    public var value: String
    /// Whether `value` is an address.
    public var isByReference: Bool
  }

  /// A result of a job.
  public struct Result: Sendable, Hashable {
    /// Its name; TAP's is `result`.
    public var id: String
    /// Where it is.
    public var href: String?
    /// Its type.
    public var mediaType: String?
    /// Its size in bytes.
    public var size: Int64?
  }

  /// Why a job failed, in short.
  public struct ErrorSummary: Sendable, Hashable {
    /// `transient` or `fatal`.
    public var type: String?
    /// Whether there is an error document.
    public var hasDetail: Bool
    /// The message.
    public var message: String?
  }

  /// The identifier.
  public var id: String
  /// The phase.
  public var phase: UWSPhase
  /// The caller's own name for it (RUNID).
  public var runID: String?
  /// Who it belongs to.
  public var ownerID: String?
  /// When the service thinks that it will be done, as the service spells it.
  public var quote: String?
  /// When it was made, as the service spells it (ISO 8601).
  public var creationTime: String?
  /// When it was started.
  public var startTime: String?
  /// When it ended.
  public var endTime: String?
  /// How long it may run, seconds; 0 is without limit.
  public var executionDuration: Int?
  /// When the service will remove it.
  public var destruction: String?
  /// The parameters.
  public var parameters: [Parameter] = []
  /// The results.
  public var results: [Result] = []
  /// Why it failed.
  public var errorSummary: ErrorSummary?
  /// What the service adds for people.
  public var jobInfo: String?
  /// Its name (TAP+).
  public var name: String?
  /// Where the service keeps it (TAP+).
  public var locationID: String?
  /// The version of UWS that the document declares; 1.0 declares none.
  public var version: String?

  /// Describes a job of which no more is known.
  public init(id: String, phase: UWSPhase) {
    self.id = id
    self.phase = phase
  }

  /// The value of a parameter; names ignore case.
  public func parameter(_ id: String) -> String? {
    parameters.first { $0.id.lowercased() == id.lowercased() }?.value
  }

  /// Whether nothing more will happen to the job: by its phase, or, when that word is not one of the standard's or
  /// `UNKNOWN`, because the service gives a time at which it ended.
  public var isFinished: Bool { phase.isFinished || (!phase.isTelling && endTime != nil) }

  /// Whether the service holds a request open until the phase changes (UWS 1.1).
  var supportsWait: Bool {
    let parts = (version ?? "").split(separator: ".").map { Int($0) ?? 0 }
    return !parts.isEmpty && !parts.lexicographicallyPrecedes([1, 1])
  }
}
