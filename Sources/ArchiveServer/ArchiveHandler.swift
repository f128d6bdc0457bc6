public import LocalArchive
public import SkyGeometry
internal import TableIO

/// Answers requests from an archive, as MAST would: a function from request to response that knows no sockets.
public struct ArchiveHandler: Sendable {
  let store: ArchiveStore
  let callers: Callers

  /// Makes a handler. Who may have exclusive files follows from the archive's tokens and users, as they are at each request.
  /// - Parameters:
  ///   - store: the archive.
  ///   - now: the time.
  public init(store: ArchiveStore, now: @escaping @Sendable () -> ModifiedJulianDate) {
    self.store = store
    callers = Callers(store: store, now: now)
  }

  /// Answers a request. Failures become answers too.
  public func respond(to request: ServerRequest) -> ServerResponse {
    var path = request.path.lowercased()
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let endpoint = Self.endpoint(path) else {
      return .json(.object(["msg": .string("There is no such path on this server.")]), status: 404)
    }
    let methods = endpoint == .invoke || endpoint == .columns ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"]
    guard methods.contains(request.method) else {
      let list = methods.joined(separator: ", ")
      return .text(405, "This path takes \(list).", headers: [("Allow", list)])
    }
    return switch endpoint {
    case .invoke: invoke(request)
    case .columns: columnsConfiguration(request)
    case .whoami: whoami(request)
    case .download: download(request)
    case .names: names(request)
    }
  }

  private enum Endpoint { case invoke, columns, whoami, download, names }

  /// The same endpoints stand under several paths at MAST; the path has to be in lower case.
  private static func endpoint(_ path: String) -> Endpoint? {
    switch path {
    case "/api/v0/invoke", "/portal/mashup/mashup.asmx/invoke", "/portal_jwst/mashup/mashup.asmx/invoke": .invoke
    case "/api/v0/columnsconfig", "/portal/mashup/mashup.asmx/columnsconfig",
      "/portal_jwst/mashup/mashup.asmx/columnsconfig":
      .columns
    case "/whoami": .whoami
    case "/api/v0.1/download/file", "/api/v0/download/file", "/jwst/api/v0.1/download/file": .download
    case "/santa-war/query": .names
    default: nil
    }
  }

  /// Query and form together; clients use either.
  func items(_ request: ServerRequest) -> [FormItem] {
    guard request.method == "POST" else { return request.query }
    return request.query + FormItem.items(String(decoding: request.body, as: UTF8.self))
  }
}
