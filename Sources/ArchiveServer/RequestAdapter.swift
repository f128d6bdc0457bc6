internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOPosix
internal import SkyGeometry

/// Carries requests from Hummingbird to the handlers and answers back.
struct RequestAdapter: HTTPResponder {
  typealias Context = ConnectionContext

  let handler: @Sendable (ServerRequest) -> ServerResponse
  /// How much requests of a path may take.
  let traits: @Sendable (_ path: String) -> Routes.Traits
  let configuration: ServerConfiguration
  let now: @Sendable () -> ModifiedJulianDate
  let log: @Sendable (ServerLogEntry) -> Void
  let bodies: ByteBudget
  var lanes = Lanes()

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = now()
    let path = FormItem.decoded(request.uri.path[...], plusIsBlank: false)
    let traits = traits(path)
    let asked: ServerRequest
    do throws(Refusal) {
      asked = try await converted(request, traits, client: context.client)
    } catch {
      return response(error.answer, method: request.method.rawValue, path: path, start: start, closes: true)
    }
    // Handlers read the database and open files: not on the event loop's time.
    let handler = handler
    let first = await lanes.respond(in: traits.lane) { handler(asked) }
    var answer = first
    if case .later = first.body { answer = await context.whileConnected { await first.settled() } }
    return response(answer, method: asked.method, path: asked.path, start: start, closes: false)
  }

  /// Why a request is not read.
  private struct Refusal: Error {
    var answer: ServerResponse

    init(_ status: Int, _ message: String) { answer = .text(status, message) }
    init(_ answer: ServerResponse) { self.answer = answer }
  }

  private static let tooManyFields = Refusal(
    400, "The request has more than \(FormItem.limit) parameters. Send what is long in one of them.")

  private func converted(
    _ request: Request, _ traits: Routes.Traits, client: String?
  ) async throws(Refusal) -> ServerRequest {
    let target = request.head.path ?? "/"
    guard FormItem.count(target.utf8) <= FormItem.limit else { throw Self.tooManyFields }
    let isMultipart = request.headers[.contentType]?.lowercased().hasPrefix("multipart/") ?? false
    let limit =
      traits.takesFiles && isMultipart
      ? configuration.maximumBodySize : min(configuration.maximumBodySize, configuration.maximumFormSize)
    let (body, share) = try await body(of: request, limit: limit)
    guard isMultipart || FormItem.count(body) <= FormItem.limit else { throw Self.tooManyFields }
    var asked = ServerRequest(
      method: request.method.rawValue, target: target, headers: Self.headers(of: request), body: body)
    asked.client = client
    asked.share = share
    return asked
  }

  /// Reads a body, as far as there is memory for it.
  private func body(of request: Request, limit: Int) async throws(Refusal) -> ([UInt8], ByteBudget.Share?) {
    let tooLarge = Refusal(413, "The request's body is larger than \(limit) bytes.")
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
    var body: [UInt8] = []
    var share: ByteBudget.Share?
    do {
      for try await part in request.body {
        guard body.count + part.readableBytes <= limit else { throw tooLarge }
        // Small bodies always have room.
        if body.count + part.readableBytes > Self.smallBodySize {
          if share == nil { share = bodies.share() }
          guard share?.grow(by: part.readableBytes) == true else { throw Refusal(.isBusy) }
        }
        body.append(contentsOf: part.readableBytesView)
      }
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(400, "The request's body did not come to its end.")
    }
    return (body, share)
  }

  private static let smallBodySize = 64 << 10

  private static func headers(of request: Request) -> [String: String] {
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      // HTTP/1.1 clients may split cookies; other repeated fields mean a list.
      headers[name] = headers[name].map { $0 + (name == "cookie" ? "; " : ", ") + field.value } ?? field.value
    }
    // HTTPTypes keeps the Host field apart.
    if let host = request.head.authority { headers["host"] = host }
    return headers
  }

  private func response(
    _ answer: ServerResponse, method: String, path: String, start: ModifiedJulianDate, closes: Bool
  ) -> Response {
    var headers = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    if closes { headers[.connection] = "close" }
    let report = { @Sendable (count: Int64) in
      let milliseconds = max(0, (now().rawValue - start.rawValue) * 86_400_000)
      log(
        ServerLogEntry(
          time: start, method: method, path: path, status: answer.status, byteCount: count, milliseconds: milliseconds))
    }
    let status = HTTPResponse.Status(code: answer.status)
    if method == "HEAD" || answer.status == 304 {
      report(0)
      var response = Response(status: status, headers: headers)
      // The length of the body that a GET would have had; the empty body here must not say 0.
      let length = answer.status == 304 ? nil : answer.contentLength
      response.headers[.contentLength] = length.map(String.init)
      return response
    }
    let body = ResponseBody(contentLength: answer.contentLength.map(Int.init)) { writer in
      var count: Int64 = 0
      defer { report(count) }
      try await Self.write(answer.body, to: &writer, count: &count)
      try await writer.finish(nil)
    }
    return Response(status: status, headers: headers, body: body)
  }

  /// Writes a body piece by piece; each write waits until the connection has room.
  private static func write(
    _ body: ServerResponse.Body, to writer: inout any ResponseBodyWriter, count: inout Int64
  ) async throws {
    switch body {
    case .bytes(let bytes):
      guard !bytes.isEmpty else { return }
      try await writer.write(ByteBuffer(bytes: bytes))
      count = Int64(bytes.count)
    case .file(let file, let range):
      while count < Int64(range.count) {
        let offset = range.lowerBound + count
        let wanted = Int(min(Int64(pieceSize), range.upperBound - offset))
        let piece = try await NIOThreadPool.singleton.runIfActive { file.read(at: offset, count: wanted) }
        // A file that was cut short meanwhile: end the connection rather than send something else.
        guard !piece.isEmpty else { throw FileEndedEarly() }
        try await writer.write(ByteBuffer(bytes: piece))
        count += Int64(piece.count)
      }
    case .stream(let produce), .sized(_, let produce):
      var sink = writer
      var sent: Int64 = 0
      try await produce { bytes in
        try await sink.write(ByteBuffer(bytes: bytes))
        sent += Int64(bytes.count)
      }
      count = sent
      writer = sink
    case .later(let answer): try await write(answer().body, to: &writer, count: &count)
    }
  }

  private struct FileEndedEarly: Error {}

  private static let pieceSize = 256 << 10
}
