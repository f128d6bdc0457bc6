internal import Holdings
internal import LocalArchive
internal import SkyGeometry
internal import TableIO

extension ArchiveHandler {
  /// Answers a query service of MAST.
  func invoke(_ request: ServerRequest) -> ServerResponse {
    do throws(InvokeFailure) {
      let asked = try InvokeRequest(try Self.json(of: request, items(request)))
      return try answer(asked)
    } catch {
      return error.response
    }
  }

  private static func json(of request: ServerRequest, _ items: [FormItem]) throws(InvokeFailure) -> JSONValue {
    let isBare = request.body.first == UInt8(ascii: "{")
    guard let text = isBare ? request.body : items.first(where: { $0.name == "request" }).map({ Array($0.value.utf8) })
    else { throw InvokeFailure("The form field 'request' is missing; it holds the query as JSON.", status: 400) }
    do throws(JSONError) {
      return try JSONValue(parsing: text)
    } catch {
      throw InvokeFailure("The request is not JSON: \(error.description)", status: 400)
    }
  }

  private func answer(_ request: InvokeRequest) throws(InvokeFailure) -> ServerResponse {
    switch request.service.lowercased() {
    case "mast.caom.filtered": return try observations(request, circle: nil)
    case "mast.caom.filtered.position": return try observations(request, circle: try position(request))
    case "mast.caom.cone": return try observations(request, circle: try cone(request))
    case "mast.caom.products": return try products(request)
    case "mast.name.lookup":
      return nameAnswer([request.params["input"]?.looseText ?? ""])
    default:
      guard let service = KeywordService(serviceName: request.service) else {
        throw InvokeFailure("Unknown service '\(request.service.prefix(80))'.")
      }
      return try query(.keywords(service), request, circle: nil)
    }
  }

  private func observations(_ request: InvokeRequest, circle: SkyCircle?) throws(InvokeFailure) -> ServerResponse {
    try query(.observations, request, circle: circle)
  }

  private func query(
    _ table: ArchiveTable, _ request: InvokeRequest, circle: SkyCircle?
  ) throws(InvokeFailure) -> ServerResponse {
    let filters = try request.filters()
    let columns = try Self.columns(request.params["columns"], in: table)
    let hits = try run { () throws(LocalArchiveError) in
      try store.find(in: table, matching: filters, touching: circle)
    }
    guard let columns else { return InvokeAnswer.count(hits.count) }
    return try InvokeAnswer(
      store: store, table: table, columns: columns, hits: hits, hasDistance: circle != nil, page: request.page,
      pageSize: request.pageSize
    ).response()
  }

  private func products(_ request: InvokeRequest) throws(InvokeFailure) -> ServerResponse {
    var numbers: [Int64] = []
    var known: Set<Int64> = []
    let value = request.params["obsid"]
    for element in value?.arrayValue ?? value.map({ [$0] }) ?? [] {
      for word in (element.looseText ?? "").split(whereSeparator: { $0 == "," || $0 == " " }) {
        guard let number = Int64(word) else { throw InvokeFailure("'\(word.prefix(40))' is not an obsid.") }
        if known.insert(number).inserted { numbers.append(number) }
      }
    }
    guard !numbers.isEmpty else { throw InvokeFailure("'obsid' is missing: a comma-separated list of numbers.") }
    guard numbers.count <= 50_000 else {
      throw InvokeFailure("A request may ask for the products of 50,000 observations at a time.")
    }
    let hits = try run { () throws(LocalArchiveError) in try store.findProducts(ofObservations: numbers) }
    // Some clients send a list of columns here; MAST sends all columns nevertheless.
    return try InvokeAnswer(
      store: store, table: .products, columns: ArchiveTable.products.columns, hits: hits, hasDistance: false,
      page: request.page, pageSize: request.pageSize
    ).response()
  }

  /// The columns asked for in the archive's own order; `nil` when their number of rows is wanted instead.
  private static func columns(_ value: JSONValue?, in table: ArchiveTable) throws(InvokeFailure) -> [ArchiveTable
    .Column]?
  {
    let words = value?.arrayValue?.compactMap(\.looseText) ?? [value?.looseText ?? "*"]
    let names = words.flatMap { $0.split(separator: ",") }.map { String($0.filter { $0 != " " }) }.filter {
      !$0.isEmpty
    }
    if names.isEmpty || names.contains("*") { return table.columns }
    if names.count == 1, names[0].uppercased() == "COUNT_BIG(*)" { return nil }
    var wanted: Set<ArchiveTable.Column> = []
    for name in names {
      do throws(LocalArchiveError) {
        wanted.insert(try table.column(named: name))
      } catch {
        throw InvokeFailure("Invalid column name '\(name.prefix(80))'.")
      }
    }
    return table.columns.filter(wanted.contains)
  }

  private func cone(_ request: InvokeRequest) throws(InvokeFailure) -> SkyCircle {
    try Self.circle(["ra", "dec", "radius"].map { request.params[$0]?.looseText ?? "" })
  }

  private func position(_ request: InvokeRequest) throws(InvokeFailure) -> SkyCircle {
    let text = request.params["position"]?.looseText ?? ""
    return try Self.circle(text.split { $0 == "," || $0 == " " }.map(String.init))
  }

  private static func circle(_ words: [String]) throws(InvokeFailure) -> SkyCircle {
    let numbers = words.compactMap { Double($0) }.filter(\.isFinite)
    guard numbers.count == 3, words.count == 3, abs(numbers[1]) <= 90, (0...180).contains(numbers[2]) else {
      throw InvokeFailure("A position is ra, dec and radius in degrees, for example 150.1, 2.2, 0.05.")
    }
    let ra = numbers[0].truncatingRemainder(dividingBy: 360)
    return SkyCircle(center: SkyPosition(ra: ra < 0 ? ra + 360 : ra, dec: numbers[1]), radius: numbers[2])
  }

  private func run<T>(_ body: () throws(LocalArchiveError) -> T) throws(InvokeFailure) -> T {
    do throws(LocalArchiveError) {
      return try body()
    } catch {
      switch error.kind {
      case .unknownColumn, .unsuitableValue: throw InvokeFailure(error.message)
      default: throw InvokeFailure("The archive could not be read.", status: 500)
      }
    }
  }
}
