import Foundation
import TestSupport
import Testing

/// Logins from one command to the next: what is sent, what is kept, what is forgotten, and that nothing of it is shown.
@Suite struct ESASessionTests {
  private let service: ESAService

  init() throws {
    service = try ESAService([
      "/server/login": { request, connection in
        guard request.text.contains("password=geheim") else {
          return connection.respond(
            401, ["Content-Type": "text/html"], text: "<html><body>HTTP Status 401 – Unauthorized</body></html>")
        }
        connection.respond(
          200, ["Set-Cookie": "SESSION=keks; Path=/server; Secure; HttpOnly"])
      },
      "/server/logout": { _, connection in connection.respond(200) },
      "/server/jwstToken": { request, connection in
        connection.respond(request[header: "Cookie"] == nil ? 403 : 200)
      },
      "/server/tap/async": { request, connection in
        if request[header: "Cookie"] == "SESSION=alt" { return connection.respond(401) }
        connection.respond(
          200, ["Content-Type": "text/xml"], text: #"<uws:jobs xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0"/>"#)
      },
    ])
  }

  private func logIn() throws {
    let login = try service.webb("esa", "login", "--user", "jdoe", input: "geheim\n").run()
    #expect(login.status == 0, "\(login)")
    #expect(login.errors.contains("Logged in as jdoe"))
    expectNoSecrets(login)
  }

  private func expectNoSecrets(_ result: WebbProcess.Result, sourceLocation: SourceLocation = #_sourceLocation) {
    for secret in ["geheim", "keks", "marke"] {
      #expect(!result.output.contains(secret) && !result.errors.contains(secret), sourceLocation: sourceLocation)
    }
  }

  private var kept: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: service.scratch.file("sessions"))) ?? [])
  }

  private var cookie: String? { service.server.requests.last?[header: "Cookie"] }

  private func change(_ old: String, _ new: String) throws {
    let path = service.scratch.file("sessions/" + (try #require(kept.first)))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(old))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(text.replacing(old, with: new).utf8))
  }

  @Test func theNextCommandUsesTheLoginAndLogoutForgetsIt() throws {
    try logIn()
    #expect(kept.count == 1)
    let attributes = try FileManager.default.attributesOfItem(atPath: service.scratch.file("sessions/" + kept[0]))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let folder = try FileManager.default.attributesOfItem(atPath: service.scratch.file("sessions"))
    #expect(folder[.posixPermissions] as? Int == 0o700)
    let jobs = try service.webb("tap", "jobs", "-v", "--format", "csv").run()
    #expect(jobs.status == 0, "\(jobs)")
    #expect(cookie == "SESSION=keks")
    #expect(jobs.errors.contains("jdoe"))
    expectNoSecrets(jobs)
    let logout = try service.webb("esa", "logout").run()
    #expect(logout.status == 0 && logout.errors.contains("jdoe is logged out"))
    #expect(service.requests("/server/logout").first?[header: "Cookie"] == "SESSION=keks")
    #expect(kept.isEmpty)
    #expect(try service.webb("tap", "jobs").run().status == 0)
    #expect(cookie == nil)
    #expect(try service.webb("esa", "logout").run().errors.contains("Nobody was logged in"))
  }

  @Test func thePasswordIsNotShownWhileItIsTyped() throws {
    let terminal = try PseudoTerminal()
    let run = service.webb("esa", "login")
    let process = try ChildProcess(
      WebbProcess.executable.path, run.arguments, environment: run.environment, input: terminal.programEnd,
      output: terminal.programEnd, errors: terminal.programEnd)
    try #require(terminal.wait(for: "User: "))
    terminal.type("jdoe")
    try #require(terminal.wait(for: "Password: "))
    terminal.type("geheim")
    #expect(process.wait() == 0)
    #expect(terminal.wait(for: "Logged in as jdoe."))
    #expect(!terminal.screen.contains("geheim"))
    var settings = termios()
    #expect(tcgetattr(terminal.programEnd.fileDescriptor, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0)
  }

  @Test func ctrlCLeavesATerminalThatShowsWhatIsTyped() throws {
    let terminal = try PseudoTerminal()
    let run = service.webb("esa", "login", "--user", "jdoe")
    let process = try ChildProcess(
      WebbProcess.executable.path, run.arguments, environment: run.environment, input: terminal.programEnd,
      errors: terminal.programEnd)
    try #require(terminal.wait(for: "Password: "))
    process.send(signal: SIGINT)
    #expect(process.wait() == 1)
    #expect(terminal.wait(for: "Interrupted."))
    var settings = termios()
    #expect(tcgetattr(terminal.programEnd.fileDescriptor, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0)
    #expect(service.server.requests.isEmpty)
  }

  @Test func credentialsFromAFileOrTheEnvironment() throws {
    try service.scratch.write("credentials", "jdoe\ngeheim\nmore\n".utf8)
    #expect(chmod(service.scratch.file("credentials"), 0o644) == 0)
    let file = try service.webb("esa", "login", "--credentials-file", "credentials").run()
    #expect(file.status == 0 && file.errors.contains("chmod 600"), "\(file)")
    let environment = try service.webb(
      "esa", "login", "--with-token",
      environment: ["WEBB_ESA_USER": "jdoe", "WEBB_ESA_PASSWORD": "geheim", "MAST_API_TOKEN": "marke"]
    ).run()
    #expect(environment.status == 0 && environment.errors.contains("with a MAST token"), "\(environment)")
    #expect(service.requests("/server/jwstToken").first?.text == "token=marke")
    #expect(
      service.requests("/server/login").map(\.text) == Array(repeating: "username=jdoe&password=geheim", count: 2))
    for result in [file, environment] { expectNoSecrets(result) }
    #expect(try service.webb("esa", "login", "--credentials-file", "nowhere").run().status == 1)
    #expect(try service.webb("esa", "login", "--user", "jdoe").run().status == 2)
  }

  @Test func aWrongPasswordKeepsNothing() throws {
    let result = try service.webb("esa", "login", "--user", "jdoe", input: "falsch\n").run()
    #expect(result.status == 1)
    #expect(result.errors.contains("does not accept this user name and password"))
    #expect(!result.errors.contains("falsch"))
    #expect(kept.isEmpty)
  }

  @Test func passwordsAreNotSentInTheClear() throws {
    let result = try service.webb(
      "esa", "login", "--user", "jdoe", "--url", "http://archive.invalid/server/tap", input: "geheim\n"
    ).run()
    #expect(result.status == 1)
    #expect(result.errors.contains("not encrypted"))
    expectNoSecrets(result)
  }

  @Test func aTokenNeedsALogin() throws {
    let alone = try service.webb("esa", "token", environment: ["MAST_API_TOKEN": "marke"]).run()
    #expect(alone.status == 1 && alone.errors.contains("Log in first") && alone.errors.contains("webb esa login"))
    try logIn()
    let result = try service.webb("esa", "token", input: "marke\n").run()
    #expect(result.status == 0, "\(result)")
    for result in [alone, result] { expectNoSecrets(result) }
  }

  @Test func aLoginThatIsOverIsNotSent() throws {
    try logIn()
    try change("\"name\"", "\"expiry\": 1000000000, \"name\"")
    let jobs = try service.webb("tap", "jobs").run()
    #expect(jobs.status == 0, "\(jobs)")
    #expect(cookie == nil)
  }

  @Test func aLoginThatTheServerHasForgottenSaysWhatToDo() throws {
    try logIn()
    try change("keks", "alt")
    let jobs = try service.webb("tap", "jobs").run()
    #expect(jobs.status == 1)
    #expect(jobs.errors.contains("The login of jdoe may be over") && jobs.errors.contains("webb esa login"))
  }

  @Test func aLoginThatOthersMayReadIsNotUsed() throws {
    try logIn()
    let path = service.scratch.file("sessions/" + kept[0])
    #expect(chmod(path, 0o644) == 0)
    let before = service.server.requests.count
    let jobs = try service.webb("tap", "jobs").run()
    #expect(jobs.status == 1 && jobs.errors.contains("chmod 600"), "\(jobs)")
    #expect(service.server.requests.count == before)
  }

  @Test func logoutForgetsEvenWhenTheArchiveIsGone() throws {
    try logIn()
    service.server.stop()
    let logout = try service.webb("esa", "logout").run()
    #expect(logout.status == 1)
    #expect(logout.errors.contains("forgotten here"))
    #expect(kept.isEmpty)
  }
}
