import ArgumentParser
import HTTPTransport
import MASTArchive
import SkyGeometry
import TableIO

struct MASTToken: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Keep a MAST token, and ask what it opens.",
    discussion: """
      Exclusive data need a token of someone with the right to them, made at https://auth.mast.stsci.edu/token. It is kept in a
      file that only you can read, goes to the archive it was set for and nowhere else, and is never shown.

        webb mast token set
        webb mast token status
        webb mast token forget
      """,
    subcommands: [MASTTokenStatus.self, MASTTokenSet.self, MASTTokenForget.self])
}

struct MASTTokenStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Ask the archive whose the token is, what it opens and when it ends.")

  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let stored = try connection.archive == nil ? TokenStore.standard.entry(for: connection.origin) : nil
    try await connection.withClient(talk: talk) { client, _ in
      guard let token = client.configuration.token else {
        throw Failure(
          message:
            "There is no token for \(client.configuration.baseURL). Make one at https://auth.mast.stsci.edu/token and run webb mast token set."
        )
      }
      let since = stored.flatMap { $0.token == token ? $0.since : nil }
      let status = TokenStatus(identity: try await client.identity(), storedSince: since)
      Console.print(talk.json ? status.json.jsonText : status.text)
    }
  }
}

struct MASTTokenSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Store a token that is typed or piped in.",
    discussion: "The token is read from standard input, never from the command line: webb mast token set < FILE")

  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let origin = try connection.origin
    guard origin.isPrivate else {
      throw Failure.usage("The token would travel in clear to \(origin): use an https address.")
    }
    guard connection.token == nil else {
      throw Failure.usage("Type the token or pipe it in; on the command line others can see it.")
    }
    guard let line = Prompt.secret("Token for \(origin.host): ") else {
      throw Failure.usage("There is no token on standard input.")
    }
    let token = String(line.filter { !$0.isWhitespace })
    guard (8...4096).contains(token.utf8.count), token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Failure.usage("That is no token: it has 8 to 4096 printable characters. Nothing was stored.")
    }
    let today = String(try connection.clock.date().isoText(fractionDigits: 0).prefix(10))
    try TokenStore.standard.set(.init(token: token, since: today), for: origin)
    talk.say("Stored for \(origin.host) in \(TokenStore.standard.path); webb mast token status tells what it opens.")
  }
}

struct MASTTokenForget: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "forget", abstract: "Remove the stored token.")

  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let origin = try connection.origin
    let isThere = try TokenStore.standard.entry(for: origin) != nil
    try TokenStore.standard.set(nil, for: origin)
    talk.say(isThere ? "The token for \(origin.host) is forgotten." : "There was no token for \(origin.host).")
  }
}

extension ConnectionOptions {
  /// What a stored token is bound to.
  fileprivate var origin: Origin {
    get throws {
      guard archive == nil, let origin = Origin(url: try archiveURL) else {
        throw Failure.usage("Tokens are stored for archives with an address, not for --archive.")
      }
      return origin
    }
  }
}
