public import TAP
public import TableIO

/// What a search has found.
public struct ObservationAnswer: Sendable {
  /// Who left rows out.
  public enum Cut: String, Sendable, Hashable, CaseIterable {
    /// Nobody: these are all rows.
    case none
    /// The caller: there are more than ``ESAArchive/Configuration/rowLimit``.
    case byLimit
    /// The service, at a limit of its own.
    case byService
  }

  /// The rows, one a plane.
  public var table: Table
  /// The answer as it came, to be saved or read again.
  public var result: TAPResult
  /// The view that was asked.
  public var layout: TableLayout
  /// The question.
  public var statement: ADQLStatement
  /// Whether the service cut the direct answer, so that the question was asked again as a job. The longer answer is given.
  public var wasRunAgain: Bool
  /// Who left rows out, if anybody did.
  public var cut: Cut
  /// Whether there are more rows than these.
  public var isOverflow: Bool { cut != .none }
}

/// How a question is asked.
public enum QueryMode: String, Sendable, Hashable, CaseIterable {
  /// In one request, whose answer the service may cut at a few thousand rows.
  case direct
  /// As a job, which may take long and give many rows.
  case job
}
