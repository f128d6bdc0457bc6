import HTTPTransport

extension TAPClient {
  /// Asks what the service can do.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func capabilities() async throws -> TAPCapabilities {
    let response = try await connection.get("capabilities")
    return try TAPCapabilities(reading: response.body, url: response.url)
  }

  /// Asks whether the service works at the moment.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func availability() async throws -> TAPAvailability {
    let response = try await connection.small("availability")
    return try TAPAvailability(reading: response.body, url: response.url)
  }

  /// Asks for the service's example queries, those of its further documents included.
  /// - Returns: none when the service has no examples.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func examples() async throws -> [TAPExample] {
    var result: [TAPExample] = []
    var waiting = [connection.address("examples")]
    var seen = Set(waiting)
    while let address = waiting.popLast() {
      let response: HTTPResponse
      do {
        response = try await connection.get(address)
      } catch let error as TAPError where error.kind == .notFound && result.isEmpty {
        return []
      }
      let (examples, continuations) = try TAPExample.examples(reading: response.body, url: response.url)
      result += examples
      for href in continuations {
        guard let next = WebAddress.resolved(href, relativeTo: response.url),
          Origin(url: next) == Origin(url: connection.baseURL), seen.count < Self.exampleDocumentLimit,
          seen.insert(next).inserted
        else { continue }
        waiting.append(next)
      }
    }
    return result
  }

  private static let exampleDocumentLimit = 20
}
