/// A transport that adds credentials to every request; each goes only to the origin it was given for.
public struct CredentialedTransport: Transport {
  private let base: any Transport
  private let credentials: [Credential]

  /// Adds credentials to the requests that go through another transport.
  public init(_ base: any Transport, credentials: [Credential]) {
    self.base = base
    self.credentials = credentials
  }

  /// Sends a request with the credentials for its origin.
  public func send(_ request: HTTPRequest, bodyLimit: Int) async throws -> HTTPResponse {
    try await base.send(adding(to: request), bodyLimit: bodyLimit)
  }

  /// Streams an answer, asked for with the credentials for its origin.
  public func stream(_ request: HTTPRequest, to sink: any BodySink) async throws -> HTTPResponse {
    try await base.stream(adding(to: request), to: sink)
  }

  private func adding(to request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.credentials += credentials
    return request
  }
}
