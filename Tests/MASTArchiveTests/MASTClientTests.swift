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
