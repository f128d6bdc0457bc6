public import HTTPTransport
import TableIO

/// Keeps logins between runs: one file for each host and port, in a folder of the caller's, readable by its owner only.
public struct SessionStore: Sendable, Hashable {
  /// The folder; made when the first login is kept.
  public let folder: String

  /// Describes a place for logins.
  public init(folder: String) {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }

  /// The login that was kept for a service; `nil` when there is none or it is over.
  /// - Parameters:
  ///   - origin: the service.
  ///   - now: the time, seconds since 1970 UTC.
  /// - Throws: ``TAPError`` of kind `.credentials` when the file cannot be read or others may read it.
  public func session(for origin: Origin, now: Int64) throws(TAPError) -> Session? {
    let path = path(for: origin)
    guard let file = try PrivateFile.read(path, limit: 1 << 16, purpose: purpose) else { return nil }
    if let reason = file.exposure {
      throw TAPError(
        .credentials, "The login kept in \(path) is not used: \(reason), or remove the file and log in again.")
    }
    guard let session = Self.session(in: file.bytes) else {
      throw TAPError(.credentials, "\(path) does not hold a login. Remove the file and log in again.")
    }
    return session.origin == origin && !session.isOver(at: now) ? session : nil
  }

  /// Keeps a login in place of the one kept for its service.
  /// - Throws: ``TAPError`` of kind `.credentials` when the file cannot be written.
  public func keep(_ session: Session) throws(TAPError) {
    var object: JSONObject = [
      "origin": .string(session.origin.description), "user": .string(session.user),
      "name": .string(session.cookie.name), "value": .string(session.cookie.value),
    ]
    if let expiry = session.expiry { object.members.append(.init(name: "expiry", value: .integer(expiry))) }
    try PrivateFile.makeFolder(folder)
    try PrivateFile.write(
      Array((JSONValue.object(object).jsonText + "\n").utf8), to: path(for: session.origin), purpose: purpose)
  }

  /// Forgets the login kept for a service, if there is one.
  /// - Throws: ``TAPError`` of kind `.credentials` when the file cannot be removed.
  public func forget(_ origin: Origin) throws(TAPError) {
    try PrivateFile.remove(path(for: origin), purpose: purpose)
  }

  /// The file for a service.
  func path(for origin: Origin) -> String {
    "\(folder)/\(PercentEncoding.encode(origin.host))_\(origin.port).json"
  }

  private var purpose: String { "file with the login" }

  private static func session(in bytes: [UInt8]) -> Session? {
    guard let object = try? JSONValue(parsing: bytes),
      let origin = object["origin"]?.stringValue.flatMap(Origin.init(url:)),
      let user = object["user"]?.stringValue, let name = object["name"]?.stringValue,
      let value = object["value"]?.stringValue
    else { return nil }
    let cookie = SessionCookie(name: name, value: value, expiry: object["expiry"]?.integerValue)
    return Session(origin: origin, user: user, cookie: cookie)
  }
}
