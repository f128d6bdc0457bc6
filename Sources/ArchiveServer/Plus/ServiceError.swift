internal import LocalArchive

/// Why a request of TAP+ is not answered: a status and a sentence.
struct ServiceError: Error {
  var status: Int
  var message: String
  var headers: [(name: String, value: String)] = []

  init(_ status: Int, _ message: String, headers: [(name: String, value: String)] = []) {
    self.status = status
    self.message = message
    self.headers = headers
  }

  /// What the archive's error means for who asked. What went wrong inside is not told.
  init(_ error: LocalArchiveError) {
    switch error.kind {
    case .invalidName, .unsuitableValue, .unsuitableTable: self.init(400, error.message)
    case .notAllowed: self.init(403, error.message)
    case .unknownItem: self.init(404, error.message)
    case .alreadyExists: self.init(409, error.message)
    case .quotaExceeded: self.init(413, error.message)
    default: self.init(500, "The archive could not be read or written. Try again later.")
    }
  }

  /// Nobody is logged in.
  static let loginNeeded = ServiceError(401, "Log in first: this is for users of the archive.")

  /// The page. The list item is where ESA's clients look for the message.
  var response: ServerResponse {
    let text = XMLText.escaped(message)
    let page = """
      <!DOCTYPE html>
      <html><head><title>SERVICE ERROR</title></head>
      <body>
      <h1>SERVICE ERROR - \(status)</h1>
      <ul>
      <li><b>Message: </b>\(text)</li>
      </ul>
      </body></html>

      """
    var headers: [(name: String, value: String)] = [
      ("Content-Type", "text/html; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
      ("Content-Security-Policy", "default-src 'none'"), ("Cache-Control", "no-store"),
    ]
    // RFC 9110, section 15.5.2.
    if status == 401 { headers.append(("WWW-Authenticate", "ivoa_cookie realm=\"archive\"")) }
    return ServerResponse(status: status, headers: headers + self.headers, body: .bytes(Array(page.utf8)))
  }

  /// Runs a handler's body; what it throws becomes the page.
  static func catching(_ body: () throws -> ServerResponse) -> ServerResponse {
    do {
      return try body()
    } catch let error as ServiceError {
      return error.response
    } catch let error as LocalArchiveError {
      // What a handler threw inside a transaction comes out of it wrapped.
      return (error.cause as? ServiceError ?? ServiceError(error)).response
    } catch {
      return ServiceError(500, "The request failed. Try again later.").response
    }
  }
}
