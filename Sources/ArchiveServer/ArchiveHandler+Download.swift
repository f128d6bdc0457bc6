internal import Holdings
internal import LocalArchive

extension ArchiveHandler {
  /// Sends a file. Only files that the archive has registered are opened: the request's URI is looked up, never used as a path.
  func download(_ request: ServerRequest) -> ServerResponse {
    guard let uri = request.query.first(where: { $0.name == "uri" })?.value, !uri.isEmpty else {
      return .text(400, "Say which file with ?uri=mast:JWST/product/NAME.")
    }
    let entry: ArchiveStore.FileEntry?
    do {
      entry = try store.file(uri: uri)
    } catch {
      return .text(500, "The archive could not be read.")
    }
    guard let entry else { return .text(404, "The archive has no file with this URI.") }
    if entry.isExclusive {
      let caller: Caller
      do throws(ServiceError) { caller = try callers.caller(of: request) } catch {
        return .text(error.status, error.message, headers: error.headers)
      }
      guard caller.isKnown else {
        return .text(
          401, "These data are exclusive. Send the token of someone who may have them, or log in.",
          headers: [("WWW-Authenticate", "token realm=\"exclusive data\"")])
      }
      guard caller.mayHave(entry.rights) else {
        return .text(403, "Neither your token nor your login opens the data of this programme.")
      }
    }
    guard let stored = entry.file, let path = store.path(of: stored), let file = OpenFile(path: path) else {
      return .text(404, "The archive knows this file but does not hold its bytes.")
    }
    return .file(
      file, headers: [("Content-Type", "application/octet-stream"), ServerResponse.attachment(stored.name)],
      isExclusive: entry.isExclusive, for: request)
  }
}
