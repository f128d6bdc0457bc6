import MASTArchive
import TableIO

/// What is known of a token, without the token.
struct TokenStatus {
  var identity: MASTIdentity
  /// The day on which it was stored here, if it was.
  var storedSince: String?

  var text: String {
    let expiry =
      identity.expiry ?? "the archive does not say; a token ends after 10 days without use, and after 60 days in all"
    return [
      "name: \(identity.name)",
      "opens: \(identity.scopes.isEmpty ? "not told" : identity.scopes.joined(separator: " "))",
      "expires: \(expiry)", storedSince.map { "stored: \($0)" },
    ].compactMap(\.self).map(Console.safe).joined(separator: "\n")
  }

  var json: JSONValue {
    .object([
      "name": .string(identity.name), "scopes": .array(identity.scopes.map(JSONValue.string)),
      "expires": identity.expiry.map(JSONValue.string) ?? .null, "stored": storedSince.map(JSONValue.string) ?? .null,
    ])
  }
}
