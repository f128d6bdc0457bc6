import Foundation
import TestSupport
import Testing

/// Tokens that are stored: where they go, and where they never show.
@Suite struct MASTTokenTests {
  private let secret = "t0p-s3cret-token"

  private func webb(_ arguments: [String], _ home: ScratchFolder, input: String = "") throws -> WebbProcess.Result {
    try WebbProcess(["mast"] + arguments, environment: ["XDG_CONFIG_HOME": home.path], input: input).run()
  }

  private func server() throws -> LoopbackServer {
    try LoopbackServer { request, connection in
      if request.path == "/whoami" {
        let isKnown = request[header: "Authorization"] != nil
        connection.respond(
          text: isKnown
            ? #"{"anon":false,"ezid":"pia","attrib":{"display_name":"Pia"},"scopes":["mast:exclusive_access"],"token":{"expires":"2027-01-01T00:00:00","token":"t0p-s3cret-token"}}"#
            : #"{"anon":true}"#)
      } else {
        connection.respond(text: #"{"status":"COMPLETE","msg":"","fields":[],"data":[]}"#)
      }
    }
  }

  @Test func aTokenIsStoredToldAndForgotten() throws {
    let home = try ScratchFolder()
    let mast = try server()
    let set = try webb(["token", "set", "--mast-url", mast.url, "--now", "2026-11-21"], home, input: secret + "\n")
    #expect(set.status == 0, "\(set.errors)")
    let attributes = try FileManager.default.attributesOfItem(atPath: home.file("webb/mast-tokens.json"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let status = try webb(["token", "status", "--mast-url", mast.url], home)
    #expect(status.status == 0)
    #expect(
      status.output == "name: Pia\nopens: mast:exclusive_access\nexpires: 2027-01-01T00:00:00\nstored: 2026-11-21\n")
    let json = try webb(["token", "status", "--mast-url", mast.url, "--json"], home)
    #expect(json.output.contains(#""scopes""#))

    let query = try webb(["query", "--propID", "1", "--mast-url", mast.url, "-vvv"], home)
    #expect(mast.requests.last?[header: "Authorization"] == "token " + secret)
    for result in [set, status, json, query] { #expect(!(result.output + result.errors).contains(secret)) }

    #expect(try webb(["token", "forget", "--mast-url", mast.url], home).status == 0)
    #expect(home.bytes("webb/mast-tokens.json") == nil)
    let none = try webb(["token", "status", "--mast-url", mast.url], home)
    #expect(none.status == 1)
    #expect(none.errors.contains("no token"))
  }

  @Test func aStoredTokenGoesNowhereElse() throws {
    let home = try ScratchFolder()
    let (mast, other) = (try server(), try server())
    _ = try webb(["token", "set", "--mast-url", mast.url], home, input: secret + "\n")
    _ = try webb(["query", "--propID", "1", "--mast-url", other.url], home)
    #expect(!other.requests.isEmpty)
    #expect(!"\(other.requests)".contains(secret))
  }

  @Test func aFileThatOthersCanReadIsNotUsed() throws {
    let home = try ScratchFolder()
    let mast = try server()
    _ = try webb(["token", "set", "--mast-url", mast.url], home, input: secret + "\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: home.file("webb/mast-tokens.json"))
    let result = try webb(["query", "--propID", "1", "--mast-url", mast.url], home)
    #expect(result.status == 1)
    #expect(result.errors.contains("chmod 600"))
    #expect(!result.errors.contains(secret))
    #expect(mast.requests.isEmpty)
  }

  @Test(arguments: ["", "short", "bad\u{7F}token-with-control", String(repeating: "x", count: 5000)])
  func whatIsNoTokenIsNotStored(input: String) throws {
    let home = try ScratchFolder()
    let result = try webb(["token", "set"], home, input: input)
    #expect(result.status == 2)
    #expect(home.names.isEmpty)
  }

  @Test func tokensAreNotSetOnTheCommandLineNorForClearText() throws {
    let home = try ScratchFolder()
    #expect(try webb(["token", "set", "--token", secret], home, input: secret + "\n").status == 2)
    #expect(try webb(["token", "set", "--mast-url", "http://example.org"], home, input: secret + "\n").status == 2)
    #expect(home.names.isEmpty)
  }

  #if os(Linux)
    @Test(arguments: [["--token", "t0p-s3cret-token"], ["--token=t0p-s3cret-token"], ["--tok", "t0p-s3cret-token"]])
    func aTokenLeavesTheListOfProcesses(option: [String]) throws {
      // A server that never answers holds the process.
      let mast = try LoopbackServer { $1.waitForClient(toLeaveWithin: 20_000) }
      let running = try WebbProcess(["mast", "query", "--propID", "1", "--mast-url", mast.url] + option).start()
      for _ in 0..<400 where mast.requests.isEmpty { Thread.sleep(forTimeInterval: 0.05) }
      let arguments = FileManager.default.contents(atPath: "/proc/\(running.processIdentifier)/cmdline") ?? Data()
      running.send(signal: SIGINT)
      _ = running.wait()
      #expect(!mast.requests.isEmpty)
      let text = String(decoding: arguments, as: UTF8.self)
      #expect(text.contains("--propID"))
      #expect(!text.contains("s3cret"))
    }
  #endif
}
