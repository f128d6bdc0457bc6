/// Scheme, host and port: what a secret is bound to.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
  /// `http` or `https`.
  public let scheme: String
  /// The host in lower case.
  public let host: String
  /// The port, also where the address leaves it out.
  public let port: Int

  /// The origin of an absolute address; `nil` when it is none.
  public init?(url: String) {
    guard let address = try? WebAddress(url) else { return nil }
    self = address.origin
  }

  init(scheme: String, host: String, port: Int) {
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// `https://mast.stsci.edu:443`.
  public var description: String { "\(scheme)://\(host):\(port)" }
}

/// Header fields with a secret, for one origin only.
///
///     Credential(origin: Origin(url: "https://mast.stsci.edu")!, headers: ["Authorization": "token …"])
public struct Credential: Sendable, Hashable {
  /// Where the secret may go.
  public let origin: Origin
  let headers: HTTPHeaders

  /// Binds header fields to an origin.
  public init(origin: Origin, headers: HTTPHeaders) {
    self.origin = origin
    self.headers = headers
  }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The origin and the names of the fields, never their values.
  public var description: String {
    "credential for \(origin) (\(headers.fields.map(\.name).joined(separator: ", ")))"
  }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Shows no more than `description`.
  public var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}
