import HTTPTransport
import MASTArchive
import SkyGeometry

extension ConnectionOptions {
  /// Does some work with a client of the archive that the options name; Ctrl-C and SIGTERM cancel it.
  func withClient<Value: Sendable>(
    talk: TalkOptions, _ work: @escaping @Sendable (MASTClient, ModifiedJulianDate) async throws -> Value
  ) async throws -> Value {
    let now = try clock.date()
    // Made before signals are taken over, so that Ctrl-C ends it at once.
    let path = try archive.map {
      $0 == "sample" ? try SampleMaker.cached(now: now, talk: talk) : Environment.absolutePath($0)
    }
    let client = { @Sendable (url: String) throws in
      let token = try token(for: url)
      return
        MASTClient(
          transport: CurlTransport(configuration: .init(userAgent: "webb/\(WebbVersion.text)", connectionsPerHost: 64)),
          configuration: .init(baseURL: url, token: token))
    }
    return try await Interruption.cancelling {
      if let path {
        return try await LocalServer(path: path, logs: talk.verbose > 1).serving { try await work(try client($0), now) }
      }
      let url = mastURL ?? Environment["WEBB_MAST_URL"] ?? "https://mast.stsci.edu"
      guard Origin(url: url) != nil else {
        throw Failure.usage(
          "The archive's address cannot be used: write it like https://mast.stsci.edu, without user and password.")
      }
      return try await work(try client(url), now)
    }
  }

  /// The token for an archive: the environment's goes to MAST and to this machine only, and none goes over the net in clear.
  private func token(for url: String) throws -> String? {
    guard let origin = Origin(url: url) else { return nil }
    let isHere = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(origin.host)
    let isMAST = origin.scheme == "https" && (origin.host == "stsci.edu" || origin.host.hasSuffix(".stsci.edu"))
    if let token {
      guard isHere || origin.scheme == "https" else {
        throw Failure.usage("The token would travel in clear to \(origin): use an https address.")
      }
      return token
    }
    return isHere || isMAST ? Environment["MAST_API_TOKEN"] : nil
  }
}
