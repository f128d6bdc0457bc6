import HTTPTransport
import TAP

extension ESAArchive {
  /// Finds out where a target is.
  ///
  ///     let target = try await archive.resolve("M1", using: [.ned, .simbad])
  ///
  /// - Parameters:
  ///   - name: the target's name.
  ///   - resolvers: whom to ask, one after the other until one knows. Each is asked once; whatever fails with one, the next is asked.
  /// - Returns: the position in the ICRS; NED and VizieR give FK5, which is converted.
  /// - Throws: ``ESAArchiveError``: `.badCriteria`; `.unresolvedTarget` with the reasons of all resolvers in their order;
  ///   `CancellationError`.
  public func resolve(_ name: String, using resolvers: [Resolver] = Resolver.allCases) async throws -> ResolvedTarget {
    try CriteriaText.check(name, "target")
    guard !resolvers.isEmpty else {
      throw ESAArchiveError.badCriteria("resolvers", "No resolver is given; name at least one.")
    }
    var failures: [ResolverFailure] = []
    for resolver in resolvers {
      do throws(ResolverAnswer.Failure) {
        let body = try await answer(to: ResolverQuestion(resolver: resolver, name: name))
        let position = try ResolverAnswer.position(in: body, from: resolver)
        return ResolvedTarget(name: name, position: position, resolver: resolver, failures: failures)
      } catch {
        try Task.checkCancellation()
        failures.append(ResolverFailure(resolver: resolver, reason: error.reason))
      }
    }
    var error = ESAArchiveError(
      .unresolvedTarget,
      "No resolver knows where '\(name)' is. \(failures.map(\.description).joined(separator: "; ")). Check the name, or give"
        + " a position.",
      subject: name)
    error.resolverFailures = failures
    throw error
  }

  private func answer(to question: ResolverQuestion) async throws(ResolverAnswer.Failure) -> [UInt8] {
    var request = question.request(configuration.resolvers)
    request.timeouts = configuration.timeouts
    let response: HTTPResponse
    do {
      response = try await foreignTransport.send(request, bodyLimit: Self.resolverLimit)
    } catch let error as HTTPTransportError {
      throw ResolverAnswer.Failure(reason: error.message)
    } catch {
      throw ResolverAnswer.Failure(reason: "\(error)")
    }
    guard response.isSuccess else {
      let said = ServerMessage(response).text.prefix(300)
      throw ResolverAnswer.Failure(
        reason: "the service answers with HTTP status \(response.status)" + (said.isEmpty ? "" : ": \(said)"))
    }
    return response.body
  }

  /// The largest answer of a resolver, bytes.
  private static let resolverLimit = 16 << 20
}
