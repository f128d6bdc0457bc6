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
      var configuration = MASTClient.Configuration(baseURL: url, token: token)
      if let batch { configuration.observationsPerRequest = batch }
      return
        MASTClient(
          transport: CurlTransport(configuration: .init(userAgent: "webb/\(WebbVersion.text)", connectionsPerHost: 64)),
          configuration: configuration)
    }
    return try await Interruption.cancelling {
      if let path {
        return try await LocalServer(path: path, logs: talk.verbose > 1).serving { try await work(try client($0), now) }
      }
      return try await work(try client(try archiveURL), now)
    }
  }

  /// The token for an archive: the option's, else the environment's, which goes to MAST and to this machine only, else the one
  /// that is stored for this archive. None goes over the net in clear.
  private func token(for url: String) throws -> String? {
    guard let origin = Origin(url: url) else { return nil }
    if let token {
      guard origin.isPrivate else {
        throw Failure.usage("The token would travel in clear to \(origin): use an https address.")
      }
      return token
    }
    if origin.isHere || Self.isMAST(url), let token = Environment["MAST_API_TOKEN"] { return token }
    return origin.isPrivate ? try TokenStore.standard.entry(for: origin)?.token : nil
  }

  /// The address of the archive, where it is not a local one.
  var archiveURL: String {
    get throws {
      let url = mastURL ?? Environment["WEBB_MAST_URL"] ?? "https://mast.stsci.edu"
      guard Origin(url: url) != nil else {
        throw Failure.usage(
          "The archive's address cannot be used: write it like https://mast.stsci.edu, without user and password.")
      }
      return url
    }
  }

  /// Whether an address is MAST's own.
  static func isMAST(_ url: String) -> Bool {
    guard let origin = Origin(url: url), origin.scheme == "https" else { return false }
    return origin.host == "stsci.edu" || origin.host.hasSuffix(".stsci.edu")
  }
}

extension Origin {
  /// Whether the host is this machine.
  var isHere: Bool { ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host) }

  /// Whether nobody on the way can read what is sent.
  var isPrivate: Bool { isHere || scheme == "https" }
}
