internal import LocalArchive
internal import TableIO

extension ArchiveHandler {
  /// Says who holds the token that came along.
  func whoami(_ request: ServerRequest) -> ServerResponse {
    guard let holder = request.token.flatMap(tokens.holder(of:)) else {
      return .json(.object(["anon": .boolean(true), "ezid": .string("anonymous"), "attrib": .object([:])]))
    }
    return .json(
      .object([
        "anon": .boolean(false), "ezid": .string(holder.ezid),
        "attrib": .object(["display_name": .string(holder.display_name)]),
      ]))
  }
}
