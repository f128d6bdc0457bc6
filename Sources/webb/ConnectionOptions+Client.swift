import HTTPTransport
import MASTArchive
import SkyGeometry

extension ConnectionOptions {
  /// Does some work with a client of the archive that the options name; Ctrl-C and SIGTERM cancel it.
  func withClient<Value: Sendable>(
    talk: TalkOptions, _ work: @escaping @Sendable (MASTClient, ModifiedJulianDate) async throws -> Value
  ) async throws -> Value {
    let now = try date()
    let token = token ?? Environment["MAST_API_TOKEN"]
    let client = { @Sendable (url: String) in
      MASTClient(
        transport: CurlTransport(configuration: .init(userAgent: "webb/\(WebbVersion.text)", connectionsPerHost: 64)),
        configuration: .init(baseURL: url, token: token))
    }
    return try await Interruption.cancelling {
      if let archive {
        let path =
          archive == "sample" ? try SampleMaker.cached(now: now, talk: talk) : Environment.absolutePath(archive)
        return try await LocalServer(path: path, logs: talk.verbose > 1).serving { try await work(client($0), now) }
      }
      let url = mastURL ?? Environment["WEBB_MAST_URL"] ?? "https://mast.stsci.edu"
      guard Origin(url: url) != nil else {
        throw Failure.usage("\(url) is not an address: write it like https://mast.stsci.edu")
      }
      return try await work(client(url), now)
    }
  }
}
