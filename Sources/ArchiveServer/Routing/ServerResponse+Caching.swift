extension ServerResponse {
  /// The answer, kept out of caches that serve others. Caches may take answers without a word about it for anybody's (RFC 9111, section 4.2.2).
  /// - Parameter isPrivate: whether a login or a token has had a say in it; otherwise it is anybody's, but others may get another one.
  func varyingByCaller(isPrivate: Bool) -> ServerResponse {
    var answer = self
    if case .later(let wait) = body {
      answer.body = .later { await wait().varyingByCaller(isPrivate: isPrivate) }
      return answer
    }
    if isPrivate, header("Cache-Control") == nil { answer.headers.append(("Cache-Control", "private, no-store")) }
    if header("Vary") == nil { answer.headers.append(("Vary", "Cookie, Authorization")) }
    return answer
  }

  /// A file for holders of a right only: they may keep it, but have to ask whether they may still have it.
  static let exclusiveCaching: [(name: String, value: String)] = [
    ("Cache-Control", "private, no-cache"), ("Vary", "Cookie, Authorization"),
  ]
}
