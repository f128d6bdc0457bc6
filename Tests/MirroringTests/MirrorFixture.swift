import Downloads
import Foundation
import HTTPTransport
import Mirroring
import TestSupport

/// A directory that is kept in step with one file of a server, without waiting.
struct MirrorFixture {
  let folder: ScratchFolder
  let path = "02731/jw02731001001_02101_00001_nrcb1_cal.fits"
  var rules = MirrorPlan.Rules(now: 61_000)
  var configuration = DownloadQueue.Configuration()

  static let size = 400_000
  /// The first version, and the one that the archive made later: of the same size.
  static let first = file(seed: 7)
  static let second = file(seed: 11)

  init() throws {
    folder = try ScratchFolder()
    configuration.timeouts = Timeouts(
      connect: .seconds(5), responseHead: .milliseconds(500), stall: .milliseconds(500))
    configuration.pacing = Pacing(
      sleep: { _ in try Task.checkCancellation() }, unixTime: { 784_111_777 }, uptime: { .zero }, jitter: { 1 })
  }

  static func file(seed: Int) -> [UInt8] {
    Array("SIMPLE  =                    T".utf8) + (30..<size).map { UInt8(truncatingIfNeeded: $0 &* seed &+ $0 >> 8) }
  }

  /// The MD5 of some bytes, by way of a file, as the library reads it.
  func md5(_ bytes: [UInt8]) async throws -> String {
    let scratch = try ScratchFolder()
    try scratch.write("x", bytes)
    return try await FileDigest.md5(ofFile: scratch.file("x"))
  }

  /// The catalogue's entry of a version.
  func entry(_ bytes: [UInt8], number: Int64, isSummed: Bool = true) async throws -> MirrorEntry {
    let name = String(path.split(separator: "/")[1])
    return MirrorEntry(
      name: name, path: path, uri: "mast:JWST/product/" + name,
      mark: FileMark(size: Int64(bytes.count), md5: isSummed ? try await md5(bytes) : nil, archiveFileID: number))
  }

  /// One round against a server.
  @discardableResult func round(
    _ catalogue: [MirrorEntry], _ server: LoopbackServer, _ change: (inout MirrorPlan.Rules) -> Void = { _ in }
  ) async throws -> MirrorReport {
    var rules = rules
    change(&rules)
    let sync = try MirrorSync(store: try MirrorStore.create(in: folder.path))
    let plan = try await sync.plan(for: catalogue, rules: rules)
    let queue = DownloadQueue(
      transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: configuration)
    return try await sync.carryOut(plan, queue: queue, address: { server.url + "/" + $0.name })
  }

  /// A server that sends a file as it should be sent.
  static func good(_ bytes: [UInt8], etag: String) throws -> LoopbackServer {
    try LoopbackServer { $1.serve(bytes, $0, etag: etag) }
  }

  /// All files below the directory but the memory, sorted.
  var names: [String] {
    let enumerator = FileManager.default.enumerator(atPath: folder.path)
    return (enumerator?.allObjects as? [String] ?? []).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder.file($0), isDirectory: &isFolder) && !isFolder.boolValue
        && !$0.hasPrefix(MirrorStore.fileName)
    }.sorted()
  }
}

extension LoopbackServer.Connection {
  /// Serves a file as MAST's nginx does: length, strong ETag, ranges with `If-Range`.
  func serve(_ bytes: [UInt8], _ request: LoopbackServer.Request, etag: String) {
    guard let start = request.rangeStart, request[header: "If-Range"].map({ $0 == etag }) ?? true else {
      return respond(200, ["ETag": etag], body: bytes)
    }
    respond(
      206, ["ETag": etag, "Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"], body: bytes[start...])
  }
}
