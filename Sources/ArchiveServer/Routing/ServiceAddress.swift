/// The address under which a client sees the server, so that links lead back the way the client came.
struct ServiceAddress: Sendable {
  /// Whom to believe.
  struct Policy: Sendable, Hashable {
    /// A fixed address such as `https://archive.example.org`, without a slash at the end; `nil` takes the request's.
    var publicURL: String?
    /// Whether a proxy in front may name scheme, host and path in `X-Forwarded-…` fields. Without a proxy anybody could.
    var trustsForwarding = false

    /// Who sent a request, to count how much each takes; empty when nobody knows.
    ///
    /// A proxy in front, which a fixed address stands for, adds the client to the end of `X-Forwarded-For`; what stands before it is
    /// anybody's claim.
    func client(of request: ServerRequest) -> String {
      if publicURL != nil || trustsForwarding,
        let said = request.headers["x-forwarded-for"]?.split(separator: ",").last,
        let client = ClientNetwork(said.trimmingBlanks)
      {
        return client.text
      }
      return request.client.flatMap { ClientNetwork($0) }?.text ?? ""
    }
  }

  /// Scheme and host, without a slash at the end.
  let origin: String

  init(_ request: ServerRequest, policy: Policy) {
    if let url = policy.publicURL {
      origin = url
      return
    }
    var scheme = "http"
    var host = Self.host(request.headers["host"]) ?? "localhost"
    var prefix = ""
    if policy.trustsForwarding {
      if Self.first(request.headers["x-forwarded-proto"])?.lowercased() == "https" { scheme = "https" }
      host = Self.host(Self.first(request.headers["x-forwarded-host"])) ?? host
      if let path = Self.first(request.headers["x-forwarded-prefix"]), path.hasPrefix("/"), Self.isPath(path) {
        prefix = path
        while prefix.hasSuffix("/") { prefix.removeLast() }
      }
    }
    origin = "\(scheme)://\(host)\(prefix)"
  }

  /// A proxy in front of another adds to the list at its end.
  private static func first(_ field: String?) -> String? {
    field?.split(separator: ",").first.map { $0.trimmingBlanks }
  }

  /// A name or number with a port, and nothing else: it goes into documents and redirects.
  private static func host(_ field: String?) -> String? {
    guard let field, !field.isEmpty, field.utf8.count <= 255,
      field.utf8.allSatisfy({ isWord($0) || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F].contains($0) })
    else { return nil }
    return field
  }

  private static func isPath(_ text: String) -> Bool {
    text.utf8.count <= 255 && text.utf8.allSatisfy { isWord($0) || [0x2D, 0x2E, 0x2F, 0x5F, 0x7E].contains($0) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
