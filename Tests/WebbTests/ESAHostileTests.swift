import Foundation
import Synchronization
import TableIO
import TestSupport
import Testing

/// `webb esa` and `webb tap` as processes, against servers that mean no good: exit code 1, a message that helps, and nothing
/// half-written. What the libraries do in the same cases is tested in `HostileArchiveTests`, `TruncatedArchiveTests` (Unpacking),
/// `QueryErrorTests`, `JobTests`, `RedirectTests` (TAP) and `DownloadsOfObservationsTests` (ESAArchive).
@Suite struct ESAHostileTests {
  private static let observation = "jw00777011001_02104_00001_nrcblong"

  private static let hostile: [(String, [UInt8])] = [
    ("tar ..", ESAArchives.tar([.init(name: "good.fits"), .init(name: "../../escaped.fits")])),
    ("tar absolute", ESAArchives.tar([.init(name: "/tmp/webb-escaped.fits")])),
    (
      "tar symbolic link",
      ESAArchives.tar([.init(name: "good.fits"), .init(name: "link", type: "2", link: "/etc/passwd")])
    ),
    ("tar hard link", ESAArchives.tar([.init(name: "link", type: "1", link: "../../secret")])),
    ("tar device", ESAArchives.tar([.init(name: "device", type: "3")])),
    ("tar pipe", ESAArchives.tar([.init(name: "pipe", type: "6")])),
    ("tar cut", Array(ESAArchives.tar([.init(name: "good.fits", size: 100_000)]).prefix(2000))),
    ("zip ..", ESAArchives.zip("../../escaped.fits")), ("zip absolute", ESAArchives.zip("/tmp/webb-escaped.fits")),
  ]

  @Test(arguments: hostile.map(\.0))
  func archivesStayInTheirFolder(name: String) throws {
    let archive = try #require(Self.hostile.first { $0.0 == name }?.1)
    let service = try ESAService { _, connection in
      connection.respond(200, ["Content-Type": "application/octet-stream"], body: archive)
    }
    let result = try service.webb("esa", "download", Self.observation, "--cal-level", "2", "--output-dir", "a/b").run()
    #expect(result.status == 1, "\(result)")
    #expect(result.errors.contains(Self.observation))
    #expect(result.output.isEmpty)
    #expect(service.files.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/webb-escaped.fits"))
  }

  @Test func aGoodZipIsUnpacked() throws {
    let service = try ESAService { _, connection in
      connection.respond(200, ["Content-Type": "application/zip"], body: ESAArchives.zip("level_2/good.fits"))
    }
    let result = try service.webb("esa", "download", Self.observation, "--cal-level", "2").run()
    #expect(result.status == 0, "\(result)")
    #expect(service.files == [Self.observation + "/level_2/good.fits"])
  }

  /// 8 GB of zeros in 8 MB.
  @Test func aBombIsDefused() throws {
    let memory = MemoryByteSink()
    let gzip = try GzipByteSink(memory)
    try gzip.write(ESAArchives.head(.init(name: "zeros.fits"), size: 0o77777777777))
    for _ in 0..<128 { try gzip.write([UInt8](repeating: 0, count: 1 << 20)) }
    try gzip.finish()
    let bomb = memory.bytes
    let service = try ESAService { _, connection in
      connection.sendHead(200, ["Content-Type": "application/gzip", "Transfer-Encoding": "chunked"])
      for _ in 0..<64 { connection.sendChunk(bomb) }
      connection.sendChunk([])
    }
    let result = try service.webb("esa", "download", Self.observation, "--cal-level", "2").run()
    #expect(result.status == 1, "\(result)")
    #expect(result.errors.contains("were not unpacked"))
    #expect(service.files.isEmpty)
  }

  @Test func anEndlessErrorIsNotReadToItsEnd() throws {
    let sent = Mutex(0)
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    let service = try ESAService([
      "/server/tap/sync": { _, connection in
        connection.sendHead(500, ["Content-Type": "text/plain", "Content-Length": "\(1 << 30)"])
        connection.send("The disk of the server is on fire. ")
        for _ in 0..<1024 {
          guard connection.send(piece) else { return }
          sent.withLock { $0 += 1 }
        }
      }
    ])
    let result = try service.webb("tap", "query", "SELECT 1").run()
    #expect(result.status == 1)
    #expect(result.errors.contains("The disk of the server is on fire."))
    #expect(result.errors.utf8.count < 20_000)
    #expect(sent.withLock { $0 } < 100)
  }

