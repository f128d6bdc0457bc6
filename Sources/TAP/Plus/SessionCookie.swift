import HTTPTransport

/// The cookie that stands for a login.
struct SessionCookie: Sendable, Hashable {
  /// The cookie's name.
  var name: String
  /// The secret.
  var value: String
  /// When it ends, seconds since 1970 UTC; `nil` when the server does not say.
  var expiry: Int64?

  private static let names = ["SESSION", "JSESSIONID"]

  /// Chooses among the cookies of an answer: `SESSION` before `JSESSIONID`. Cookies that are empty or over are none.
  /// - Parameters:
  ///   - fields: the values of all `Set-Cookie` fields. Source: RFC 6265, section 5.2.
  ///   - now: the time, seconds since 1970 UTC.
  static func chosen(from fields: [String], now: Int64) -> SessionCookie? {
    let cookies = fields.compactMap { SessionCookie(field: $0, now: now) }
    for name in names {
      if let cookie = cookies.first(where: { $0.name == name }) { return cookie }
    }
    return nil
  }
}

extension SessionCookie {
  private static let lengthLimit = 4096
  private static let longest: Int64 = 1 << 40

  private init?(field: String, now: Int64) {
    let items = field.split(separator: ";").map(Self.pair)
    guard let (name, value) = items.first, !value.isEmpty, name.utf8.count + value.utf8.count <= Self.lengthLimit,
      value.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    self.name = name
    self.value = value
    for (attribute, text) in items.dropFirst() {
      switch attribute.lowercased() {
      case "max-age":
        if let seconds = Int64(text) { expiry = now + min(max(seconds, 0), Self.longest) }
      case "expires" where expiry == nil: expiry = HTTPDate.seconds(text)
      default: break
      }
    }
    if let expiry, expiry <= now { return nil }
  }

  private static func pair(_ item: Substring) -> (String, String) {
    let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts[0].trimmed, parts.count > 1 ? parts[1].trimmed : "")
  }
}
