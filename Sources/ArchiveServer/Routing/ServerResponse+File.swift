extension ServerResponse {
  /// A file, or the part of it that the request wants (RFC 9110, sections 13 and 14).
  /// - Parameters:
  ///   - file: open for reading.
  ///   - headers: fields that describe the content, its type among them.
  ///   - isExclusive: whether the caller needed a right to have it.
  ///   - request: says with its header fields which part.
  static func file(
    _ file: OpenFile, headers: [(name: String, value: String)], isExclusive: Bool = false, for request: ServerRequest
  ) -> ServerResponse {
    let lastModified = HTTPDate.text(file.modified)
    let caching = isExclusive ? exclusiveCaching : []
    var headers =
      headers + [
        ("Accept-Ranges", "bytes"), ("ETag", file.entityTag), ("Last-Modified", lastModified),
        ("X-Content-Type-Options", "nosniff"),
      ] + caching
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
        headers: [("Content-Range", "bytes */\(file.size)"), ("ETag", file.entityTag), ("Accept-Ranges", "bytes")]
          + caching)
    case .notModified:
      return ServerResponse(
        status: 304, headers: [("ETag", file.entityTag), ("Last-Modified", lastModified)] + caching)
    }
  }

  /// The Content-Disposition of a file; what the header cannot hold is left out of the name.
  static func attachment(_ name: String) -> (name: String, value: String) {
    let safeName = String(name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" && $0 >= " " })
    return ("Content-Disposition", "attachment; filename=\"\(safeName)\"")
  }
}
