import HTTPTransport
import Holdings
import SkyGeometry
import TableIO

/// Who the archive takes the user for. Source: `mast-protocol` a.9.
public struct MASTIdentity: Sendable, Hashable {
  /// The user's name for people.
  public var name: String
  /// Whether the archive knows nobody.
  public var isAnonymous: Bool
  /// What the token opens, for example `mast:exclusive_access`.
  public var scopes: [String]
  /// When the token ends, ISO text UTC, where the archive says so.
  public var expiry: String?
}

extension MASTClient {
  /// Who the token makes the user, and what it opens.
  /// - Throws: ``MASTArchiveError`` of kind `.badToken` when the archive does not know the token.
  public func identity() async throws -> MASTIdentity {
    let url = configuration.baseURL + "/whoami"
    let response = try await send(
      .init(.get, url, headers: ["Accept": "application/json"]), service: nil, bodyLimit: 1 << 20)
    guard let answer = try? JSONValue(parsing: response.body), let isAnonymous = answer["anon"]?.booleanValue else {
      throw MASTArchiveError(.malformedAnswer, "The archive does not say who the token belongs to.", url: url)
    }
    if isAnonymous && configuration.token != nil {
      throw MASTArchiveError(
        .badToken,
        "MAST does not accept the token: it may have expired (after 10 days without use). Make a new one at https://auth.mast.stsci.edu/token, or leave it out for public data.",
        url: url)
    }
    let name = answer["attrib"]?["display_name"]?.stringValue ?? answer["ezid"]?.stringValue ?? "anonymous"
    return MASTIdentity(
      name: hidingToken(name), isAnonymous: isAnonymous,
      scopes: (answer["scopes"]?.arrayValue ?? []).compactMap(\.stringValue).map(hidingToken),
      expiry: ["token", "session"].lazy.compactMap { answer[$0].flatMap(Self.expiry) }.first.map(hidingToken))
  }

  /// The end of a token or session: whatever field is named after it, as text or as Unix time in seconds or milliseconds.
  private static func expiry(_ part: JSONValue) -> String? {
    guard case .object(let object) = part else { return nil }
    for member in object.members where member.name.lowercased().contains("expir") {
      if let text = member.value.stringValue, ModifiedJulianDate(iso: text) != nil { return text }
      guard let number = member.value.integerValue, number > 1_000_000_000 else { continue }
      let milliseconds = number > 100_000_000_000 ? number : number * 1000
      return ModifiedJulianDate(unixMilliseconds: milliseconds).isoText(fractionDigits: 0)
    }
    return nil
  }

  /// Words of the archive, in case it sends the token back.
  private func hidingToken(_ text: String) -> String {
    guard let token = configuration.token, !token.isEmpty else { return text }
    return text.replacing(token, with: "…")
  }
}
