import ESAArchive
import LocalArchive
import MASTArchive
import TAP

/// The one place where errors become exit codes and sentences.
struct Failure: Error {
  /// What the user reads.
  var message: String
  /// The exit code: 1 something failed, 2 wrong usage.
  var code: Int32 = 1

  /// A failure of use: the user can mend it by asking differently.
  static func usage(_ message: String) -> Failure { Failure(message: message, code: 2) }

  static func exitCode(_ error: any Error) -> Int32 {
    switch error {
    case let failure as Failure: failure.code
    case let error as MASTArchiveError: error.kind == .badCriteria ? 2 : 1
    case let error as ESAArchiveError: error.kind == .badCriteria ? 2 : 1
    case let error as TAPError: error.kind == .badRequest ? 2 : 1
    case let error as LocalArchiveError:
      [.unsuitableValue, .invalidName, .alreadyExists, .unknownItem].contains(error.kind) ? 2 : 1
    default: 1
    }
  }

  static func sentence(_ error: any Error) -> String {
    switch error {
    case let failure as Failure: failure.message
    case is CancellationError: "Interrupted."
    default: String(describing: error)
    }
  }
}
