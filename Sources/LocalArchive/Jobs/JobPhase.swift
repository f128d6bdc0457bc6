/// What a job is doing. Source: UWS 1.1, section 2.1.3.
public struct JobPhase: RawRepresentable, Sendable, Hashable, Codable {
  /// The phase's word.
  public let rawValue: String

  /// A phase by its word.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Made, but not started yet: its parameters may change.
  public static let pending = JobPhase(rawValue: "PENDING")
  /// Waits for its turn.
  public static let queued = JobPhase(rawValue: "QUEUED")
  /// At work.
  public static let executing = JobPhase(rawValue: "EXECUTING")
  /// Done; there is a result.
  public static let completed = JobPhase(rawValue: "COMPLETED")
  /// Failed; there is a message.
  public static let error = JobPhase(rawValue: "ERROR")
  /// Stopped by its owner, or because it took too long.
  public static let aborted = JobPhase(rawValue: "ABORTED")

  /// Whether the job may still change by itself or by being started.
  public var isActive: Bool { self == .pending || self == .queued || self == .executing }

  /// Whether a job may go from this phase to another: never backwards, never out of an end.
  public func leads(to next: JobPhase) -> Bool {
    switch self {
    case .pending: [.queued, .aborted, .error].contains(next)
    case .queued: [.executing, .aborted, .error].contains(next)
    case .executing: [.completed, .aborted, .error].contains(next)
    default: false
    }
  }
}
