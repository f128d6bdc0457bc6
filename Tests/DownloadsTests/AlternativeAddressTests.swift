import HTTPTransport
import TestSupport
import Testing

@testable import Downloads

/// Files that can be had from two places.
@Suite struct AlternativeAddressTests {
  private func item(_ fixture: DownloadFixture, _ first: String, _ second: LoopbackServer, name: String = "n.fits")
    -> DownloadItem
  {
    var item = DownloadItem(
      url: first + "/bucket/" + name, destination: fixture.folder.file(name),
      expectedSize: Int64(fixture.bytes.count), checksum: fixture.md5)
    item.alternatives = [second.url + "/mast/" + name]
    return item
  }

  @Test func theFirstAddressIsEnoughWhereItServes() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let bucket = try LoopbackServer { $1.serve(bytes, $0) }
    let mast = try LoopbackServer { $1.serve(bytes, $0) }
    let outcome = await fixture.run(item(fixture, bucket.url, mast))
    #expect(outcome.success?.isVerified == true)
    #expect(outcome.item.url.hasPrefix(bucket.url))
    #expect(mast.requests.isEmpty)
  }

  @Test(arguments: [404, 403, 500, 200])
  func whatTheFirstCannotServeTheSecondDoes(status: Int) async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let stale = DownloadFixture.file(bytes.count, seed: 11)
    let bucket = try LoopbackServer { request, connection in
      if status == 200 { connection.serve(stale, request) } else { connection.respond(status) }
    }
    let mast = try LoopbackServer { $1.serve(bytes, $0) }
    let outcome = await fixture.run(item(fixture, bucket.url, mast))
    #expect(outcome.success?.isVerified == true)
    #expect(outcome.item.url.hasPrefix(mast.url))
    #expect(outcome.item.id == item(fixture, bucket.url, mast).id)
    #expect(fixture.folder.holds("n.fits", bytes))
    #expect(fixture.folder.names == ["n.fits"])
  }

  @Test func theLastFailureIsTold() async throws {
    let fixture = try DownloadFixture()
    let bucket = try LoopbackServer { $1.respond(404) }
    let mast = try LoopbackServer { $1.respond(401) }
    let outcome = await fixture.run(item(fixture, bucket.url, mast))
    #expect(outcome.error?.kind == .notAuthorized)
    #expect(outcome.error?.url?.hasPrefix(mast.url) == true)
  }

  @Test func aHostThatIsNotThereIsAskedOnlyOnce() async throws {
    var fixture = try DownloadFixture(size: 5000)
    fixture.configuration.concurrency = 1
    let bytes = fixture.bytes
    let gone = try UnservedPort()
    let mast = try LoopbackServer { $1.serve(bytes, $0) }
    let outcomes = await fixture.run((0..<5).map { item(fixture, gone.url, mast, name: "\($0).fits") })
    #expect(outcomes.allSatisfy { $0.error == nil })
    #expect(outcomes.map(\.attempts) == [3, 1, 1, 1, 1])
    withExtendedLifetime(gone) {}
  }

  @Test func aSecretForOneAddressDoesNotReachTheOther() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let bucket = try LoopbackServer { $1.respond(404) }
    let mast = try LoopbackServer { $1.serve(bytes, $0) }
    let credential = try Credential(
      origin: #require(Origin(url: mast.url)),
      headers: ["Authorization": "token s3cret", "Cookie": "mast_token=s3cret"])
    _ = await fixture.run([item(fixture, bucket.url, mast)], credentials: [credential])
    #expect(mast.requests.map { $0[header: "Authorization"] } == ["token s3cret"])
    #expect(!bucket.requests.isEmpty)
    #expect(!"\(bucket.requests)".contains("s3cret"))
  }

  @Test func aPartIsFinishedWhereItWasBegun() async throws {
    let fixture = try DownloadFixture()
    let bytes = fixture.bytes
    let mast = try LoopbackServer { $1.serve(bytes, $0) }
    let cut = try LoopbackServer { request, connection in connection.serveBeginning(bytes, 150_000) }
    var begun = item(fixture, cut.url, mast)
    begun.alternatives = []
    var impatient = fixture
    impatient.configuration.retryPolicy = .never
    #expect(await impatient.run(begun).error != nil)
    #expect(fixture.folder.names == ["n.fits.part", "n.fits.part.json"])

    // The place where it was begun comes second now.
    let bucket = try LoopbackServer { $1.respond(404) }
    var resumed = DownloadItem(
      url: bucket.url + "/n.fits", destination: begun.destination, expectedSize: begun.expectedSize,
      checksum: begun.checksum)
    resumed.alternatives = [begun.url, mast.url + "/n.fits"]
    let outcome = await impatient.run(resumed)
    #expect(outcome.error == nil)
    #expect(cut.requests.last?.rangeStart == 150_000)
  }
}
