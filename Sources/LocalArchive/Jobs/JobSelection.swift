/// Which jobs to list; conditions narrow each other down. Source: UWS 1.1, section 2.2.2.1, and TAP+'s search for jobs.
public struct JobSelection: Sendable, Hashable {
  /// The user whose jobs; `nil` is anybody's jobs without a user.
  public var owner: String?
  /// Only jobs that came from this client; see ``StoredJob/client``.
  public var client: String?
  /// Phases, any of which; none is all.
  public var phases: [JobPhase] = []
  /// Only jobs made later, milliseconds since 1970.
  public var createdAfter: Int64?
  /// Only the job of this identifier.
  public var id: String?
  /// Only jobs whose parameter `jobname` is this.
  public var name: String?
  /// Only jobs whose query contains this text.
  public var query: String?
  /// Only jobs that started within these times, milliseconds since 1970.
  public var started: ClosedRange<Int64>?
  /// Only jobs that ended within these times, milliseconds since 1970.
  public var ended: ClosedRange<Int64>?
  /// Jobs to leave out at the beginning.
  public var offset = 0
  /// The most jobs.
  public var limit = 1000
  /// Whether the newest come first.
  public var isNewestFirst = false

  /// All jobs of a user, or without one.
  public init(owner: String?) { self.owner = owner }
}
