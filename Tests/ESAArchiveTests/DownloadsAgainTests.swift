import Downloads
import ESAArchive
import Foundation
import HTTPTransport
import TestSupport
import Testing

/// Checksums that the archive tells, and runs that find what earlier ones have left.
@Suite struct DownloadsAgainTests {
  private static let names = ["jw1/level_2/a_cal.fits", "jw1/level_1/a_uncal.fits"]
  private static let md5OfX = "md5:9dd4e461268c8034f5c8564e155c67a6"
  private static let md5OfY = "md5:415290769594460e2e485922904f345d"

  /// One observation, `jw1_obs`, of programme 6651, with two files, and what the archive tells of them.
  private final class Service: Sendable {
    let content = Locked("x")
    let listing = Locked<FakeArchive.Reply>(.refusal("Unknown column contentchecksum"))
    let fake: FakeArchive

    init() throws {
      let (content, listing) = (content, listing)
      fake = try FakeArchive { call, _ in
        switch call.path {
        case "/server/tap/async": return FakeArchive.Reply(status: 303, headers: [("Location", "/server/tap/async/7")])
        case "/server/tap/async/7/phase": return .text("COMPLETED")
        case "/server/tap/async/7/results/result": return .table(["observationid"], [["jw1_obs"]])
        case "/server/data":
          let text = content.withLock { $0 }
          return .file(
            TarText.archive([.init(name: names[0], body: [1, 2]), .init(name: names[1], body: Array(text.utf8))]),
            type: "application/x-tar")
        default:
          if call.statement.contains("contentchecksum") { return listing.withLock { $0 } }
          return .table(["planeid", "calibrationlevel:int"], [["p1", "2"], ["p'2", "2"]])
        }
      }
    }

    func tells(_ name: String, _ checksum: String?, _ size: String?) {
      listing.withLock {
        $0 = .table(
          ["filename", "contentchecksum", "contentlength:long"],
          [[name, checksum, size], ["other.fits", "md5:x", nil]])
      }
    }

    var transfers: Int { fake.calls.filter { $0.path == "/server/data" }.count }

    func run(
      _ scratch: ScratchFolder, types: [ArtifactType] = [], refetches: Bool = false
    ) async throws -> ObservationDownload {
      try await fake.client().downloadObservation(
        "jw1_obs", level: .level(2), types: types, into: scratch.path, refetches: refetches)
    }
  }

  private let service: Service
  private let scratch: ScratchFolder

  init() throws {
    service = try Service()
    scratch = try ScratchFolder()
  }

