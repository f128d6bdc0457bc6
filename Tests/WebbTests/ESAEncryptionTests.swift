import Foundation
import TestSupport
import Testing

/// Whom `webb` believes to be the archive: certificates made here, a server of `openssl`.
@Suite(.enabled(if: OpenSSL.isInstalled, "openssl is not installed")) struct ESAEncryptionTests {
  @Test func theCertificatesOfAFileAreTrusted() throws {
    let server = try OpenSSL(name: "IP:127.0.0.1")
    let result = try server.webb("esa", "status", "--ca-file", server.certificate).run()
    #expect(result.status == 0, "\(result)")
    #expect(result.output == "info, news: all is well\n")
  }

  @Test func othersAreNotTrusted() throws {
    let server = try OpenSSL(name: "IP:127.0.0.1")
    try expectRefusal(server.webb("esa", "status"))
    try expectRefusal(server.webb("esa", "login", "--user", "jdoe", input: "geheim\n"))
  }

  @Test func aCertificateOfAnotherHostIsRefused() throws {
    let server = try OpenSSL(name: "DNS:archive.invalid")
    try expectRefusal(server.webb("esa", "status", "--ca-file", server.certificate))
    try expectRefusal(
      server.webb("esa", "login", "--user", "jdoe", "--ca-file", server.certificate, input: "geheim\n"))
  }

  @Test func aFileWithoutCertificatesIsRefused() throws {
    let server = try OpenSSL(name: "IP:127.0.0.1")
    try server.scratch.write("empty.pem", [])
    try expectRefusal(server.webb("esa", "status", "--ca-file", "empty.pem"))
    let missing = try server.webb("esa", "status", "--ca-file", "nowhere.pem").run()
    #expect(missing.status == 2 && missing.errors.contains("nowhere.pem"))
  }

  private func expectRefusal(_ run: WebbProcess, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try run.run()
    #expect(result.status == 1, "\(result)", sourceLocation: sourceLocation)
    #expect(result.errors.lowercased().contains("certificate"), "\(result)", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty && !result.errors.contains("geheim"), sourceLocation: sourceLocation)
  }
}

/// A server of `openssl` with a certificate for a name, and one answer.
private final class OpenSSL {
  let scratch: ScratchFolder
  let certificate: String
  private var address = ""
  private let server: ChildProcess

  init(name: String) throws {
    scratch = try ScratchFolder()
    certificate = scratch.file("certificate.pem")
    let made = try Self.start(
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=webb test", "-addext",
        "subjectAltName=\(name)", "-keyout", scratch.file("key.pem"), "-out", certificate,
      ], output: scratch.file("make.log")
    ).wait()
    guard made == 0 else { throw TestSupportError("openssl makes no certificate") }
    let folder = URL(fileURLWithPath: scratch.file("server/tap"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 32\r\nConnection: close\r\n\r\n1[type: info,news]=all is well \n"
    try Data(answer.utf8).write(to: folder.appendingPathComponent("notification?action=GetNotifications"))
    let log = scratch.file("server.log")
    server = try Self.start(
      ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", scratch.file("key.pem"), "-HTTP"],
      output: log, folder: scratch.path)
    for _ in 0..<200 {
      if let line = try String(contentsOfFile: log, encoding: .utf8).firstMatch(of: /ACCEPT (\S+)\n/) {
        address = String(line.1)
        return
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw TestSupportError("openssl serves nothing: \((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
  }

  func webb(_ arguments: String..., input: String = "") -> WebbProcess {
    WebbProcess(
      arguments,
      environment: [
        "WEBB_TAP_URL": "https://\(address)/server/tap", "WEBB_SESSIONS": scratch.file("sessions"),
      ], folder: URL(fileURLWithPath: scratch.path), input: input)
  }

  static let isInstalled = (try? start(["version"], output: "/dev/null"))?.wait() == 0

  private static func start(_ arguments: [String], output: String, folder: String? = nil) throws -> ChildProcess {
    if !FileManager.default.fileExists(atPath: output) { try Data().write(to: URL(fileURLWithPath: output)) }
    let log = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    return try ChildProcess("/usr/bin/env", ["openssl"] + arguments, folder: folder, output: log, errors: log)
  }
}
