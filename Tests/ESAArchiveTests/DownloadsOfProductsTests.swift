import Downloads
import ESAArchive
import TableIO
import TAP
import TestSupport
import Testing

/// Single files by key and name: what is asked, what they are called, what is verified.
@Suite struct DownloadsOfProductsTests {
  private static let fits = Array(("SIMPLE  =                    T" + String(repeating: " ", count: 2850)).utf8)

  /// A service that knows one file.
  private static func service(
    name: String? = "a_uncal.fits", size: Int? = nil, md5: String? = nil, _ data: FakeArchive.Reply
  ) throws -> FakeArchive {
    try FakeArchive { call, _ in
      if call.path == "/server/data" { return data }
      if call.statement.contains("'none'") { return .table(["artifactid", "filename"], []) }
      return .table(
        ["artifactid", "filename", "contentlength:long", "contentchecksum"],
        [["id-a", name, size.map(String.init), md5.map { "md5:\($0)" }]])
    }
  }

  @Test func byKey() async throws {
    let service = try Self.service(.file(Self.fits, type: "application/fits"))
    let scratch = try ScratchFolder()
    let file = try await service.client().downloadProduct(artifactID: "id-a", into: scratch.path)
    #expect(file.path == scratch.file("a_uncal.fits"))
    #expect(scratch.holds("a_uncal.fits", Self.fits))
    #expect(scratch.names == ["a_uncal.fits"])
    let calls = service.calls
    #expect(calls.count == 2)
    #expect(calls[0].statement == "select * from jwst.artifact a where a.artifactid = 'id-a'")
    #expect(calls[1].method == "POST" && calls[1].path == "/server/data")
    #expect(calls[1].fields == ["RETRIEVAL_TYPE": "PRODUCT", "TAPCLIENT": "WEBB", "ARTIFACTID": "id-a"])
  }

  @Test func byName() async throws {
    let service = try Self.service(.file(Self.fits, type: "application/fits"))
    let scratch = try ScratchFolder()
    _ = try await service.client().downloadProduct(fileName: "a_uncal.fits", into: scratch.path)
    #expect(service.calls[0].statement == "select * from jwst.artifact a where a.filename = 'a_uncal.fits'")
    #expect(service.calls[1].fields["ARTIFACTID"] == "id-a")
  }

  @Test func byBothAsksNothing() async throws {
    let service = try Self.service(.file(Self.fits, type: "application/fits"))
    let scratch = try ScratchFolder()
    let file = try await service.client().downloadProduct(
      artifactID: "id-b", fileName: "mine.fits", into: scratch.file("new/folder"))
    #expect(file.path == scratch.file("new/folder/mine.fits"))
    #expect(service.calls.map { $0.fields["ARTIFACTID"] } == ["id-b"])
  }

  @Test func badArgumentsReachNoSocket() async throws {
    let service = try Self.service(.file(Self.fits, type: "application/fits"))
    let client = service.client()
    await expect(.badCriteria) { try await client.downloadProduct(into: "/nowhere") }
    await expect(.badCriteria) { try await client.downloadProduct(artifactID: "", into: "/nowhere") }
    for name in ["", "sub/x.fits", "../up.fits", "-rf"] {
      await expect(.unsafeName) { try await client.downloadProduct(fileName: name, into: "/nowhere") }
    }
    #expect(service.calls.isEmpty)
  }

  @Test func aNameFromTheArchiveIsNotTrusted() async throws {
    let service = try Self.service(name: "../../evil.fits", .file(Self.fits, type: "application/fits"))
    let scratch = try ScratchFolder()
    await expect(.unsafeName) { try await service.client().downloadProduct(artifactID: "id-a", into: scratch.path) }
    #expect(scratch.names.isEmpty)
  }

  @Test func unknownFiles() async throws {
    let service = try Self.service(.file(Self.fits, type: "application/fits"))
    await expect(.notFound as ESAArchiveError.Kind) {
      try await service.client().downloadProduct(fileName: "none", into: "/nowhere")
    }
  }

