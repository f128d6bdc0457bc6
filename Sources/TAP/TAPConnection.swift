public import HTTPTransport
import TableIO

/// The way to one TAP service: its address, a transport, and the one place that carries requests out.
///
///     let transport = CurlTransport(configuration: .init(userAgent: "example/1.0"))
///     let connection = TAPConnection(baseURL: "https://jwst.esac.esa.int/server/tap", transport: transport)
///     let document = try await connection.get("tables").body
///
/// Every answer with an error status becomes a ``TAPError`` with the service's own message. Requests that change nothing are
/// sent again after passing faults; status 500 is none, as TAP services report errors of a query with it.
public struct TAPConnection: Sendable {
  /// How to ask.
  public struct Configuration: Sendable {
    /// The dialect of the service.
    public var dialect: Dialect
    /// How the program calls itself in forms (`tapclient`); `nil` leaves the field out.
    public var clientTag: String?
    /// When to ask again after passing faults.
    public var retry = RetryPolicy()
    /// Time and chance.
    public var pacing = Pacing.system
    /// How long a document or an action may take.
    public var timeouts = Timeouts()
    /// How long a query's or a job's result may take; a synchronous query runs before the first byte comes.
    public var queryTimeouts = Timeouts(responseHead: .seconds(600), stall: .seconds(120))
    /// The largest document (list of tables, list of jobs …) to take, bytes.
    public var documentLimit = 64 << 20
    /// The largest document about one job (phase, description, error) or about the service's state to take, bytes.
    public var smallDocumentLimit = 4 << 20
    /// The largest upload, bytes.
    public var uploadLimit = 256 << 20
    /// The folder of temporary files; `nil` is the system's usual place.
    public var temporaryFolder: String?
    /// Results stay in memory up to so many bytes.
    public var memoryLimit = 8 << 20

    /// Describes a way to ask.
    public init(dialect: Dialect = .standard, clientTag: String? = nil) {
      self.dialect = dialect
      self.clientTag = clientTag
    }
  }

  /// What services understand differently.
  public enum Dialect: Sendable, Hashable {
    /// TAP 1.1 as the standard has it.
    case standard
    /// ESA's TAP+.
    case tapPlus
  }

  /// What becomes of an answer that redirects.
  public enum Redirects: Sendable, Hashable {
    /// It is followed; a POST becomes a GET after 301, 302 and 303.
    case followed
    /// It is the answer.
    case delivered
  }

  /// The service's address without a slash at the end.
  public let baseURL: String
  /// What carries the requests; wrap it to add credentials.
  public var transport: any Transport
  /// How to ask.
  public var configuration: Configuration

  /// Describes the way to a service.
  /// - Parameters:
  ///   - baseURL: the address under which `sync` and `async` are.
  ///   - transport: what carries the requests.
  ///   - configuration: how to ask.
  public init(baseURL: String, transport: any Transport, configuration: Configuration = Configuration()) {
    var base = baseURL[...]
    while base.hasSuffix("/") { base.removeLast() }
    self.baseURL = String(base)
    self.transport = transport
    self.configuration = configuration
  }

  /// The absolute address of a resource.
  /// - Parameter path: the part behind the base, percent-encoded, without a slash at its beginning; an absolute address
  ///   (such as ``sibling(_:)`` gives) stays as it is.
  public func address(_ path: String) -> String {
    path.hasPrefix("https://") || path.hasPrefix("http://") ? path : baseURL + "/" + path
  }

  /// The absolute address of something beside the service: for `…/server/tap`, `sibling("login")` is `…/server/login`.
  public func sibling(_ context: String) -> String {
    guard let slash = baseURL.lastIndex(of: "/"), baseURL[..<slash].contains("://"), !baseURL[..<slash].hasSuffix("/")
    else { return baseURL + "/" + context }
    return baseURL[...slash] + context
  }

  /// Fetches a document.
  /// - Parameters:
  ///   - path: see ``address(_:)``.
  ///   - query: what stands behind the question mark.
  /// - Returns: the answer with its whole body, inflated.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func get(_ path: String, query: FormBody = FormBody()) async throws -> HTTPResponse {
    try await document(HTTPRequest(.get, query.query(on: address(path))), .harmless)
  }

  /// Fetches a document that cannot be long.
  func small(_ path: String) async throws -> HTTPResponse {
    try await document(HTTPRequest(.get, address(path)), .harmless, limit: configuration.smallDocumentLimit)
  }

  /// Sends a form; never twice.
  /// - Parameters:
  ///   - path: see ``address(_:)``.
  ///   - form: the fields.
  ///   - redirects: with `.delivered` an answer that redirects is a success.
  ///   - isSecret: whether the body must not leave the origin (logins).
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func post(
    _ path: String, form: FormBody, redirects: Redirects = .followed, isSecret: Bool = false
  ) async throws -> HTTPResponse {
    var request = HTTPRequest.post(address(path), form: form)
    request.followsRedirects = redirects == .followed
    request.staysOnOrigin = isSecret
    return try await document(request, .never)
  }

  /// Sends a form with files; never twice.
  /// - Parameters:
  ///   - path: see ``address(_:)``.
  ///   - multipart: the fields and files.
  ///   - redirects: with `.delivered` an answer that redirects is a success.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func post(
    _ path: String, multipart: MultipartBody, redirects: Redirects = .followed
  ) async throws -> HTTPResponse {
    var request = HTTPRequest(
      .post, address(path), headers: ["Content-Type": multipart.contentType], body: multipart.bytes)
    request.followsRedirects = redirects == .followed
    return try await document(request, .never)
  }

  /// Removes a resource. A redirect is a success: UWS sends one to the list of jobs. So is it when a repeated request finds
  /// nothing: the first one, whose answer did not come, has done its work.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  @discardableResult public func delete(_ path: String) async throws -> HTTPResponse {
    var request = HTTPRequest(.delete, address(path))
    request.followsRedirects = false
    return try await document(request, .harmless)
  }

  /// Fetches a document in any way.
  func document(
    _ request: HTTPRequest, _ repetition: Repetition, timeouts: Timeouts? = nil, limit: Int = .max
  ) async throws -> HTTPResponse {
    let limit = min(limit, configuration.documentLimit)
    var request = request
    request.timeouts = timeouts ?? configuration.timeouts
    request.headers["Accept-Encoding"] = "gzip"
    var (response, body) = try await perform(request, repetition, limit: limit)
    do {
      if response.isSuccess { response.body = try body.inflated(limit: limit) }
    } catch {
      throw TAPError(
        .badAnswer, "The service's answer cannot be read: \(error.message)", status: response.status, url: response.url,
        cause: error)
    }
    return response
  }
}
