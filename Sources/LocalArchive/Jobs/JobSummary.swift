/// What lists tell of a job.
public struct JobSummary: Sendable, Hashable, Identifiable {
  /// The identifier.
  public let id: String
  /// The user whose job it is; `nil` when anybody's.
  public let owner: String?
  /// What the job is doing.
  public let phase: JobPhase
  /// When it was made, milliseconds since 1970.
  public let created: Int64
  /// The client's own name of the job.
  public let runID: String?

  /// Describes a job.
  public init(id: String, owner: String?, phase: JobPhase, created: Int64, runID: String?) {
    self.id = id
    self.owner = owner
    self.phase = phase
    self.created = created
    self.runID = runID
  }
}
