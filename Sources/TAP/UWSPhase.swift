/// Where a job stands. Services may have phases of their own. Source: UWS 1.1, section 2.1.3.
public struct UWSPhase: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// The word on the wire.
  public var rawValue: String

  /// A phase by its word; blanks and case do not matter.
  public init(rawValue: String) {
    self.rawValue = rawValue.split(whereSeparator: \.isWhitespace).joined(separator: " ").uppercased()
  }

  /// Made, and waits to be started.
  public static let pending = UWSPhase(rawValue: "PENDING")
  /// Waits for its turn.
  public static let queued = UWSPhase(rawValue: "QUEUED")
  /// At work.
  public static let executing = UWSPhase(rawValue: "EXECUTING")
  /// Done; the result is there.
  public static let completed = UWSPhase(rawValue: "COMPLETED")
  /// Ended with an error.
  public static let error = UWSPhase(rawValue: "ERROR")
  /// Ended by its owner or the service.
  public static let aborted = UWSPhase(rawValue: "ABORTED")
  /// Start was refused for now and must be asked for again.
  public static let held = UWSPhase(rawValue: "HELD")
  /// Interrupted by the service, which goes on by itself.
  public static let suspended = UWSPhase(rawValue: "SUSPENDED")
  /// The service does not know at the moment.
  public static let unknown = UWSPhase(rawValue: "UNKNOWN")
  /// Over, its results deleted.
  public static let archived = UWSPhase(rawValue: "ARCHIVED")

  /// Whether nothing more will happen to the job. A phase that the standard does not have is not finished.
  public var isFinished: Bool { [.completed, .error, .aborted, .archived].contains(self) }

  /// Whether the service works on the job, or will without being asked again.
  public var isActive: Bool { [.queued, .executing, .suspended].contains(self) }

  /// Whether the word says where the job stands, by the standard.
  var isTelling: Bool { isFinished || isActive || self == .pending || self == .held }

  /// The word.
  public var description: String { rawValue }
}
