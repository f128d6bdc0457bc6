internal import LocalArchive
internal import TableIO

/// Finds images and cubes by SIA 2 and planes by simple cone search, on the tables and the engine of the TAP service.
struct DiscoveryService: Sendable {
  let tap: TAPService

  /// Adds what the service answers.
  func addRoutes(to routes: inout Routes) {
    routes.add("/sia2/query") { request, rest in rest.isEmpty ? images(request) : Self.nothing }
    routes.add("/sia2/capabilities", methods: ["GET", "HEAD"]) { request, _ in capabilities(request) }
    routes.add("/sia2/availability", methods: ["GET", "HEAD"]) { _, _ in tap.availability() }
    routes.add("/cone") { request, rest in rest.isEmpty ? cone(request) : Self.nothing }
  }

  private static let nothing = ServerResponse.text(404, "There is no such resource here.")

  /// Answers a query of SIA 2. Source: SIA 2.0, sections 2 and 3.
  func images(_ request: ServerRequest) -> ServerResponse {
    let form = RequestForm(request)
    return answer(request) { () throws(TAPFault) in
      let query = try ImageQuery(form)
      // FORMAT is the format of the images here.
      return (query.adql, try options(form, format: form.values("RESPONSEFORMAT")), { _ in })
    } failing: {
      ErrorDocument.response(Self.fault($0), status: $0.status)
    }
  }

  /// Answers a simple cone search. Source: Simple Cone Search 1.03, section 2.
  func cone(_ request: ServerRequest) -> ServerResponse {
    let form = RequestForm(request)
    return answer(request) { () throws(TAPFault) in
      let query = try ConeQuery(form)
      return (query.adql, try options(form, format: form.values("RESPONSEFORMAT")), Self.relabel)
    } failing: {
      ConeError(message: $0.message).response
    }
  }

  /// Gives the columns that the standard asks for their UCDs, and leaves no other column with the same role.
  private static func relabel(_ metadata: inout TableMetadata) {
    for index in metadata.columns.indices {
      metadata.columns[index].ucd =
        ConeQuery.labels[metadata.columns[index].name]
        ?? metadata.columns[index].ucd?.replacing(";meta.main", with: "")
    }
  }

  /// How a result is written.
  private struct Options {
    var format: ResponseFormat
    var maxRows: Int
  }

  private func options(_ form: RequestForm, format names: [String]) throws(TAPFault) -> Options {
    var format = ResponseFormat.usual
    if let name = names.first(where: { !$0.isEmpty }) {
      guard let known = ResponseFormat(name) else {
        throw TAPFault("RESPONSEFORMAT \"\(name.excerpt)\" is not supported.")
      }
      format = known
    }
    let limit = tap.configuration.outputLimit
    guard let text = form.values("MAXREC").first(where: { !$0.isEmpty }) else {
      return Options(format: format, maxRows: limit.usual)
    }
    guard let number = Int(text.trimmingBlanks), number >= 0 else {
      throw TAPFault("MAXREC \"\(text.excerpt)\" is not a number of rows: 0 or more.")
    }
    return Options(format: format, maxRows: min(number, limit.hard))
  }

  /// What a protocol makes of a request: the query, how its result is written, and what is changed in its description.
  private typealias Question = (adql: String, options: Options, change: @Sendable (inout TableMetadata) -> Void)

  private func answer(
    _ request: ServerRequest, _ question: () throws(TAPFault) -> Question,
    failing: @escaping @Sendable (TAPFault) -> ServerResponse
  ) -> ServerResponse {
    let asked: Question
    let user: String?
    do throws(TAPFault) {
      asked = try question()
      user = try tap.caller(of: request)
    } catch {
      return failing(error)
    }
    // What a GET would say of a result is not known without the query.
    if request.method == "HEAD" {
      return ServerResponse(status: 200, headers: [("Content-Type", asked.options.format.mediaType)])
    }
    return ServerResponse.later {
      do throws(TAPFault) {
        return try await tap.streaming(asked.options.format) { (sink, stop) throws(TAPFault) in
          try run(asked, user: user, to: sink, stop)
        }
      } catch {
        return failing(error)
      }
    }.varyingByCaller(isPrivate: user != nil)
  }

  private func run(
    _ question: Question, user: String?, to sink: any ByteSink, _ stop: QueryStop
  ) throws(TAPFault) {
    let rows: any ResultRows
    do throws(LocalArchiveError) {
      rows = try tap.source.rows(
        of: ArchiveQuery(
          adql: question.adql, maxRows: question.options.maxRows, user: user,
          timeLimit: .seconds(tap.configuration.syncDuration)))
    } catch {
      throw tap.fault(error)
    }
    stop.attach(rows.cancellation)
    _ = try ResultWriter(
      format: question.options.format, query: question.adql, server: tap.productName, fault: tap.fault
    ).write(
      RelabelledRows(rows, question.change), maxRows: question.options.maxRows, to: sink)
  }

  /// The message in DALI's words (SIA 2.0, section 2.3).
  private static func fault(_ fault: TAPFault) -> String {
    let kind =
      switch fault.status {
      case 400: "UsageFault"
      case 503: "TransientFault"
      case 500...: "FatalFault"
      default: "DefaultFault"
      }
    return "\(kind): \(fault.message)"
  }
}
