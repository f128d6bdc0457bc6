public import HTTPTransport
public import TAP

/// A client of ESA's archive of JWST data, or of anything that answers as it does.
///
///     let archive = ESAArchive(transport: CurlTransport(configuration: .init(userAgent: "example/1.0")))
///     let target = try await archive.resolve("M1")
///     let found = try await archive.observations(
///       ObservationSearch(region: .cone(target.position, radius: 0.1), filters: .init(instrument: .nircam)))
///     for row in found.table {
///       guard let id: String = row["observationid"] else { continue }
///       let files = try await archive.downloadObservation(id, types: [.science], into: "data")
///     }
///
/// Nothing is asked before the first call. A client is a value: ``loggedIn(_:)`` gives another one, and the first stays as it
/// was. ``tap`` and ``plus`` ask the archive whatever else a TAP+ service can be asked.
public struct ESAArchive: Sendable {
  /// How the client was set up.
  public let configuration: Configuration
  /// The archive's table service.
  public let tap: TAPClient
  /// What the archive's service offers beyond TAP.
  public let plus: TAPPlusClient
  /// The login, `nil` for an anonymous client.
  public var session: Session? { plus.session }

  let foundLayout: Locked<TableLayout?>
  private let anonymousTransport: any Transport

  /// Makes a client that sends its requests through a transport.
  /// - Parameters:
  ///   - transport: what carries the requests.
  ///   - configuration: addresses and habits.
  public init(transport: any Transport, configuration: Configuration = Configuration()) {
    let connection = TAPConnection(
      baseURL: configuration.tapURL, transport: transport, configuration: configuration.connection)
    self.init(
      TAPPlusClient(connection: connection, contexts: configuration.contexts), transport, configuration,
      foundLayout: Locked(nil))
  }

  private init(
    _ plus: TAPPlusClient, _ transport: any Transport, _ configuration: Configuration, foundLayout: Locked<TableLayout?>
  ) {
    self.configuration = configuration
    self.plus = plus
    tap = TAPClient(plus.connection)
    self.foundLayout = foundLayout
    anonymousTransport = transport
  }

  /// The same client with a login, which goes to the login's origin only.
  /// - Parameter session: from `plus.login`, or from a `SessionStore`.
  public func loggedIn(_ session: Session) -> ESAArchive {
    ESAArchive(plus.loggedIn(session), anonymousTransport, configuration, foundLayout: foundLayout)
  }

  /// The same client without a login.
  public var loggedOut: ESAArchive {
    ESAArchive(plus.loggedOut, anonymousTransport, configuration, foundLayout: foundLayout)
  }

  /// What carries requests to services that are none of the archive's.
  var foreignTransport: any Transport { anonymousTransport }

  /// What carries requests to the archive, with the login.
  var transport: any Transport { plus.connection.transport }

  /// Where data are fetched.
  var dataURL: String { plus.connection.sibling(configuration.contexts.data) }
}
