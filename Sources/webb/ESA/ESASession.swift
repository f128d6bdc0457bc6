import ArgumentParser
import ESAArchive
import Foundation
import HTTPTransport
import TAP
import TableIO

struct ESAStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the archive's messages for its users, such as announcements of maintenance.")

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let messages = try await service.withArchive(talk: talk) { try await $0.statusMessages() }
    if talk.json { return Console.print(JSONValue.array(messages.map(Self.object)).jsonText) }
    if messages.isEmpty { talk.say("The archive has no messages.") }
    for message in messages {
      let kind = [message.type, message.subtype].compactMap(\.self).joined(separator: ", ")
      Console.print(Console.safe(kind.isEmpty ? message.text : "\(kind): \(message.text)"))
    }
  }
}

extension ESAStatus {
  private static func object(_ message: StatusMessage) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return .object([
      "id": text(message.id), "type": text(message.type), "subtype": text(message.subtype),
      "text": .string(message.text),
    ])
  }
}

struct ESALogin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login", abstract: "Log in; the commands that follow use the login.",
    discussion: """
      The password is asked for without showing it, or comes from a file with user name and password in two lines, or from
      WEBB_ESA_PASSWORD. It is never an argument. Only the session's cookie is kept, in a file that only you can read.

        webb esa login --user jdoe
        webb esa login --credentials-file ~/.jwst-login --with-token
      """)

  @Option(help: "User name (also WEBB_ESA_USER).") var user: String?
  @Option(
    name: .customLong("credentials-file"),
    help: "File with the user name in its first line and the password in its second.")
  var credentialsFile: String?
  @Flag(name: .customLong("with-token"), help: "Also set the MAST token of MAST_API_TOKEN or webb mast token set.")
  var withToken =
    false
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if user != nil, credentialsFile != nil {
      throw ValidationError("--user and --credentials-file exclude each other.")
    }
  }

  func run() async throws {
    let token = withToken ? try TokenStore.mastToken() : nil
    if withToken, token == nil {
      throw Failure.usage("--with-token needs the token in MAST_API_TOKEN, or stored by webb mast token set.")
    }
    let credentials = try credentials()
    let talk = talk
    let login = try service.login
    let session = try await service.withArchive(talk: talk) { archive -> Session? in
      let archive = try await Self.login(credentials, archive)
      // The login is kept even when the token is refused.
      if let session = archive.session { try login.keep(session) }
      if let token { try await archive.setToken(token) }
      return archive.session
    }
    talk.say("Logged in as \(session?.user ?? credentials.user)\(token == nil ? "" : ", with a MAST token").")
  }

  private static func login(_ credentials: LoginCredentials, _ archive: ESAArchive) async throws -> ESAArchive {
    do { return try await archive.loggedOut.login(credentials) } catch let error as TAPError where error.status == 401 {
      throw Failure(message: "The archive does not accept this user name and password: \(Failure.sentence(error))")
    }
  }

  private func credentials() throws -> LoginCredentials {
    if let credentialsFile {
      let (credentials, warnings) = try LoginCredentials.reading(file: Environment.absolutePath(credentialsFile))
      for warning in warnings { Console.report("Warning: \(warning.message)") }
      return credentials
    }
    guard let name = user ?? Environment["WEBB_ESA_USER"] ?? Prompt.line("User: "), !name.isEmpty else {
      throw Failure.usage("Name the user with --user, WEBB_ESA_USER or --credentials-file.")
    }
    guard let password = Environment["WEBB_ESA_PASSWORD"] ?? Prompt.secret("Password: "), !password.isEmpty else {
      throw Failure.usage("There is no password: type it, set WEBB_ESA_PASSWORD, or give --credentials-file.")
    }
    return LoginCredentials(user: name, password: password)
  }
}

struct ESALogout: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout", abstract: "End the login, at the archive and here.")

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let (user, failure) = try await service.withArchive(talk: talk) { archive -> (String?, (any Error)?) in
      guard let session = archive.session else { return (nil, nil) }
      return (session.user, await archive.logout().failure)
    }
    // Here the login ends whatever the archive says.
    try service.login.forget()
    if let failure {
      throw Failure(
        message: "The login is forgotten here, but the archive could not be told: \(Failure.sentence(failure))")
    }
    talk.say(user.map { "\($0) is logged out." } ?? "Nobody was logged in.")
  }
}

struct ESAToken: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Give the archive your MAST token, so that it can fetch exclusive-access data for you.",
    discussion: """
      The token comes from MAST_API_TOKEN, or from webb mast token set, or is asked for without showing it. Log in first.

        webb esa token
      """)

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    guard let token = try TokenStore.mastToken() ?? Prompt.secret("MAST token: "), !token.isEmpty else {
      throw Failure.usage("There is no token: set MAST_API_TOKEN, store one with webb mast token set, or type it.")
    }
    try await service.withArchive(talk: talk) { try await $0.setToken(token) }
    talk.say("The archive has taken the token.")
  }
}
