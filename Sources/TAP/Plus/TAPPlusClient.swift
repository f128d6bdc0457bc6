import HTTPTransport

/// What ESA's TAP+ services offer beyond TAP: logins, messages, job lists, users' tables and their sharing, data links.
///
///     let anonymous = TAPPlusClient(connection: connection)
///     let session = try await anonymous.login(LoginCredentials(user: "jdoe", password: password))
///     let client = anonymous.loggedIn(session)
///     let groups = try await client.groups()
///
/// A client is a value: one that is logged in is another client, and the first stays as it was. Values in requests are
/// encoded, whatever they hold.
public struct TAPPlusClient: Sendable {
  /// The way to the service, with the login if there is one; TAP's own queries go through it too.
  public let connection: TAPConnection
  /// Where the parts of the service are.
  public let contexts: TAPPlusContexts
  /// The login, `nil` for an anonymous client.
  public let session: Session?
  private let anonymousConnection: TAPConnection

  /// Makes an anonymous client.
  /// - Parameters:
  ///   - connection: the way to the service, which is spoken to in the dialect of TAP+ whatever its configuration says.
  ///   - contexts: where its parts are.
  public init(connection: TAPConnection, contexts: TAPPlusContexts = TAPPlusContexts()) {
    var connection = connection
    connection.configuration.dialect = .tapPlus
    self.init(connection, contexts, session: nil)
  }

  private init(_ anonymous: TAPConnection, _ contexts: TAPPlusContexts, session: Session?) {
    anonymousConnection = anonymous
    self.contexts = contexts
    self.session = session
    var connection = anonymous
    if let session {
      connection.transport = CredentialedTransport(anonymous.transport, credentials: [session.credential])
    }
    self.connection = connection
  }

  /// The same client with a login, which goes to the login's origin only.
  public func loggedIn(_ session: Session) -> TAPPlusClient {
    TAPPlusClient(anonymousConnection, contexts, session: session)
  }

  /// The same client without a login.
  public var loggedOut: TAPPlusClient { TAPPlusClient(anonymousConnection, contexts, session: nil) }

  /// The messages that the service has for its users.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func statusMessages() async throws -> [StatusMessage] {
    let response = try await connection.get("notification", query: FormBody(["action": "GetNotifications"]))
    return StatusMessage.messages(in: response.text)
  }
}
