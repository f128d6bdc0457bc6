/// A request as a value; a `Transport` carries it out.
public struct HTTPRequest: Sendable {
  /// The method of a request.
  public struct Method: RawRepresentable, Sendable, Hashable {
    /// The word on the wire.
    public var rawValue: String

    /// Any method by its word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Fetch.
    public static let get = Method(rawValue: "GET")
    /// Fetch the header fields only.
    public static let head = Method(rawValue: "HEAD")
    /// Send a body.
    public static let post = Method(rawValue: "POST")
    /// Remove (a UWS job, for example).
    public static let delete = Method(rawValue: "DELETE")
  }

  /// The method.
  public var method: Method
  /// The absolute address, `http` or `https`, without user and password.
  public var url: String
  /// Header fields to send besides those the transport adds itself.
  public var headers: HTTPHeaders
  /// Bytes to send with a POST.
  public var body: [UInt8]
  /// How long to wait for what.
  public var timeouts: Timeouts
  /// Secrets for this request, on top of the transport's own; each goes only to its origin.
  public var credentials: [Credential] = []
  /// Whether a redirect to another origin is an error; for requests whose body is a secret (logins).
  public var staysOnOrigin = false
  /// Whether redirects are followed; otherwise the redirect itself is the answer, body included.
  public var followsRedirects = true

  /// Describes a request.
  public init(
    _ method: Method = .get, _ url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
    timeouts: Timeouts = Timeouts()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
  }

  /// A POST of a form.
  public static func post(_ url: String, form: FormBody, timeouts: Timeouts = Timeouts()) -> HTTPRequest {
    HTTPRequest(
      .post, url, headers: ["Content-Type": FormBody.contentType], body: Array(form.text.utf8), timeouts: timeouts)
  }
}

/// How long a request may take; `nil` means without limit.
public struct Timeouts: Sendable, Hashable {
  /// Name look-up, connection and TLS together.
  public var connect: Duration?
  /// From the last byte sent until the first byte of the answer's head.
  public var responseHead: Duration?
  /// Longest time without a new byte of the body.
  public var stall: Duration?
  /// The whole request with its redirects.
  public var total: Duration?

  /// Sets the limits; the defaults suit an archive that may think for two minutes before it answers.
  public init(
    connect: Duration? = .seconds(30), responseHead: Duration? = .seconds(150), stall: Duration? = .seconds(60),
    total: Duration? = nil
  ) {
    self.connect = connect
    self.responseHead = responseHead
    self.stall = stall
    self.total = total
  }
}