  @Test func whatTheArchiveTellsIsCompared() async throws {
    service.tells("a_uncal.fits", Self.md5OfX, "1")
    let download = try await service.run(scratch)
    #expect(download.files.map(\.isVerified) == [false, true])
    #expect(download.verifiedCount == 1)
    let questions = service.fake.calls.filter { $0.statement.contains("contentchecksum") }
    #expect(
      questions.map(\.statement) == [
        "select a.filename, a.contentchecksum, a.contentlength from jwst.artifact a where a.planeid IN ('p1', 'p''2')"
      ])
    #expect(service.fake.calls.last?.path == "/server/data", "it is asked before")
  }

  @Test func whatDiffersIsNoFile() async throws {
    service.tells("a_uncal.fits", Self.md5OfY, "1")
    let error = await expect(.download) { try await service.run(scratch) }
    #expect(error?.message.contains("a_uncal.fits") == true || "\(error?.cause as Any)".contains("a_uncal.fits"))
    #expect(scratch.names.isEmpty)
  }

  @Test func theCallersChecksumsGoBefore() async throws {
    service.tells("a_uncal.fits", Self.md5OfY, "1")
    let download = try await service.fake.client().downloadObservation(
      "jw1_obs", level: .level(2), into: scratch.path,
      checksums: ["a_uncal.fits": .md5(String(Self.md5OfX.dropFirst(4)))])
    #expect(download.verifiedCount == 1)
  }

  @Test(arguments: [
    FakeArchive.Reply.refusal("Unknown column contentchecksum"), .text("none", status: 404), .text("no table"),
    .table(["filename"], [["a_uncal.fits"]]), .table(["filename", "contentchecksum"], []),
    .table(["filename", "contentchecksum"], [["a_uncal.fits", md5OfX], ["a_uncal.fits", md5OfY]]),
  ])
  func anArchiveThatTellsNothingGivesItsFiles(reply: FakeArchive.Reply) async throws {
    service.listing.withLock { $0 = reply }
    let download = try await service.run(scratch)
    #expect(download.files.count == 2 && download.verifiedCount == 0 && !download.wasThere)
  }

  @Test func nothingIsAskedWhereItIsNotWanted() async throws {
    _ = try await service.fake.client { $0.asksForChecksums = false }.downloadObservation(
      "jw1_obs", level: .level(2), into: scratch.path)
    #expect(!service.fake.calls.contains { $0.statement.contains("contentchecksum") })
  }

  @Test func whatIsThereIsNotTransferredAgain() async throws {
    service.tells("a_uncal.fits", Self.md5OfX, "1")
    let first = try await service.run(scratch)
    var second = try await service.run(scratch)
    #expect(service.transfers == 1)
    #expect(!first.wasThere && second.wasThere)
    second.wasThere = false
    #expect(second == first)
    #expect(first.files.map(\.path) == Self.names.map { scratch.file("jw1_obs/" + $0) })
  }

  @Test func theOptionFetchesAgain() async throws {
    _ = try await service.run(scratch)
    #expect(try await !service.run(scratch, refetches: true).wasThere)
    #expect(service.transfers == 2)
    #expect(try await service.run(scratch).wasThere)
  }

  @Test func anotherQuestionIsFetched() async throws {
    _ = try await service.run(scratch)
    #expect(try await !service.run(scratch, types: [.science]).wasThere)
    #expect(try await service.run(scratch, types: [.science]).wasThere)
    #expect(service.transfers == 2)
  }

  @Test(arguments: [nil, [9, 9, 9]] as [[UInt8]?])
  func aFileThatIsMissingOrAnotherIsFetchedAgain(bytes: [UInt8]?) async throws {
    _ = try await service.run(scratch)
    let place = "jw1_obs/" + Self.names[1]
    if let bytes { try scratch.write(place, bytes) } else { try scratch.remove(place) }
    #expect(try await !service.run(scratch).wasThere)
    #expect(scratch.holds(place, Array("x".utf8)))
    #expect(try await service.run(scratch).wasThere)
  }

  @Test(arguments: [(md5OfY, "1"), (md5OfY, nil), (nil, "3")] as [(String?, String?)])
  func aFileThatTheArchiveHasMadeAnewIsFetchedAgain(checksum: String?, size: String?) async throws {
    service.tells("a_uncal.fits", Self.md5OfX, "1")
    _ = try await service.run(scratch)
    service.content.withLock { $0 = "y" }
    service.tells("a_uncal.fits", checksum, size)
    #expect(try await !service.run(scratch).wasThere)
    #expect(scratch.holds("jw1_obs/" + Self.names[1], Array("y".utf8)))
    #expect(try await service.run(scratch).wasThere)
  }

  @Test(arguments: ["", "{", "{\"files\":[]}", "[]"])
  func aDamagedRecordIsNone(text: String) async throws {
    _ = try await service.run(scratch)
    try scratch.write("jw1_obs/.webb-observation.json", text.utf8)
    #expect(try await !service.run(scratch).wasThere)
  }

  @Test func aRecordDoesNotLeadOutOfTheFolder() async throws {
    _ = try await service.run(scratch)
    let record = String(decoding: try #require(scratch.bytes("jw1_obs/.webb-observation.json")), as: UTF8.self)
    #expect(record.contains("\"\(Self.names[1])\""))
    try scratch.write("up.fits", [1])
    try scratch.write("jw1_obs/.webb-observation.json", record.replacing(Self.names[1], with: "../up.fits").utf8)
    #expect(try await !service.run(scratch).wasThere)
  }

  @Test func aProgrammeGoesOnWhereItWas() async throws {
    let client = service.fake.client()
    let first = try await client.downloadProgramme("6651", level: .level(2), into: scratch.path)
    let second = try await client.downloadProgramme("6651", level: .level(2), into: scratch.path)
    let third = try await client.downloadProgramme("6651", level: .level(2), into: scratch.path, refetches: true)
    #expect([first, second, third].map { $0.map(\.wasThere) } == [[false], [true], [false]])
    #expect(try second[0].result.get().files.count == 2)
    #expect(service.transfers == 2)
  }
}

extension ScratchFolder {
  /// Removes a file.
  fileprivate func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }
}