  @Test func redirectsEnd() throws {
    let service = try ESAService([
      "/server/tap/sync": { _, connection in connection.respond(303, ["Location": "/server/tap/sync"]) },
      "/server/tap/tables": { _, connection in connection.respond(302, ["Location": "/server/tap/tables"]) },
    ])
    for arguments in [["query", "SELECT 1"], ["tables"]] {
      var run = service.webb("tap")
      run.arguments += arguments
      let result = try run.run()
      #expect(result.status == 1)
      #expect(result.errors.lowercased().contains("redirect"), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
    #expect(service.server.requests.count < 60)
  }

  @Test func theLoginStaysBehindWhenTheDataAreElsewhere() throws {
    let elsewhere = try LoopbackServer { _, connection in
      connection.respond(200, ["Content-Type": "application/octet-stream"], text: "content")
    }
    let address = elsewhere.url
    let service = try ESAService([
      "/server/login": { _, connection in connection.respond(200, ["Set-Cookie": "SESSION=geheim; Path=/server"]) },
      "/server/data": { _, connection in connection.respond(302, ["Location": address + "/file"]) },
      "/server/tap/sync": { _, connection in connection.respond(303, ["Location": address + "/rows"]) },
    ])
    let login = try service.webb(
      "esa", "login", "--user", "jdoe", environment: ["WEBB_ESA_PASSWORD": "passwort"]
    ).run()
    #expect(login.status == 0, "\(login)")
    let file = try service.webb("esa", "product", "--artifact-id", "a", "--file-name", "x.txt", "-v").run()
    let rows = try service.webb("tap", "query", "SELECT 1", "-v").run()
    #expect(service.requests("/server/data").allSatisfy { $0[header: "Cookie"] == "SESSION=geheim" })
    #expect(service.requests("/server/tap/sync").allSatisfy { $0[header: "Cookie"] == "SESSION=geheim" })
    #expect(!elsewhere.requests.isEmpty)
    for request in elsewhere.requests {
      #expect(request.headers.allSatisfy { !$0.value.contains("geheim") } && !request.text.contains("passwort"))
    }
    for text in [login.errors, file.errors, file.output, rows.errors, rows.output] {
      #expect(!text.contains("geheim") && !text.contains("passwort"))
    }
  }

  @Test func aJobThatNeverEndsIsLeftInTime() throws {
    let service = try ESAService(Self.job(phases: ["EXECUTING"]))
    let result = try service.webb("tap", "query", "--async", "--timeout", "1s", "SELECT 1", "-o", "rows.csv").run()
    #expect(result.status == 1)
    #expect(result.errors.contains("webb tap results 1700O"), "\(result.errors)")
    #expect(service.files.isEmpty)
  }

  @Test func phasesThatNobodyKnowsAreWaitedOut() throws {
    let service = try ESAService(Self.job(phases: ["PAUSED_FOR_LUNCH", "UNKNOWN", "EXECUTING", "COMPLETED"]))
    let result = try service.webb("tap", "query", "--async", "SELECT 1", "--format", "csv", "-v").run()
    #expect(result.status == 0, "\(result)")
    #expect(result.output == "word\nrow\n")
    #expect(result.errors.contains("PAUSED_FOR_LUNCH"))
  }

  @Test func aJobThatFailsSaysWhy() throws {
    var handlers = Self.job(phases: ["ERROR"])
    handlers["/server/tap/async/1700O/error"] = { _, connection in
      connection.respond(200, ["Content-Type": "text/plain"], text: "Column nonsense is unknown")
    }
    let service = try ESAService(handlers)
    let result = try service.webb("tap", "results", "1700O", "-o", "rows.vot").run()
    #expect(result.status == 1)
    #expect(result.errors.contains("Column nonsense is unknown"))
    #expect(service.files.isEmpty)
  }

  @Test(arguments: [nil, "rows.fits", "rows.csv"])
  func aTableThatEndsInARowIsNone(file: String?) throws {
    let text = ESAService.votable([("word", "char")], (0..<1000).map { ["row\($0)"] })
    let cut = String(text.prefix(text.count / 2))
    let service = try ESAService([
      "/server/tap/sync": { _, connection in
        connection.respond(200, ["Content-Type": "application/x-votable+xml"], text: cut)
      }
    ])
    var run = service.webb("tap", "query", "SELECT 1")
    if let file { run.arguments += ["-o", file] }
    let result = try run.run()
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(service.files.isEmpty)
  }

  @Test func aBusyServiceIsAskedAgain() throws {
    let count = Mutex(0)
    let service = try ESAService([
      "/server/tap/sync": { _, connection in
        let number = count.withLock { count in
          count += 1
          return count
        }
        number < 3
          ? connection.respond(503, ["Retry-After": "0"], text: "too busy") : connection.respond(words: ["row"])
      }
    ])
    let result = try service.webb("tap", "query", "SELECT 1", "--format", "csv").run()
    #expect(result.status == 0, "\(result)")
    #expect(result.output == "word\nrow\n")
    #expect(count.withLock { $0 } == 3)
  }

  @Test func aServiceThatStaysBusyIsAFailure() throws {
    let service = try ESAService([
      "/server/tap/sync": { _, connection in
        connection.respond(503, ["Retry-After": "0", "Content-Type": "text/plain"], text: "closed for maintenance")
      }
    ])
    let result = try service.webb("tap", "query", "SELECT 1").run()
    #expect(result.status == 1)
    #expect(result.errors.contains("closed for maintenance"))
    #expect((2...20).contains(service.server.requests.count))
  }

  @Test func aFailingQueryLeavesNoFile() throws {
    let service = try ESAService([
      "/server/tap/sync": { _, connection in
        connection.respond(
          400, ["Content-Type": "application/x-votable+xml"],
          text: """
            <VOTABLE><RESOURCE type="results"><INFO value='ERROR' name='QUERY_STATUS'><![CDATA[Unknown column "x"]]></INFO>\
            </RESOURCE></VOTABLE>
            """)
      }
    ])
    let result = try service.webb("tap", "query", "SELECT x FROM jwst.main", "-o", "rows.vot").run()
    #expect(result.status == 1)
    #expect(result.errors.contains(#"Unknown column "x""#) && !result.errors.contains("CDATA"))
    #expect(service.files.isEmpty)
  }

  @Test func anOldFileIsNoResult() throws {
    let service = try ESAService(Self.job(phases: ["COMPLETED"]))
    try service.scratch.write("rows.csv", "word\nold\n".utf8)
    let result = try service.webb("tap", "results", "1700O", "-o", "rows.csv").run()
    #expect(result.status == 0, "\(result)")
    #expect(service.scratch.holds("rows.csv", Array("word\nrow\n".utf8)))
  }

  @Test func privateDataNameTheWay() throws {
    let service = try ESAService { _, connection in
      connection.respond(
        403, ["Content-Type": "text/html"],
        text:
          "<html><body><ul><li><b>Message: </b>Private file(s) requested: MAST token required.</li></ul></body></html>")
    }
    let result = try service.webb("esa", "download", Self.observation, "--cal-level", "2").run()
    #expect(result.status == 1)
    #expect(result.errors.contains("Private file(s) requested") && result.errors.contains("log in"))
    #expect(service.files.isEmpty)
  }

  @Test func whatMakesNoSenseIsRefusedBeforehand() throws {
    let service = try ESAService([:])
    for (arguments, words) in [
      (["cone", "--radius", "5deg", "M1"], "webb esa target 'M1'"), (["cone", "--radius", "5", "53 -27"], "5deg"),
      (["region", "53", "-27", "--radius", "1deg", "--width", "1deg"], "exclude"),
      (["region", "53", "-97", "--radius", "1deg"], "declination"),
      (["cone", "--radius", "5deg", "53 -27", "--product-type", "x"], "image, cube, measurements, spectrum"),
      (["products", Self.observation, "--cal-level", "9"], "calibration level"),
      (["products", Self.observation, "--product-type", "nonsense"], "info"),
      (["cone", "--radius", "5deg", "53 -27", "--format", "nonsense"], "votable"),
      (["cone", "--radius", "5deg", "53 -27", "-o", "rows.nonsense"], "--format"),
      (["product"], "--file-name"), (["product", "--file-name", "../x.fits"], "slash"),
      (["login", "--user", "a", "--credentials-file", "b"], "exclude"),
    ] {
      var run = service.webb("esa")
      run.arguments += arguments
      let result = try run.run()
      #expect(result.status == (arguments.contains("../x.fits") ? 1 : 2), "\(arguments): \(result)")
      #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
    }
    #expect(service.server.requests.isEmpty)
  }

  @Test func negativeNumbersAreValues() throws {
    let service = try ESAService([
      "/server/tap/sync": { _, connection in connection.respond(words: ["row"]) }
    ])
    let result = try service.webb(
      "esa", "cone", "--radius", "5deg", "--cal-level", "-1", "53", "-27.25", "--format", "csv"
    ).run()
    #expect(result.status == 0, "\(result)")
    let query = service.server.requests.first?.text.removingPercentEncoding ?? ""
    #expect(query.contains("53") && query.contains("-27.25") && query.contains("calibrationlevel=-1"), "\(query)")
  }

  /// A job `1700O` that goes through phases and stays in the last.
  private static func job(phases: [String]) -> [String: ESAService.Handler] {
    let next = PhaseList(phases)
    return [
      "/server/tap/async": { request, connection in
        connection.respond(303, ["Location": "http://\(request[header: "Host"] ?? "")/server/tap/async/1700O"])
      },
      "/server/tap/async/1700O/phase": { _, connection in
        connection.respond(200, ["Content-Type": "text/plain"], text: next.take())
      },
      "/server/tap/async/1700O": { _, connection in
        connection.respond(
          200, ["Content-Type": "text/xml"],
          text: """
            <uws:job xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0"><uws:jobId>1700O</uws:jobId>\
            <uws:phase>\(next.last)</uws:phase></uws:job>
            """)
      },
      "/server/tap/async/1700O/results/result": { _, connection in connection.respond(words: ["row"]) },
    ]
  }
}

/// Words that are taken one after the other, the last one for ever.
private final class PhaseList: Sendable {
  private let words: Mutex<(left: [String], last: String)>

  init(_ words: [String]) { self.words = Mutex((words, words[0])) }

  var last: String { words.withLock { $0.last } }

  func take() -> String {
    words.withLock { words in
      if words.left.count > 1 { words.last = words.left.removeFirst() } else { words.last = words.left[0] }
      return words.last
    }
  }
}
