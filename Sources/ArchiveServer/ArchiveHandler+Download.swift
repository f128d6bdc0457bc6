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
      guard let holder = request.token.flatMap(tokens.holder(of:)) else {
        return .text(
          401, "These data are exclusive. Send the token of someone who may have them.",
          headers: [("WWW-Authenticate", "token realm=\"exclusive data\"")])
      }
      let program = entry.product.proposal_id.flatMap { Int($0) }
      guard let program, holder.programs.contains(program) else {
        return .text(403, "The token does not open the data of this programme.")
      }
    }
    guard let stored = entry.file, let path = store.path(of: stored), let file = OpenFile(path: path) else {
      return .text(404, "The archive knows this file but does not hold its bytes.")
    }
    return send(file, name: stored.name, request)
  }

  private func send(_ file: OpenFile, name: String, _ request: ServerRequest) -> ServerResponse {
    let lastModified = HTTPDate.text(file.modified)
    let safeName = String(name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" && $0 >= " " })
    var headers = [
      ("Content-Type", "application/octet-stream"), ("Accept-Ranges", "bytes"), ("ETag", file.entityTag),
      ("Last-Modified", lastModified), ("content-disposition", "attachment; filename=\"\(safeName)\""),
      ("X-Content-Type-Options", "nosniff"),
    ]
    let wanted = ByteRange.wanted(
      method: request.method, headers: request.headers, size: file.size, entityTag: file.entityTag,
      lastModified: lastModified)
    switch wanted {
    case .whole:
      return ServerResponse(status: 200, headers: headers, body: .file(file, 0..<file.size))
    case .part(let range):
      headers.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"))
      return ServerResponse(status: 206, headers: headers, body: .file(file, range))
    case .unsatisfiable:
      return .text(
        416, "The file has \(file.size) bytes.",
        headers: [("Content-Range", "bytes */\(file.size)"), ("ETag", file.entityTag), ("Accept-Ranges", "bytes")])
    case .notModified:
      return ServerResponse(status: 304, headers: [("ETag", file.entityTag), ("Last-Modified", lastModified)])
    }
  }
}
