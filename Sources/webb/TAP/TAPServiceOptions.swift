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

  @Option(
    help: ArgumentHelp(
      "A local archive to ask in place of a service; 'sample' makes a small one with made-up data first. It is served inside the process and asked over HTTP.",
      valueName: "dir|sample"))
  var archive: String?

  @Option(name: .customLong("ca-file"), help: "PEM file with the certificates to trust in place of the system's.")
  var certificateFile: String?

  @Option(help: "How long to wait for a job, for example 90s, 10m or 2h. The job itself goes on.")
  var timeout = Span(duration: .seconds(3600))

  @OptionGroup var clock: ClockOptions

  func validate() throws {
    if url != nil, archive != nil { throw ValidationError("--url and --archive exclude each other.") }
    if archive == "" { throw ValidationError("--archive is empty: name a folder, or sample.") }
    if let url, Origin(url: url) == nil {
      throw ValidationError("--url cannot be used: write it like \(Self.defaultURL), without user and password.")
    }
    if let certificateFile, LocalFile.size(certificateFile) ?? -1 < 0 {
      throw ValidationError("--ca-file \(certificateFile) is no file.")
    }
  }

  /// The service's address; for a local archive, its folder.
  func address() throws -> String {
    if let archive { return archive == "sample" ? archive : Environment.absolutePath(archive) }
    let address = url ?? Environment["WEBB_TAP_URL"] ?? Self.defaultURL
    guard Origin(url: address) != nil else {
      throw Failure.usage("WEBB_TAP_URL is \"\(address)\", which is no address: write it like \(Self.defaultURL).")
    }
    return address
  }

  /// Does some work with a client that has the login kept for the service; Ctrl-C and SIGTERM cancel it.
  func withArchive<Value: Sendable>(
    talk: TalkOptions, configure: @escaping @Sendable (inout ESAArchive.Configuration) throws -> Void = { _ in },
    _ work: @escaping @Sendable (ESAArchive) async throws -> Value
  ) async throws -> Value {
    let session = try login.session(now: Pacing.system.unixTime())
    if let session { talk.explain("Using the login of \(session.user).") }
    // Made before signals are taken over, so that Ctrl-C ends it at once.
    let path = try archive.map {
      $0 == "sample" ? try SampleMaker.cached(now: try clock.date(), talk: talk) : Environment.absolutePath($0)
    }
    let url = try address()
    let asking = { @Sendable (url: String) async throws -> Value in
      var configuration = ESAArchive.Configuration(tapURL: url)
      configuration.jobPatience = timeout.duration
      try configure(&configuration)
      let transport = CurlTransport(
        configuration: .init(userAgent: "webb/\(WebbVersion.text)", certificateFile: certificateFile))
      let archive = ESAArchive(transport: transport, configuration: configuration)
      guard let session, let origin = Origin(url: url) else { return try await work(archive) }
      return try await work(archive.loggedIn(session.moved(to: origin)))
    }
    do {
      return try await Interruption.cancelling {
        guard let path else { return try await asking(url) }
        return try await LocalServer(path: path, logs: talk.verbose > 1).serving {
          try await asking($0 + "/server/tap")
        }
      }
    } catch {
      guard let hint = Self.hint(error, user: session?.user) else { throw error }
      throw Failure(message: "\(error) \(hint)", code: Failure.exitCode(error))
    }
  }

  /// Where the login at the service is kept.
  var login: KeptLogin {
    get throws {
      if let archive {
        let path = archive == "sample" ? "/sample" : Environment.absolutePath(archive)
        return KeptLogin(store: SessionStore(folder: SessionFolder.path + "/archives" + path), origin: .localArchive)
      }
      guard let origin = Origin(url: try address()) else { throw Failure.usage("\(try address()) is no address.") }
      return KeptLogin(store: SessionStore(folder: SessionFolder.path), origin: origin)
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

/// A login kept between commands. That of a local archive stands under an address that is nobody's: its server has another port every time.
struct KeptLogin {
  var store: SessionStore
  var origin: Origin

  /// The login, unless it is over.
  func session(now: Int64) throws -> Session? { try store.session(for: origin, now: now) }

  /// Keeps a login in place of the one before.
  func keep(_ session: Session) throws { try store.keep(session.moved(to: origin)) }

  /// Forgets it, if there is one.
  func forget() throws { try store.forget(origin) }
}

extension Origin {
  fileprivate static let localArchive = Origin(url: "http://archive.invalid")!
}

/// Where logins are kept between commands.
enum SessionFolder {
  /// `$WEBB_SESSIONS`, else `$XDG_STATE_HOME/webb/sessions`, else `~/.local/state/webb/sessions`.
  static var path: String {
    let state = Environment["XDG_STATE_HOME"] ?? NSHomeDirectory() + "/.local/state"
    return Environment["WEBB_SESSIONS"] ?? state + "/webb/sessions"
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
