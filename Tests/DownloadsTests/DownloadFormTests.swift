import HTTPTransport
import TestSupport
import Testing

@testable import Downloads

/// Files that are asked for by POST of a form.
@Suite struct DownloadFormTests {
  private func item(_ fixture: DownloadFixture, _ server: LoopbackServer, _ form: FormBody) -> DownloadItem {
    DownloadItem(url: server.url + "/data", form: form, destination: fixture.folder.file("n.fits"))
  }

  @Test func aFormIsSentAgainWhenATransferGoesOn() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { request, connection in
      if request.rangeStart == nil {
        connection.serveBeginning(bytes, 100_000)
      } else {
        connection.serve(bytes, request)
      }
    }
    let form = FormBody(["ARTIFACTID": "a&b"])
    let outcome = await fixture.run(item(fixture, server, form))
    #expect(outcome.error == nil)
    #expect(fixture.folder.holds("n.fits", bytes))
    #expect(server.requests.map(\.method) == ["POST", "POST"])
    #expect(server.requests.map(\.text) == ["ARTIFACTID=a%26b", "ARTIFACTID=a%26b"])
    #expect(server.requests.map { $0[header: "Range"] } == [nil, "bytes=100000-"])
    #expect(server.requests.allSatisfy { $0[header: "Content-Type"] == "application/x-www-form-urlencoded" })
  }

  @Test func aPartOfAnotherFormIsThrownAway() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let server = try LoopbackServer { $1.serve(bytes, $0) }
    let (one, two) = (item(fixture, server, FormBody(["id": "1"])), item(fixture, server, FormBody(["id": "2"])))
    let head = HTTPResponse(status: 200, headers: ["ETag": DownloadFixture.etag])
    let journal = Journal(item: one, head: head, total: Int64(bytes.count))
    #expect(journal.belongs(to: one))
    #expect(!journal.belongs(to: two))
    try fixture.folder.write("n.fits.part", bytes.prefix(100_000))
    try fixture.folder.write("n.fits.part.json", journal.encoded())
    #expect(try !String(decoding: journal.encoded(), as: UTF8.self).contains("id=1"))
    let outcome = await fixture.run(two)
    #expect(outcome.success?.resumedFrom == 0)
    #expect(server.requests.map { $0[header: "Range"] } == [nil])
  }

  @Test(arguments: [(303, true), (302, true), (307, false), (308, false)])
  func aRedirectDoesNotCarryTheFormAway(status: Int, isFetched: Bool) async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let store = try LoopbackServer { $1.serve(bytes, $0) }
    let target = store.url + "/n.fits"
    let archive = try LoopbackServer { $1.respond(status, ["Location": target]) }
    let outcome = await fixture.run(item(fixture, archive, FormBody(["id": "1"])))
    #expect((outcome.error == nil) == isFetched)
    #expect(store.requests.map(\.method) == (isFetched ? ["GET"] : []))
    #expect(store.requests.allSatisfy { $0.body.isEmpty })
  }

  @Test func theServersNameIsToldWhenItIsHarmless() async throws {
    for (field, name) in [("attachment;filename=\"a.fits\"", "a.fits"), ("attachment;filename=\".bashrc\"", nil)] {
      let fixture = try DownloadFixture()
      let bytes = fixture.bytes
      let server = try LoopbackServer { _, connection in
        connection.respond(200, ["Content-Disposition": field], body: bytes)
      }
      #expect(await fixture.run(item(fixture, server, FormBody())).fileName == name)
    }
  }

  @Test func followersAreToldBeforeBytesGo() async throws {
    let fixture = try DownloadFixture()
    let (bytes, new) = (fixture.bytes, DownloadFixture.file(300_000, seed: 3))
    let server = try LoopbackServer { request, connection in
      if request.rangeStart == nil {
        connection.serveBeginning(bytes, 300_000)
      } else {
        connection.respond(200, ["ETag": "\"new\""], body: new)
      }
    }
    let item = item(fixture, server, FormBody())
    let sizes = Locked<[Int]>([])
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test"))
    let folder = fixture.folder
    _ = await DownloadQueue(transport: transport, configuration: fixture.configuration).run([item]) { event in
      if case .restarting = event { sizes.withLock { $0.append(folder.bytes("n.fits.part")?.count ?? -1) } }
    }
    #expect(sizes.withLock { $0 } == [0, 300_000])
    #expect(fixture.folder.holds("n.fits", new))
  }
}
