internal import LocalArchive

/// Why a query is not answered: the message that the client gets, and the status.
struct TAPFault: Error, Sendable {
  /// A sentence for the person who asked.
  var message: String
  /// HTTP status of a synchronous answer.
  var status = 400
  /// The phase in which a job ends.
  var phase = JobPhase.error

  init(_ message: String, status: Int = 400, phase: JobPhase = .error) {
    self.message = message
    self.status = status
    self.phase = phase
  }

  /// What the archive says, without paths and statements of the database.
  init(_ error: LocalArchiveError) {
    switch error.kind {
    case .badQuery, .tooLarge, .unknownColumn, .unsuitableValue: self.init(error.message)
    case .timedOut: self.init(error.message, phase: .aborted)
    case .cancelled: self.init(error.message, phase: .aborted)
    default: self.init("The archive could not be read. Try again, or tell its keeper.", status: 500)
    }
  }

  /// The service has too much to do.
  static let isBusy = TAPFault("The service is busy. Try again in a few seconds.", status: 503)

  /// The archive cannot be asked who it is.
  static let callerUnknown = TAPFault(
    "The archive could not look up your login. Try again in a few seconds.", status: 503)
}
