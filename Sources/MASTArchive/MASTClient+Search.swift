import HTTPTransport
public import Holdings
import TableIO

extension MASTClient {
  /// The observations that match, executed ones only, in archive order.
  ///
  /// Several instruments are asked for one after the other, so archive order then holds within each instrument.
  public func observations(matching criteria: ObservationCriteria) async throws -> [Observation] {
    var observations: [Observation] = []
    for request in try criteria.requests() {
      observations += try await rows(answering: request).map(Observation.init(cells:))
    }
    // Planned observations have no files, and a text filter of another mission's archive may not know collections.
    return observations.filter { ($0.calib_level ?? 0) >= 0 && $0.obsid != nil }
  }

  /// The products of observations, in the order of the observations; one row per file and observation.
  ///
  /// The observations are asked for in batches. Where the archive is too slow for a batch, its halves are asked for.
  /// - Parameters:
  ///   - observations: what to list the files of.
  ///   - progress: called with the number of observations done.
  public func products(
    of observations: [Observation], progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> [Product] {
    let ids = observations.compactMap(\.obsid)
    let size = max(1, configuration.observationsPerRequest)
    let batches = stride(from: 0, to: ids.count, by: size).map { Array(ids[$0..<min($0 + size, ids.count)]) }
    var answers = [[Product]](repeating: [], count: batches.count)
    try await withThrowingTaskGroup(of: (Int, [Product]).self) { group in
      var next = 0
      var done = 0
      func startNext() {
        guard next < batches.count else { return }
        let (index, batch) = (next, batches[next])
        group.addTask { (index, try await self.products(ofBatch: batch)) }
        next += 1
      }
      for _ in 0..<max(1, configuration.concurrency) { startNext() }
      while let (index, products) = try await group.next() {
        answers[index] = products
        done += batches[index].count
        progress(done)
        startNext()
      }
    }
    return answers.flatMap(\.self)
  }

  private static let largestFile: Int64 = 1 << 42

  private func products(ofBatch ids: [Int64]) async throws -> [Product] {
    let request = InvokeRequest(
      service: "Mast.Caom.Products", params: ["obsid": .string(ids.map(String.init).joined(separator: ","))])
    do {
      return try await rows(answering: request).map { cells in
        var product = Product(cells: cells)
        // A size that no file can have is no size; sums of the others cannot overflow.
        if let size = product.size, !(0...Self.largestFile).contains(size) { product.size = nil }
        return product
      }
    } catch let error as MASTArchiveError where error.isTooMuchAtOnce && ids.count > 1 {
      let half = ids.count / 2
      return try await products(ofBatch: Array(ids[..<half])) + products(ofBatch: Array(ids[half...]))
    }
  }

  /// The MD5 sums the archive keeps of FITS files, by file name: one question per programme and instrument.
  /// - Parameters:
  ///   - program: programme number.
  ///   - service: the keyword service that holds the files.
  public func checksums(program: Int, service: KeywordService) async throws -> [String: String] {
    let request = InvokeRequest(
      service: service.serviceName, columns: [service.filenameColumn, "checksum"],
      filters: [InvokeFilter("program", .values([String(program)]))])
    var checksums: [String: String] = [:]
    for row in try await rows(answering: request) {
      guard let name = row[service.filenameColumn]?.textValue, let checksum = row["checksum"]?.textValue,
        checksum.utf8.count == 32, checksum.allSatisfy({ $0.isASCII && $0.isHexDigit })
      else { continue }
      checksums[name] = checksum
    }
    return checksums
  }

  /// The MD5 sums from several sources, two questions at a time.
  /// - Parameter sources: programmes and keyword services.
  /// - Returns: the sums by file name, and the first reason why a source gave none.
  public func checksums(from sources: [ChecksumSource]) async -> (sums: [String: String], failure: (any Error)?) {
    await withTaskGroup(of: Result<[String: String], any Error>.self) { group in
      var waiting = sources[...]
      func startNext() {
        guard let source = waiting.popFirst() else { return }
        group.addTask {
          do { return .success(try await checksums(program: source.program, service: source.service)) } catch {
            return .failure(error)
          }
        }
      }
      for _ in 0..<max(1, configuration.concurrency) { startNext() }
      var sums: [String: String] = [:]
      var failure: (any Error)?
      while let result = await group.next() {
        switch result {
        case .success(let found): sums.merge(found) { $1 }
        case .failure(let error): failure = failure ?? error
        }
        startNext()
      }
      return (sums, failure)
    }
  }

  /// Who the token makes the user, in the archive's words.
  /// - Throws: ``MASTArchiveError`` of kind `.badToken` when the archive does not know the token.
  public func whoAmI() async throws -> String {
    let url = configuration.baseURL + "/whoami"
    let response = try await send(
      .init(.get, url, headers: ["Accept": "application/json"]), service: nil, bodyLimit: 1 << 20)
    guard let answer = try? JSONValue(parsing: response.body), let isAnonymous = answer["anon"]?.booleanValue else {
      throw MASTArchiveError(.malformedAnswer, "The archive does not say who the token belongs to.", url: url)
    }
    if isAnonymous && configuration.token != nil {
      throw MASTArchiveError(
        .badToken,
        "MAST does not accept the token: it may have expired (after 10 days without use). Make a new one at https://auth.mast.stsci.edu/token, or leave it out for public data.",
        url: url)
    }
    return answer["attrib"]?["display_name"]?.stringValue ?? answer["ezid"]?.stringValue ?? "anonymous"
  }
}

extension MASTArchiveError {
  /// Whether the question may succeed when it is cut in half.
  var isTooMuchAtOnce: Bool {
    switch kind {
    case .timedOut, .truncated: true
    // A reset in mid-answer is how MAST refuses more than it can send; a server that is not there is no reason to halve.
    case .connection: [.connectionLost, .truncated].contains((cause as? HTTPTransportError)?.kind)
    case .refused: status.map { $0 >= 500 } ?? false
    default: false
    }
  }
}
