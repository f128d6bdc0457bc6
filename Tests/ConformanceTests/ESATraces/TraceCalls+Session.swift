import ESAArchive
import Foundation
import TAP
import TableIO
import TestSupport

extension ClientCaller {
  /// Messages, login, token.
  func session(_ call: CallArguments) async throws -> JSONValue? {
    switch call.method {
    case "get_status_messages":
      return .array(try await archive.statusMessages().map { .string($0.text) })
    case "login":
      archive = try await archive.login(try credentials(call), token: try call.text("token"))
      return .null
    case "logout":
      let (anonymous, failure) = await archive.logout()
      archive = anonymous
      if let failure { throw failure }
      return .null
    case "set_token":
      try await archive.setToken(try call.required("token"))
      return .null
    default: return nil
    }
  }

  private func credentials(_ call: CallArguments) throws -> LoginCredentials {
    if let path = try call.text("credentials_file") {
      return try LoginCredentials.reading(file: folder.file(path)).credentials
    }
    // The library asks nobody; who has no name and password asks the user.
    if let user = try call.text("user") ?? call.typed?.user,
      let password = try call.text("password") ?? call.typed?.password
    {
      return LoginCredentials(user: user, password: password)
    }
    throw NotApplicable(reason: .missingArgument)
  }
}
