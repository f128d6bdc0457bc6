import Crypto
import Downloads
import HTTPTransport
import TestSupport

/// A FITS-like file, a folder to fetch it into, and a queue that does not wait.
struct DownloadFixture {
  let folder: ScratchFolder
  let bytes: [UInt8]
  let pauses = Locked<[Duration]>([])
  let events = Locked<[DownloadEvent]>([])
  var configuration = DownloadQueue.Configuration()

  static let etag = "\"6abcb4fc-d8900\""

  init(size: Int = 400_000) throws {
    folder = try ScratchFolder()
    bytes = Self.file(size)
    let pauses = pauses
    configuration.timeouts = Timeouts(
      connect: .seconds(5), responseHead: .milliseconds(500), stall: .milliseconds(500))
    configuration.pacing = Pacing(
      sleep: { pause in
        try Task.checkCancellation()
        pauses.withLock { $0.append(pause) }
      }, unixTime: { 784_111_777 }, uptime: { .zero }, jitter: { 1 })
  }

  static func file(_ size: Int, seed: Int = 7) -> [UInt8] {
    Array("SIMPLE  =                    T".utf8) + (30..<size).map { UInt8(truncatingIfNeeded: $0 &* seed &+ $0 >> 8) }
  }

  static func md5(_ bytes: [UInt8]) -> Checksum {
    .md5(
      Insecure.MD5.hash(data: bytes).map { byte in
        let hex = String(byte, radix: 16)
        return byte < 16 ? "0" + hex : hex
      }.joined())
  }

  var md5: Checksum { Self.md5(bytes) }

  func item(
    _ server: LoopbackServer, path: String = "/n.fits", name: String = "n.fits", size: Int? = nil,
    checksum: Checksum? = nil
  ) -> DownloadItem {
    DownloadItem(
      url: server.url + path, destination: folder.file(name), expectedSize: size.map(Int64.init), checksum: checksum)
  }

  func run(_ items: [DownloadItem], credentials: [Credential] = []) async -> [DownloadOutcome] {
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test", credentials: credentials))
    let events = events
    return await DownloadQueue(transport: transport, configuration: configuration)
      .run(items) { event in events.withLock { $0.append(event) } }
  }

  func run(_ item: DownloadItem) async -> DownloadOutcome { await run([item])[0] }
}

extension LoopbackServer.Connection {
  /// Serves a file as MAST's nginx does: length, strong ETag, ranges with `If-Range`.
  func serve(_ bytes: [UInt8], _ request: LoopbackServer.Request, etag: String = DownloadFixture.etag) {
    guard let start = request.rangeStart, request[header: "If-Range"].map({ $0 == etag }) ?? true else {
      return respond(200, ["ETag": etag, "Accept-Ranges": "bytes"], body: bytes)
    }
    guard start < bytes.count else { return respond(416, ["Content-Range": "bytes */\(bytes.count)"]) }
    let range = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
    respond(206, ["ETag": etag, "Content-Range": range], body: bytes[start...])
  }

  /// Announces a file, sends its first bytes and breaks off.
  func serveBeginning(_ bytes: [UInt8], _ count: Int, etag: String = DownloadFixture.etag) {
    sendHead(200, ["ETag": etag, "Content-Length": "\(bytes.count)"])
    send(bytes.prefix(count))
  }
}

extension DownloadOutcome {
  /// The bytes of a success, with how many of them an earlier run had left.
  var success: (bytes: Int64, isVerified: Bool, resumedFrom: Int64)? {
    guard case .downloaded(let bytes, let isVerified, let resumedFrom) = result else { return nil }
    return (bytes, isVerified, resumedFrom)
  }
}
