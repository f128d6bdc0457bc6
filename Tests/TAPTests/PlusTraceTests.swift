import Foundation
import HTTPTransport
import TAP
import TableIO
import TestSupport
import Testing

/// The recorded conversations of ESA's own client: the same calls here must send the same requests.
@Suite(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
struct PlusTraceTests {
  typealias Call = @Sendable (TAPPlusClient, ScratchFolder) async throws -> Void

  /// One step of a conversation.
  struct Step: Sendable {
    /// How it ends here, when not as it was recorded.
    enum Deviation: Sendable {
      /// It is an error here.
      case fails
      /// It is none here.
      case succeeds
      /// It is not asked at all, because the answer is known or the question senseless.
      case asksNothing(fails: Bool)
    }

    var deviation: Deviation?
    var call: Call

    init(_ deviation: Deviation? = nil, _ call: @escaping Call) {
      self.deviation = deviation
      self.call = call
    }
  }

  static let jdoe = LoginCredentials(user: "jdoe", password: "pw")

  static func upload(_ name: String?, _ content: UserTableUpload.Content? = nil, description: String? = nil) -> Step {
    Step { client, scratch in
      _ = try await client.uploadTable(
        UserTableUpload(
          name: name, description: description, content: content ?? .file(path: scratch.file("mytable.vot"))))
    }
  }

  static func update(_ changes: [TableChange]) -> Call {
    { client, _ in try await client.updateTable("user_jdoe.mytable", changes) }
  }

  static func login(from file: String) -> Call {
    { client, scratch in
      _ = try await client.login(LoginCredentials.reading(file: scratch.file(file)).credentials)
    }
  }

  static let status = Step { client, _ in _ = try await client.statusMessages() }
  static let token = Step { client, _ in try await client.setToken("tok") }
  static let login = Step { client, _ in _ = try await client.login(jdoe) }
  static let traces: [String: [Step]] = [
    "003-status-ok": [status], "004-status-empty": [status],
    "005-status-500": [Step(.fails, status.call)], "006-status-no-equals": [Step(.succeeds, status.call)],
    "158-search-async-jobs-500": [Step { client, _ in _ = try await client.searchJobs() }],
    "159-remove-jobs": [
      Step { client, _ in try await client.removeJobs(["1700000000777O", "1700000000778O"]) },
      Step { client, _ in try await client.removeJobs(["1700000000777O"]) },
    ],
    "160-remove-jobs-404": [Step { client, _ in try await client.removeJobs(["1"]) }],
    "299-login-no-cookie": [Step(.fails, login.call)], "300-login-cookie-space": [Step(.fails, login.call)],
    "303-login-credentials-file": [Step(nil, login(from: "cred.txt"))],
    "304-login-credentials-one-line": [Step(.asksNothing(fails: true), login(from: "cred.txt"))],
    "305-login-credentials-missing": [Step(nil, login(from: "nope.txt"))],
    "308-login-token": [
      Step { client, _ in
        try await client.loggedIn(try await client.login(jdoe)).setToken("mast-token/1+2")
      }
    ],
    "309-login-token-fails-login": [login],
    "311-token-204": [token], "312-token-401": [Step(.fails, token.call)], "313-token-403": [Step(.fails, token.call)],
    "314-token-404": [Step(.fails, token.call)], "315-token-500": [Step(.fails, token.call)],
    "316-token-503": [Step(.fails, token.call)],
    "317-logout": [
      Step { client, _ in if let failure = await client.logout().failure { throw failure } },
      Step(.fails) { client, _ in if let failure = await client.logout().failure { throw failure } },
    ],
    "319-groups-401": [Step { client, _ in _ = try await client.groups() }],
    "320-shared-items": [Step { client, _ in _ = try await client.sharedItems() }],
    "322-share-table-errors": [
      Step { client, _ in try await client.shareTable("", withGroup: "team") },
      Step { client, _ in try await client.shareTable("user_jdoe.mytable", withGroup: "nobody") },
      Step { client, _ in try await client.shareTable("user_jdoe.nothere", withGroup: "team") },
    ],
    "323-share-table-stop": [
      Step { client, _ in try await client.stopSharingTable("user_jdoe.mytable", withGroup: "team") },
      Step { client, _ in try await client.stopSharingTable("user_jdoe.mytable", withGroup: "empty") },
      Step { client, _ in try await client.stopSharingTable("user_jdoe.mytable", withGroup: "nobody") },
      Step { client, _ in try await client.stopSharingTable("", withGroup: "team") },
    ],
    "324-share-group-create": [
      Step { client, _ in try await client.createGroup(titled: "new", description: "fresh") },
      Step { client, _ in try await client.createGroup(titled: "new2") },
      Step { client, _ in try await client.createGroup(titled: "team") },
      Step { client, _ in try await client.createGroup(titled: "") },
    ],
    "325-share-group-delete": [
      Step { client, _ in try await client.deleteGroup(titled: "team") },
      Step { client, _ in try await client.deleteGroup(titled: "nobody") },
      Step { client, _ in try await client.deleteGroup(titled: "") },
    ],
    "326-share-group-add-user": [Step { client, _ in try await client.addUser("zed", toGroup: "team") }],
    "327-share-group-add-user-errors": [
      Step { client, _ in try await client.addUser("jdoe", toGroup: "team") },
      Step { client, _ in try await client.addUser("zed", toGroup: "team") },
      Step { client, _ in try await client.addUser("zed", toGroup: "nobody") },
      Step { client, _ in try await client.addUser("", toGroup: "team") },
    ],
    "329-is-valid-user": [
      Step { client, _ in if try await !client.isValidUser("zed") { throw TestSupportError("zed is unknown") } },
      Step { client, _ in if try await client.isValidUser("nobody") { throw TestSupportError("nobody is known") } },
      Step { client, _ in _ = try await client.isValidUser("zed") },
      Step { client, _ in _ = try await client.isValidUser("") },
    ],
    "330-datalink": [
      Step { client, _ in _ = try await client.dataLinks(["1,2"]) },
      Step { client, _ in _ = try await client.dataLinks(["5"]) },
      Step { client, _ in _ = try await client.dataLinks(["1", "2"]) },
      Step { client, _ in _ = try await client.dataLinks(["a", "b"], linkingParameter: .source) },
      Step { client, _ in _ = try await client.dataLinks([]) },
    ],
    "331-load-data": [
      Step { client, _ in _ = try await client.loadData([("ID", "1,2"), ("RETRIEVAL_TYPE", "X")]).reader() },
      Step { client, _ in _ = try await client.loadData([("ID", "1"), ("format", "CSV")]).reader() },
      Step { client, scratch in try await client.loadData([("ID", "1")]).save(to: scratch.file("d.bin")) },
      Step { client, _ in _ = try await client.loadData([]) },
      Step { client, _ in _ = try await client.loadData([]) },
      Step { client, _ in _ = try await client.loadData([("ID", "9")]) },
    ],
    "332-upload-table-file": [upload("mytable", description: "my data")],
    "335-upload-table-url": [upload("fromurl", .url("http://example.org/t.vot"))],
    "336-upload-table-303": [upload("mytable")], "337-upload-table-302": [upload("mytable")],
    "338-upload-table-errors": [
      upload(nil, .url("http://example.org/t.vot")), upload(nil), upload("a.b"),
      upload("t", .bytes([0], fileName: "t.nosuchformat")), upload("t"), upload("t"),
    ],
    "340-upload-table-from-job": [
      upload(nil, .job(id: "1700000000777O")),
      Step { client, _ in _ = try await TAPClient(client.connection).job("1700000000777O") },
      upload("fromjob", .job(id: "1700000000777O"), description: "x"), upload("", .job(id: "")),
    ],
    "342-rename-table": [
      Step { client, _ in try await client.renameTable("user_jdoe.a", to: "user_jdoe.b") },
      Step { client, _ in
        try await client.renameTable("user_jdoe.a", to: "user_jdoe.b", columns: [("ra", "alpha"), ("dec", "delta")])
      },
      Step { client, _ in try await client.renameTable("user_jdoe.a", columns: [("ra", "alpha")]) },
    ],
    "343-rename-table-errors": [
      Step { client, _ in try await client.renameTable("", to: "") },
      Step(.asksNothing(fails: true)) { client, _ in try await client.renameTable("user_jdoe.a") },
      Step { client, _ in try await client.renameTable("user_jdoe.a", to: "b") },
    ],
    "344-update-user-table": [
      Step(nil, update([TableChange("ra", .flags(.ra)), TableChange("dec", .flags(.dec))])),
      Step(
        nil,
        update([
          TableChange("mag", .ucd("phot.mag;em.IR")), TableChange("mag", .utype("x.y")),
          TableChange("mag", .indexed(true)), TableChange("mytable_oid", .flags(.none)),
        ])),
    ],
    "346-set-ra-dec": [
      Step { client, _ in try await client.setRADec(of: "user_jdoe.mytable", ra: "ra", dec: "dec") },
      Step { client, _ in try await client.setRADec(of: "", ra: "", dec: "") },
      Step { client, _ in try await client.setRADec(of: "t", ra: "", dec: "") },
      Step { client, _ in try await client.setRADec(of: "t", ra: "ra", dec: "") },
      Step { client, _ in try await client.setRADec(of: "t", ra: "ra", dec: "dec") },
    ],
  ]

  @Test(arguments: traces.keys.sorted())
  func replay(_ name: String) async throws {
    let trace = try JSONValue(
      parsing: Array(try Data(contentsOf: try Shared.file("conformance/esa-traces/\(name).json"))))
    let scratch = try ScratchFolder()
    for file in trace["files_present_before"]?.arrayValue ?? [] {
      try scratch.write(
        try #require(file["path"]?.stringValue), try #require(file["text"]?.stringValue).utf8)
    }
    let recorded = try #require(trace["steps"]?.arrayValue)
    let steps = try #require(Self.traces[name])
    for (number, (step, record)) in zip(steps, recorded).enumerated() {
      let exchanges = record["exchanges"]?.arrayValue ?? []
      let service = try RecordedService(exchanges)
      var failure: (any Error)?
      do { try await step.call(service.client, scratch) } catch { failure = error }
      var fails = record["outcome"]?["raised"] != nil
      var expected = exchanges.compactMap { $0["request"] }.map { WireRequest(recorded: $0) }
      switch step.deviation {
      case .fails: fails = true
      case .succeeds: fails = false
      case .asksNothing(let isError): (fails, expected) = (isError, [])
      case nil: break
      }
      #expect(service.requests == expected, "step \(number)")
      #expect((failure != nil) == fails, "step \(number): \(String(describing: failure))")
      #expect(failure.map { $0 is TAPError } != false)
    }
  }
}
