public import TableIO

/// A user's name and password. Its description does not show the password.
public struct LoginCredentials: Sendable, Hashable {
  /// The user's name.
  public let user: String
  let password: String

  /// Takes a name and a password as they are.
  public init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  /// Reads the name from the first line of a file and the password from the second, without the white space around them;
  /// further lines do not matter.
  /// - Parameter path: the file.
  /// - Returns: what the file says, and a warning when others than its owner may read it.
  /// - Throws: ``TAPError`` of kind `.credentials` when the file cannot be read or lacks a line.
  public static func reading(file path: String) throws(TAPError) -> (
    credentials: LoginCredentials, warnings: [Diagnostic]
  ) {
    let file = try PrivateFile(reading: path, limit: 1 << 16, purpose: "file with user name and password")
    let lines = String(decoding: file.bytes, as: UTF8.self)
      .split(maxSplits: 2, omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.trimmed)
    guard let user = lines.first, !user.isEmpty else {
      throw TAPError(
        .credentials,
        "The first line of \(path) is empty. Write the user name there and the password in the second line.")
    }
    guard lines.count > 1, !lines[1].isEmpty else {
      throw TAPError(
        .credentials, "\(path) has no password. Write the user name in the first line and the password in the second.")
    }
    var warnings: [Diagnostic] = []
    if let reason = file.exposure {
      warnings.append(Diagnostic(.warning, "The password in \(path) is not safe: \(reason)."))
    }
    return (LoginCredentials(user: user, password: lines[1]), warnings)
  }
}

extension LoginCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The user's name.
  public var description: String { "credentials of \(user)" }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Shows no more than `description`.
  public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
