import HTTPTransport
import Holdings
import MASTArchive
import Synchronization
import TableIO
import TestSupport
import Testing

/// The client against a real socket that answers as MAST does, and misbehaves as MAST does.
@Suite struct MASTClientTests {
  @Test func askingIsRepeatedWhileTheArchiveIsExecuting() async throws {
    let archive = try ScriptedArchive { _, call in
      call < 3
        ? #"{"status":"EXECUTING","msg":"","data":[],"fields":[]}"# : answer(rows: [#"{"obsid":"5","calib_level":2}"#])
    }
    let observations = try await archive.client().observations(matching: criteria)
    #expect(observations.map(\.obsid) == [5])
    #expect(archive.requests.count == 3)
    #expect(Set(archive.requests.map(\.jsonText)).count == 1, "the very same question, cache breaker included")
  }

  @Test func allPagesAreFetchedWithOneCacheBreaker() async throws {
    let archive = try ScriptedArchive { request, _ in
      let page = request["page"]?.integerValue ?? 0
      return answer(rows: [#"{"obsid":\#(page),"calib_level":3}"#], page: Int(page), pages: 3, total: 3)
    }
    #expect(try await archive.client().observations(matching: criteria).map(\.obsid) == [1, 2, 3])
    #expect(Set(archive.requests.map { $0["params"]?["cacheBreaker"]?.stringValue }).count == 1)
  }

  @Test func missingRowsAreAnError() async throws {
    let archive = try ScriptedArchive { _, _ in answer(rows: [#"{"obsid":1}"#], page: 1, pages: 1, total: 2) }
    await expect(.truncated) { try await archive.client().observations(matching: criteria) }
  }

  @Test func anErrorOfTheArchiveIsShown() async throws {
    let archive = try ScriptedArchive { _, _ in #"{"status":"ERROR","msg":"Invalid column name 'x'."}"# }
    let error = await expect(.refused) { try await archive.client().observations(matching: criteria) }
    #expect(error?.message.contains("Invalid column name 'x'.") ?? false)
    #expect(error?.service == "Mast.Caom.Filtered")
  }

  @Test(arguments: [
    "<html><body>Down for maintenance</body></html>", "", "[1,2", #"{"status":"NEW"}"#, #"{"status":"COMPLETE"}"#,
  ])
  func whatIsNoAnswerIsRefused(body: String) async throws {
    let archive = try ScriptedArchive { _, _ in body }
    await expect(.malformedAnswer) { try await archive.client().observations(matching: criteria) }
  }

  @Test func theSecondShapeOfAnswersIsRead() async throws {
    let archive = try ScriptedArchive { _, _ in
      #"{"Tables":[{"Fields":[{"name":"filename"},{"name":"checksum"}],"Rows":[["a_cal.fits","0cc175b9c0f1b6a831c399e269772661"],["b.fits",null],["c.fits","none"]]}]}"#
    }
    #expect(
      try await archive.client().checksums(program: 1, service: .nircam) == [
        "a_cal.fits": "0cc175b9c0f1b6a831c399e269772661"
      ])
  }

  @Test func batchesAreHalvedWhereTheArchiveIsTooSlow() async throws {
    let archive = try ScriptedArchive { request, _ in
      let ids = (request["params"]?["obsid"]?.stringValue ?? "").split(separator: ",")
      if ids.count > 2 { return nil }
      return answer(rows: ids.map { #"{"obsID":\#($0),"parent_obsid":\#($0),"productFilename":"f\#($0).fits"}"# })
    }
    let observations: [Observation] = (Int64(1)...7).map { number in
      var observation = Observation()
      observation.obsid = number
      return observation
    }
    let products = try await archive.client { $0.observationsPerRequest = 4 }.products(of: observations)
    #expect(products.map(\.obsID) == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test func passingFaultsAreRetried() async throws {
    let calls = Mutex(0)
    let server = try LoopbackServer { _, connection in
      let call = calls.withLock { calls in
        calls += 1
        return calls
      }
      if call < 3 {
        connection.respond(call == 1 ? 503 : 429, ["Retry-After": "0"])
      } else {
        connection.respond(text: answer(rows: [#"{"obsid":9}"#]))
      }
    }
    let client = MASTClient(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: patient(server.url))
    #expect(try await client.observations(matching: criteria).map(\.obsid) == [9])
  }

  @Test func planningRowsAreLeftOut() async throws {
    let archive = try ScriptedArchive { _, _ in
      answer(rows: [#"{"obsid":1,"calib_level":-1,"t_min":null}"#, #"{"obsid":2,"calib_level":2}"#])
    }
    #expect(try await archive.client().observations(matching: criteria).map(\.obsid) == [2])
  }

  @Test func theWholeArchiveIsNotAskedFor() async throws {
    let archive = try ScriptedArchive { _, _ in answer(rows: []) }
    await expect(.badCriteria) { try await archive.client().observations(matching: ObservationCriteria(window: .all)) }
    #expect(archive.requests.isEmpty)
  }

  @Test func aRefusedTokenIsToldAndNeverShown() async throws {
    let server = try LoopbackServer { _, connection in
      connection.respond(text: #"{"anon":true,"ezid":"anonymous","attrib":{}}"#)
    }
    var configuration = patient(server.url)
    configuration.token = "secret-token"
    let client = MASTClient(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration)
    let error = await expect(.badToken) { try await client.whoAmI() }
    #expect(!"\(error.map { "\($0)" } ?? "secret-token")".contains("secret-token"))
    #expect(server.requests.first?[header: "Cookie"] == "mast_token=secret-token")
    #expect(server.requests.first?[header: "Authorization"] == "token secret-token")
  }

  @Test func fileAddressesAreEncoded() {
    let client = MASTClient(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: .init(baseURL: "http://h/")
    )
    #expect(
      client.downloadURL(dataURI: "mast:JWST/product/jw1_a&b c.fits")
        == "http://h/api/v0.1/Download/file?uri=mast:JWST/product/jw1_a%26b%20c.fits")
  }

  private let criteria = ObservationCriteria(programs: [1410], window: .all)
}

/// Runs a body that must fail with an error of a kind.
@discardableResult
private func expect(
  _ kind: MASTArchiveError.Kind, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> some Any
) async -> MASTArchiveError? {
  do {
    let value = try await body()
    Issue.record("no error but \(value)", sourceLocation: sourceLocation)
    return nil
  } catch {
    let found = error as? MASTArchiveError
    #expect(found?.kind == kind, "\(error)", sourceLocation: sourceLocation)
    return found
  }
}

private func answer(rows: [String], page: Int = 1, pages: Int = 1, total: Int? = nil) -> String {
  let total = total ?? rows.count
  return #"{"status":"COMPLETE","msg":"","data":["# + rows.joined(separator: ",")
    + #"],"fields":[],"paging":{"page":\#(page),"pagesFiltered":\#(pages),"rows":\#(rows.count),"rowsFiltered":\#(total),"rowsTotal":\#(total)}}"#
}

private func patient(_ url: String) -> MASTClient.Configuration {
  var configuration = MASTClient.Configuration(baseURL: url)
  configuration.pacing = Pacing(sleep: { _ in }, unixTime: { 0 }, uptime: { .zero }, jitter: { 0 })
  configuration.answerTimeout = .milliseconds(300)
  return configuration
}

/// A MAST whose answers are a function of the question; no answer means that it never answers.
private final class ScriptedArchive: Sendable {
  private let server: LoopbackServer

  init(_ script: @escaping @Sendable (JSONValue, Int) -> String?) throws {
    let calls = Mutex(0)
    server = try LoopbackServer { request, connection in
      let call = calls.withLock { calls in
        calls += 1
        return calls
      }
      guard let question = ScriptedArchive.question(request) else { return connection.respond(400) }
      guard let body = script(question, call) else {
        connection.waitForClient(toLeaveWithin: 5000)
        return
      }
      connection.respond(text: body)
    }
  }

  var requests: [JSONValue] { server.requests.compactMap(Self.question) }

  func client(_ change: (inout MASTClient.Configuration) -> Void = { _ in }) -> MASTClient {
    var configuration = patient(server.url)
    change(&configuration)
    return MASTClient(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration)
  }

  /// The JSON document in the form field `request`.
  private static func question(_ request: LoopbackServer.Request) -> JSONValue? {
    guard request.text.hasPrefix("request=") else { return nil }
    var bytes: [UInt8] = []
    var rest = request.text.dropFirst(8).utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return try? JSONValue(parsing: bytes)
  }
}
