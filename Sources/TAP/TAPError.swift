/// Why a TAP service could not be asked, or its answer not be believed.
public struct TAPError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, to decide on. More kinds may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The kind's name.
    public var rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The service refuses or fails; the message is its own.
    public static let service = Kind(rawValue: "service")
    /// What was asked for makes no sense; nothing was sent.
    public static let badRequest = Kind(rawValue: "badRequest")
    /// The service has no such job, table or resource.
    public static let notFound = Kind(rawValue: "notFound")
    /// The service wants to know who asks, or does not let this user.
    public static let notAuthorized = Kind(rawValue: "notAuthorized")
    /// The service cut the answer at its row limit, and the caller wanted all rows.
    public static let overflow = Kind(rawValue: "overflow")
    /// The job ended in phase ERROR; the message is the service's.
    public static let jobFailed = Kind(rawValue: "jobFailed")
    /// The job was aborted, by its owner or by the service.
    public static let jobAborted = Kind(rawValue: "jobAborted")
    /// The job is not finished, and its result was asked for.
    public static let jobNotFinished = Kind(rawValue: "jobNotFinished")
    /// The time given is over; a job goes on in the service.
    public static let timedOut = Kind(rawValue: "timedOut")
    /// The answer is not what the standard says.
    public static let badAnswer = Kind(rawValue: "badAnswer")
    /// The answer ended before it was complete.
    public static let truncated = Kind(rawValue: "truncated")
    /// The connection failed; ``TAPError/cause`` says how.
    public static let transport = Kind(rawValue: "transport")
    /// A table cannot be read or written here; ``TAPError/cause`` says why.
    public static let table = Kind(rawValue: "table")
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence for the user: the service's own words, or what to do next.
  public var message: String
  /// The HTTP status, when the service answered.
  public var status: Int?
  /// The address that was asked, without user and password.
  public var url: String?
  /// The job it is about.
  public var jobID: String?
  /// The query it is about.
  public var statement: String?
  /// The error underneath.
  public var cause: (any Error)?

  /// Describes a failure.
  public init(
    _ kind: Kind, _ message: String, status: Int? = nil, url: String? = nil, jobID: String? = nil,
    statement: String? = nil, cause: (any Error)? = nil
  ) {
    self.kind = kind
    self.message = message
    self.status = status
    self.url = url
    self.jobID = jobID
    self.statement = statement
    self.cause = cause
  }

  /// The message with its place.
  public var description: String {
    let place = [
      status.map { "HTTP status \($0)" }, jobID.map { "job \($0)" }, url,
    ].compactMap(\.self).joined(separator: ", ")
    return place.isEmpty ? message : "\(message) [\(place)]"
  }
}
