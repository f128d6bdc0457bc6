import HTTPTransport
import TAP
import TestSupport
import Testing

@Suite struct JobDocumentTests {
  private let more = """
    <P:ownerId>me</P:ownerId><P:quote xsi:nil="true"/><P:creationTime>2026-01-02T03:04:05Z</P:creationTime>
    <P:startTime/><P:executionDuration>1800</P:executionDuration><P:destruction>2026-01-05T03:04:05Z</P:destruction>
    <P:name><![CDATA[my job]]></P:name><P:locationId>anonymous/1</P:locationId>
    <P:parameters><P:parameter id="query">SELECT &lt; 1</P:parameter>
    <P:parameter id="UPLOAD" byReference="true">http://h/x</P:parameter></P:parameters>
    <P:results><P:result id="result" xlink:href="http://h/r" size="12" mime-type="text/xml"/></P:results>
    <P:errorSummary type="fatal" hasDetail="true"><P:message>no</P:message></P:errorSummary>
    <P:jobInfo><x>any</x> thing</P:jobInfo>
    """

  @Test(arguments: ["uws:", "", "u2:"])
  func anyPrefix(prefix: String) async throws {
    let text = Documents.job(
      "7", "ERROR", version: "1.1", prefix: prefix, more: more.replacing("P:", with: prefix))
    let service = try ServiceFixture { _, _, connection in connection.respond(text: text) }
    let job = try await service.client.job("7")
    #expect(job.id == "7" && job.phase == .error && job.isFinished && job.version == "1.1")
    #expect(job.runID == nil && job.ownerID == "me" && job.quote == nil && job.startTime == nil)
    #expect(job.creationTime == "2026-01-02T03:04:05Z" && job.destruction == "2026-01-05T03:04:05Z")
    #expect(job.executionDuration == 1800 && job.name == "my job" && job.locationID == "anonymous/1")
    #expect(job.parameter("QUERY") == "SELECT < 1")
    #expect(job.parameters.map(\.isByReference) == [false, true])
    let result = try #require(job.results.first)
    #expect(result.id == "result" && result.href == "http://h/r" && result.size == 12)
    #expect(result.mediaType == "text/xml")
    #expect(job.errorSummary?.message == "no" && job.errorSummary?.hasDetail == true)
    #expect(job.jobInfo == "any thing")
  }

  @Test func whatIsNoJobIsAnError() async throws {
    for text in ["", "plain", "<jobs/>", "<job/>", "<job><jobId>1</jobId>"] {
      let service = try ServiceFixture { _, _, connection in connection.respond(text: text) }
      let error = await tapError { try await service.client.job("7") }
      #expect(error?.kind == .badAnswer, "\(text)")
      #expect(error?.url?.hasSuffix("/async/7") == true)
    }
  }

  @Test(arguments: ["uws:", ""])
  func lists(prefix: String) async throws {
    let name = prefix.isEmpty ? "xmlns" : "xmlns:uws"
    let text = """
      <\(prefix)jobs \(name)="http://www.ivoa.net/xml/UWS/v1.0" version="1.1">
      <\(prefix)jobref id="1"><\(prefix)phase>COMPLETED</\(prefix)phase><\(prefix)runId>r</\(prefix)runId></\(prefix)jobref>
      <\(prefix)jobref id="2"><\(prefix)phase>ERROR</\(prefix)phase></\(prefix)jobref></\(prefix)jobs>
      """
    let service = try ServiceFixture { _, _, connection in connection.respond(text: text) }
    let jobs = try await service.client.jobs(
      phases: [.completed, .error], after: "2026-01-01T00:00:00Z", last: 10)
    #expect(jobs.map(\.id) == ["1", "2"])
    #expect(jobs.map(\.phase) == [.completed, .error])
    #expect(jobs.first?.runID == "r")
    #expect(service.requests == ["GET async?PHASE=COMPLETED&PHASE=ERROR&AFTER=2026-01-01T00%3A00%3A00Z&LAST=10"])
  }

  @Test func aListThatMayNotBeSeen() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(401, text: "log in first") }
    let error = await tapError { try await service.client.jobs() }
    #expect(error?.kind == .notAuthorized)
    #expect(error?.message == "log in first")
  }

  @Test func aDocumentThatIsTooLargeIsRefused() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.sendHead(200)
      while connection.send([UInt8](repeating: 0x20, count: 1 << 20)) {}
    }
    var client = service.client
    client.connection.configuration.documentLimit = 3 << 20
    let error = await tapError { try await client.job("7") }
    #expect(error?.kind == .badAnswer)
    #expect(error?.message.contains("larger than") == true)
    #expect(service.requests.count == 1)
  }

  @Test func aDocumentThatInflatesBeyondBoundsIsRefused() async throws {
    let bytes = try Documents.gzip(String(repeating: " ", count: 4 << 20))
    let service = try ServiceFixture { _, _, connection in
      connection.respond(200, ["Content-Encoding": "gzip"], body: bytes)
    }
    var client = service.client
    client.connection.configuration.documentLimit = 1 << 20
    #expect(await tapError { try await client.job("7") }?.kind == .badAnswer)
  }

  @Test func documentsAreAskedForAgainAfterPassingFaults() async throws {
    let count = Locked(0)
    let service = try ServiceFixture { _, _, connection in
      let number = count.withLock {
        $0 += 1
        return $0
      }
      switch number {
      case 1: connection.reset()
      case 2: connection.respond(502, text: "bad gateway")
      default: connection.respond(text: Documents.job("7", "QUEUED"))
      }
    }
    #expect(try await service.client.job("7").phase == .queued)
    #expect(service.requests.count == 3)
  }
}
