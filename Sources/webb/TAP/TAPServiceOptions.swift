import ArgumentParser
import ESAArchive
import Foundation
import HTTPTransport
import TAP

/// Which table service to talk to, and how.
struct TAPServiceOptions: ParsableArguments {
  /// ESA's service.
  static let defaultURL = "https://jwst.esac.esa.int/server/tap"

  @Option(help: "Address of the TAP service (also WEBB_TAP_URL). Default: ESA's JWST archive, \(Self.defaultURL).")
  var url: String?

  @Option(name: .customLong("ca-file"), help: "PEM file with the certificates to trust in place of the system's.")
  var certificateFile: String?

  @Option(help: "How long to wait for a job, for example 90s, 10m or 2h. The job itself goes on.")
  var timeout = Span(duration: .seconds(3600))

  func validate() throws {
    if let url, Origin(url: url) == nil {
      throw ValidationError("--url cannot be used: write it like \(Self.defaultURL), without user and password.")
    }
    if let certificateFile, LocalFile.size(certificateFile) ?? -1 < 0 {
      throw ValidationError("--ca-file \(certificateFile) is no file.")
    }
  }

  /// The service's address.
  func address() throws -> String {
    let address = url ?? Environment["WEBB_TAP_URL"] ?? Self.defaultURL
    guard Origin(url: address) != nil else {
      throw Failure.usage("WEBB_TAP_URL is \"\(address)\", which is no address: write it like \(Self.defaultURL).")
    }
    return address
  }

  /// Does some work with a client that has the login kept for the service; Ctrl-C and SIGTERM cancel it.
  func withArchive<Value: Sendable>(
    talk: TalkOptions, configure: (inout ESAArchive.Configuration) throws -> Void = { _ in },
    _ work: @escaping @Sendable (ESAArchive) async throws -> Value
  ) async throws -> Value {
    var configuration = ESAArchive.Configuration(tapURL: try address())
    configuration.jobPatience = timeout.duration
    try configure(&configuration)
    let transport = CurlTransport(
      configuration: .init(userAgent: "webb/\(WebbVersion.text)", certificateFile: certificateFile))
    var archive = ESAArchive(transport: transport, configuration: configuration)
    var user: String?
    if let origin = Origin(url: configuration.tapURL),
      let session = try SessionFolder.store.session(for: origin, now: Pacing.system.unixTime())
    {
      user = session.user
      talk.explain("Using the login of \(session.user).")
      archive = archive.loggedIn(session)
    }
    do {
      return try await Interruption.cancelling { [archive] in try await work(archive) }
    } catch {
      guard let hint = Self.hint(error, user: user) else { throw error }
      throw Failure(message: "\(error) \(hint)", code: Failure.exitCode(error))
    }
  }

  /// What to do next, in terms of commands.
  private static func hint(_ error: any Error, user: String?) -> String? {
    switch error {
    case let error as ESAArchiveError where error.kind == .privateData:
      user == nil
        ? "Use webb esa login and webb esa token." : "Use webb esa token; if that does not help, log in again."
    case let error as TAPError where error.kind == .notAuthorized:
      user.map { "The login of \($0) may be over, or may not be enough; log in again with webb esa login." }
        ?? "Nobody is logged in; webb esa login does it."
    case let error as TAPError where error.kind == .timedOut:
      error.jobID.map { "Later: webb tap results \($0)" }
    default: nil
    }
  }
}

/// Where logins are kept between commands.
enum SessionFolder {
  /// `$WEBB_SESSIONS`, else `$XDG_STATE_HOME/webb/sessions`, else `~/.local/state/webb/sessions`.
  static var store: SessionStore {
    let state = Environment["XDG_STATE_HOME"] ?? NSHomeDirectory() + "/.local/state"
    return SessionStore(folder: Environment["WEBB_SESSIONS"] ?? state + "/webb/sessions")
  }
}

/// A length of time as people write it: `90s`, `10m`, `2h`, `1.5d`; a bare number is seconds.
struct Span: ExpressibleByArgument, Hashable {
  var duration: Duration

  init(duration: Duration) { self.duration = duration }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    let unit = argument.last.flatMap { units[$0] }
    guard let value = Double(unit == nil ? argument[...] : argument.dropLast()), value > 0, value < 1e9 else {
      return nil
    }
    duration = .milliseconds(Int64((value * (unit ?? 1) * 1000).rounded()))
  }

  var defaultValueDescription: String { "\(duration.components.seconds)s" }
}
