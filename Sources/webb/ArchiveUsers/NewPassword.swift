import Foundation
import LocalArchive

/// A password that somebody makes up.
enum NewPassword {
  /// Asks for it, at a terminal twice and without showing it, otherwise as the first line of the input; and keeps it.
  /// - Parameter keep: gets the password.
  static func ask(for user: String, keep: (String) throws -> Void) throws {
    guard let password = Prompt.secret("New password for \(user): ") else {
      throw Failure.usage("There is no password on standard input.")
    }
    if isatty(0) == 1, Prompt.secret("The same again: ") != password {
      throw Failure.usage("The two are not the same. Nothing was changed.")
    }
    try keep(password)
  }

  /// Fresh random bytes.
  static func salt() -> [UInt8] { (0..<16).map { _ in UInt8.random(in: 0...255) } }
}
