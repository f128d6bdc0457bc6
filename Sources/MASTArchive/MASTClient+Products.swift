public import Holdings
import TableIO

extension MASTClient {
  /// The products of observations with what is known of each file.
  ///
  /// A programme of 20,000 files takes one question an instrument where FITS files are wanted, and CAOM's batches of observations on
  /// top where others are. Where a keyword service fails, or knows nothing of an observation, CAOM is asked in its place.
  /// - Parameters:
  ///   - observations: what to list the files of.
  ///   - need: what kinds of files are wanted; others may be missing.
  ///   - source: where the list comes from.
  ///   - window: the start times that the observations were searched by, to ask no more than for them.
  ///   - progress: called with the number of requests done and the number known to be needed.
  /// - Throws: ``MASTArchiveError`` when CAOM fails; failures of keyword services are told in the result.
  public func productList(
    of observations: [Observation], wanting need: ProductNeed = .everything, from source: ProductSource = .merged,
    window: TimeWindow = .all, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> ProductList {
    guard source == .merged else {
      let batches = batches(of: observations)
      let answers = try await inquire(batches.map(Inquiry.catalogue)) { progress($0, batches.count) }
      return ProductList(products: answers.flatMap(\.products))
    }
    let questions = KeywordQuestion.questions(about: observations, guideStars: need.guideStars, window: window)
    let catalogued = observations.filter(need.asksCatalogue)
    let first = questions.map(Inquiry.keywords) + batches(of: catalogued).map(Inquiry.catalogue)
    var answers = try await inquire(first) { progress($0, first.count) }

    let asked = Set(catalogued.compactMap(\.obsid))
    let unknown = ProductMerge.unknown(
      observations.filter { $0.obsid.map { !asked.contains($0) } ?? false }, to: answers.flatMap(\.records))
    let rest = batches(of: unknown).map(Inquiry.catalogue)
    answers += try await inquire(rest) { progress(first.count + $0, first.count + rest.count) }

    let records = answers.flatMap(\.records)
    return ProductList(
      products: ProductMerge.products(
        of: observations, catalogue: answers.flatMap(\.products), records: records),
      records: Dictionary(records.map { ($0.filename, $0) }) { $1 },
      failures: answers.compactMap(\.failure))
  }

  /// The products of observations by CAOM alone, in the order of the observations; one row per file and observation.
  ///
  /// The observations are asked for in batches. Where the archive is too slow for a batch, its halves are asked for.
  /// - Parameters:
  ///   - observations: what to list the files of.
  ///   - progress: called with the number of observations done.
  public func products(
    of observations: [Observation], progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> [Product] {
    let batches = batches(of: observations)
    return try await inquire(batches.map(Inquiry.catalogue)) { done in
      progress(min(done * max(1, configuration.observationsPerRequest), observations.count))
    }.flatMap(\.products)
  }

  // MARK: Questions

  /// One question for products, to either kind of service.
  private enum Inquiry: Sendable {
    case catalogue([Int64])
    case keywords(KeywordQuestion)
  }

  private struct InquiryAnswer: Sendable {
    var products: [Product] = []
    var records: [FileRecord] = []
    var failure: (any Error)?
  }

  private func inquire(_ inquiries: [Inquiry], finished: (Int) -> Void) async throws -> [InquiryAnswer] {
    try await inquiries.mapInParallel(atOnce: configuration.concurrency, finished: finished) { inquiry in
      switch inquiry {
      case .catalogue(let ids): InquiryAnswer(products: try await products(ofBatch: ids))
      case .keywords(let question): try await records(answering: question)
      }
    }
  }

  private func batches(of observations: [Observation]) -> [[Int64]] {
    let ids = observations.compactMap(\.obsid)
    let size = max(1, configuration.observationsPerRequest)
    return stride(from: 0, to: ids.count, by: size).map { Array(ids[$0..<min($0 + size, ids.count)]) }
  }

  private func products(ofBatch ids: [Int64]) async throws -> [Product] {
    let request = InvokeRequest(
      service: "Mast.Caom.Products", params: ["obsid": .string(ids.map(String.init).joined(separator: ","))])
    do {
      return try await rows(answering: request).map { cells in
        var product = Product(cells: cells)
        product.size = product.size.flatMap(Product.plausibleSize)
        return product
      }
    } catch let error as MASTArchiveError where error.isTooMuchAtOnce && ids.count > 1 {
      let half = ids.count / 2
      return try await products(ofBatch: Array(ids[..<half])) + products(ofBatch: Array(ids[half...]))
    }
  }

  /// What a keyword service says; a failure is part of the answer, since CAOM can stand in.
  private func records(answering question: KeywordQuestion) async throws -> InquiryAnswer {
    do {
      let rows = try await rows(answeringWithAnyColumns: question.request)
      return InquiryAnswer(records: rows.compactMap { FileRecord($0, service: question.service) })
    } catch let error as MASTArchiveError {
      guard error.isTooMuchAtOnce, !question.halves.isEmpty else { return InquiryAnswer(failure: error) }
      var answer = InquiryAnswer()
      for half in question.halves {
        let part = try await records(answering: half)
        answer.records += part.records
        answer.failure = answer.failure ?? part.failure
      }
      return answer
    }
  }

  // MARK: Checksums

  /// The MD5 sums the archive keeps of FITS files, by file name: one question per programme and instrument.
  /// - Parameters:
  ///   - program: programme number.
  ///   - service: the keyword service that holds the files.
  public func checksums(program: Int, service: KeywordService) async throws -> [String: String] {
    let request = InvokeRequest(
      service: service.serviceName, columns: [service.filenameColumn, "checksum"],
      filters: [InvokeFilter("program", .values([String(program)]))])
    let records = try await rows(answering: request).compactMap { FileRecord($0, service: service) }
    return Dictionary(records.compactMap { record in record.checksum.map { (record.filename, $0) } }) { $1 }
  }

  /// The MD5 sums from several sources, two questions at a time.
  /// - Parameter sources: programmes and keyword services.
  /// - Returns: the sums by file name, and the first reason why a source gave none.
  public func checksums(from sources: [ChecksumSource]) async -> (sums: [String: String], failure: (any Error)?) {
    let answers = try? await sources.mapInParallel(atOnce: configuration.concurrency) {
      source -> Swift.Result<[String: String], any Error> in
      do { return .success(try await checksums(program: source.program, service: source.service)) } catch {
        return .failure(error)
      }
    }
    var sums: [String: String] = [:]
    var failure: (any Error)?
    for answer in answers ?? [] {
      switch answer {
      case .success(let found): sums.merge(found) { $1 }
      case .failure(let error): failure = failure ?? error
      }
    }
    return (sums, failure)
  }
}
