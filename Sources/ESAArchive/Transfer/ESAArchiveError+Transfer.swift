import Downloads
import HTTPTransport
import TAP
import Unpacking

extension ESAArchiveError {
  /// What a failed transfer or unpacking means for who asked for the data.
  /// - Parameters:
  ///   - error: the failure.
  ///   - subject: the observation or product.
  static func delivery(_ error: any Error, of subject: String) -> any Error {
    switch error {
    case let error as DownloadsError: refusal(error, subject)
    case let error as UnpackingError where error.kind == .cancelled: CancellationError()
    case let error as UnpackingError where error.kind == .notAnArchive:
      ESAArchiveError(
        .notFound, "The archive sent nothing for '\(subject)': it has no such products, or none that you may fetch.",
        subject: subject, cause: error)
    case let error as UnpackingError:
      ESAArchiveError(
        [.unsafeName, .unsafeMember].contains(error.kind) ? .unsafeName : .download,
        "The data of '\(subject)' were not unpacked: \(error.message)", subject: subject, cause: error)
    default: error
    }
  }

  private static func refusal(_ error: DownloadsError, _ subject: String) -> any Error {
    let said = error.answer.map { ServerMessage($0).text } ?? ""
    let words = said.isEmpty ? "" : " The archive says: \(said)"
    let kind: Kind
    let sentence: String
    switch error.kind {
    case .cancelled: return CancellationError()
    case .notAuthorized:
      (kind, sentence) = (
        .privateData, "The data of '\(subject)' are not public; log in and set a MAST token that gives a right to them."
      )
    case .notFound: (kind, sentence) = (.notFound, "The archive has no data for '\(subject)'.")
    case .unsafeName: (kind, sentence) = (.unsafeName, error.message)
    default:
      let reason = (error.cause as? HTTPTransportError)?.message ?? error.message
      (kind, sentence) = (.download, "The data of '\(subject)' were not fetched: \(reason)")
    }
    return ESAArchiveError(
      kind, sentence + words, subject: subject, url: error.url, status: error.answer?.status, cause: error)
  }
}
