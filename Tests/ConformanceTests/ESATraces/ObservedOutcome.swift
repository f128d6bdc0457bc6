import TableIO

/// What our client did at a step, in the form of the recordings.
enum ObservedOutcome: Sendable {
  /// A value with the recordings' markers.
  case returned(JSONValue)
  case raised(ObservedError)
  /// The call has no counterpart, or Swift's types do not allow it to be written.
  case notApplicable(CallReason)
}

/// An error of ours.
struct ObservedError: Sendable, Hashable {
  var family: ErrorFamily
  /// All that the error says.
  var text: String
}

/// The kinds of failure that a user tells apart.
enum ErrorFamily: String, Sendable, Hashable, Codable, CaseIterable {
  /// The call makes no sense; nothing was asked.
  case usage
  /// The server refused or failed.
  case service
  /// There is no such thing.
  case notFound
  /// The connection failed or broke off.
  case transport
  /// The answer cannot be read.
  case answer
  /// The job failed or was aborted.
  case job
  /// A file of the user's cannot be read or written.
  case file
}
