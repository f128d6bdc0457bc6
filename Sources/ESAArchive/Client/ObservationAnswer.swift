public import TAP
public import TableIO

/// What a search has found.
public struct ObservationAnswer: Sendable {
  /// The rows, one a plane.
  public var table: Table
  /// The answer as it came, to be saved or read again.
  public var result: TAPResult
  /// The view that was asked.
  public var layout: TableLayout
  /// The question.
  public var statement: ADQLStatement
  /// Whether the service cut the direct answer, so that the question was asked again as a job.
  public var wasRunAgain: Bool
  /// Whether there are more rows than these.
  public var isOverflow: Bool
}

/// How a question is asked.
public enum QueryMode: String, Sendable, Hashable, CaseIterable {
  /// In one request, whose answer the service may cut at a few thousand rows.
  case direct
  /// As a job, which may take long and give many rows.
  case job
}