  @Test func refusalsSpeakTheArchivesWords() async throws {
    let scratch = try ScratchFolder()
    let closed = try Self.service(.page("Private file(s) requested: MAST token required.", status: 403))
    let error = await expect(.privateData) {
      try await closed.client().downloadProduct(artifactID: "id-a", into: scratch.path)
    }
    #expect(error?.message.contains("MAST token required.") == true)
    let broken = try Self.service(.page("disk on fire", status: 501))
    let other = await expect(.download) {
      try await broken.client().downloadProduct(artifactID: "id-a", into: scratch.path)
    }
    #expect(other?.message.contains("disk on fire") == true)
    #expect(scratch.names.isEmpty)
  }

  @Test(arguments: [
    ("x_asn.json", "x_asn.json.gz"), ("y.tar.gz", "y.tar.gz"), ("z.fits", "z.fits.gz"), ("w.TGZ", "w.TGZ"),
  ])
  func gzipIsCalledGzip(name: String, final: String) async throws {
    let service = try Self.service(name: name, .file(try gzip(Array("{}".utf8)), type: "application/gzip"))
    let scratch = try ScratchFolder()
    let file = try await service.client().downloadProduct(fileName: name, into: scratch.path)
    #expect(file.path == scratch.file(final))
    #expect(scratch.names == [final])
    #expect(service.calls.count == 2)
  }

  @Test func somethingElseThanFITSIsRefused() async throws {
    let service = try Self.service(.file(Array(repeating: 0x41, count: 200), type: "application/fits"))
    let scratch = try ScratchFolder()
    await expect(.download) { try await service.client().downloadProduct(artifactID: "id-a", into: scratch.path) }
    #expect(scratch.names.isEmpty)
  }

  @Test func sizeAndChecksumAreCompared() async throws {
    let scratch = try ScratchFolder()
    let text = FakeArchive.Reply.file(Array("hello".utf8), type: "text/plain")
    let hello = "5d41402abc4b2a76b9719d911017c592"
    let good = try Self.service(name: "a.txt", size: 5, md5: hello, text)
    let file = try await good.client().downloadProduct(artifactID: "id-a", into: scratch.path)
    #expect(file.isVerified && file.checksum == .md5(hello))
    for (size, md5) in [(6, nil), (5, String(hello.reversed())), (nil, String(hello.reversed()))] {
      let bad = try Self.service(name: "b.txt", size: size, md5: md5, text)
      await expect(.download) { try await bad.client().downloadProduct(artifactID: "id-a", into: scratch.path) }
    }
    #expect(scratch.names == ["a.txt"])
  }

  @Test func gzipIsComparedInflated() async throws {
    let hello = "5d41402abc4b2a76b9719d911017c592"
    let packed = FakeArchive.Reply.file(try gzip(Array("hello".utf8)), type: "application/gzip")
    let scratch = try ScratchFolder()
    let good = try Self.service(name: "a.txt", size: 5, md5: hello, packed)
    let file = try await good.client().downloadProduct(artifactID: "id-a", into: scratch.path)
    #expect(file.path == scratch.file("a.txt.gz") && file.isVerified)
    let bad = try Self.service(name: "b.txt", size: 5, md5: String(hello.reversed()), packed)
    await expect(.download) { try await bad.client().downloadProduct(artifactID: "id-a", into: scratch.path) }
    #expect(scratch.names == ["a.txt.gz"])
  }

  @Test func theLoginGoesAlong() async throws {
    let service = try FakeArchive { call, _ in
      switch call.path {
      case "/server/login": FakeArchive.Reply(headers: [("Set-Cookie", "SESSION=secret")])
      case "/server/jwstToken": .text("")
      default: .file(Self.fits, type: "application/fits")
      }
    }
    let archive = try await service.client().login(.init(user: "u", password: "p"), token: "t-1")
    let scratch = try ScratchFolder()
    _ = try await archive.downloadProduct(artifactID: "id-a", fileName: "a.fits", into: scratch.path)
    #expect(service.calls.map(\.cookie) == [nil, "SESSION=secret", "SESSION=secret"])
    #expect(service.calls[1].fields == ["token": "t-1"])
    _ = try await archive.loggedOut.downloadProduct(artifactID: "id-a", fileName: "b.fits", into: scratch.path)
    #expect(service.calls.last?.cookie == nil)
  }

  private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let sink = MemoryByteSink()
    let packing = try GzipByteSink(sink)
    try bytes.withUnsafeBytes { try packing.write($0) }
    try packing.finish()
    return sink.bytes
  }
}
