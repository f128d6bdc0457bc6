internal import LocalArchive
internal import TableIO

extension ArchiveHandler {
  /// Says who holds the token that came along.
  ///
  /// A token that the archive does not know is a guest's: jwst_mast_query insists on an accepted token even for public data,
  /// and public data are all that a guest gets.
  func whoami(_ request: ServerRequest) -> ServerResponse {
    guard let token = request.token, !token.isEmpty else {
      return .json(.object(["anon": .boolean(true), "ezid": .string("anonymous"), "attrib": .object([:])]))
        .varyingByCaller(isPrivate: false)
    }
    let holder: AccessHolder?
    do throws(LocalArchiveError) { holder = try store.accessTokens().holder(of: token) } catch {
      return .text(503, "The archive's tokens cannot be read. Try again in a few seconds.")
    }
    let scopes = ["mast:user:info"] + (holder == nil ? [] : ["mast:exclusive_access"])
    return .json(
      .object([
        "anon": .boolean(false), "ezid": .string(holder?.ezid ?? "guest"),
        "attrib": .object(["display_name": .string(holder?.display_name ?? "Guest")]),
        "scopes": .array(scopes.map(JSONValue.string)),
      ])
    ).varyingByCaller(isPrivate: true)
  }
}
