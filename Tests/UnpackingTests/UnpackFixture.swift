import Crypto
import Downloads
import HTTPTransport
import TestSupport
import Testing

@testable import Unpacking

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Bytes in memory, given in pieces.
final class MemoryFeed: ByteFeed {
  private let bytes: [UInt8]
  private let pieces: [Int]
  private let state = Locked((position: 0, turn: 0, isCancelled: false))

  /// Gives pieces of these sizes, over and over.
  init(_ bytes: [UInt8], pieces: [Int] = [.max]) {
    self.bytes = bytes
    self.pieces = pieces
  }

  var position: Int { state.withLock { $0.position } }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int {
    let range = state.withLock { state -> Range<Int>? in
      if state.isCancelled { return nil }
      let count = min(buffer.count, pieces[state.turn % pieces.count], bytes.count - state.position)
      state.turn += 1
      defer { state.position += count }
      return state.position..<state.position + count
    }
    guard let range else { throw UnpackingError(.cancelled, "cancelled") }
    buffer.copyBytes(from: bytes[range])
    return range.count
  }

  func cancel() { state.withLock { $0.isCancelled = true } }
}

/// A folder to unpack into.
struct UnpackFixture {
  let folder: ScratchFolder
  var unpacker = ArchiveUnpacker()

  init() throws { folder = try ScratchFolder() }

  var destination: String { folder.file("out") }

  func unpack(_ bytes: [UInt8], pieces: [Int] = [.max]) async throws -> [UnpackedFile] {
    try await unpacker.unpack(MemoryFeed(bytes, pieces: pieces), into: destination)
  }

  /// The paths of all files and folders in the destination, hidden ones too.
  var tree: [String] { ((try? FileManager.default.subpathsOfDirectory(atPath: destination)) ?? []).sorted() }

  /// The paths of the files alone.
  var files: [String] {
    tree.filter { path in
      var isFolder = false
      return FileManager.default.fileExists(atPath: destination + "/" + path, isDirectory: &isFolder) && !isFolder
    }
  }

  func bytes(_ name: String) -> [UInt8]? { folder.bytes("out/" + name) }

  /// Expects that an archive is refused and that nothing is left of it.
  @discardableResult func expectFailure(
    _ kind: UnpackingError.Kind, _ bytes: [UInt8], pieces: [Int] = [.max],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async -> UnpackingError? {
    let before = tree
    let error = await #expect(throws: UnpackingError.self, sourceLocation: sourceLocation) {
      try await unpack(bytes, pieces: pieces)
    }
    #expect(error?.kind == kind, "\(error?.description ?? "")", sourceLocation: sourceLocation)
    #expect(tree == before, sourceLocation: sourceLocation)
    return error
  }

  static func content(_ size: Int, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(state: seed)
    // Sixteen letters, so that there is something to compress; eight of them from each number.
    let words = (0...size / 8).flatMap { _ in
      withUnsafeBytes(of: random.next() & 0x0F0F_0F0F_0F0F_0F0F | 0x4040_4040_4040_4040, Array.init)
    }
    return Array(words.prefix(size))
  }

  static func md5(_ bytes: [UInt8]) -> Checksum {
    .md5(
      Insecure.MD5.hash(data: bytes).map { byte in
        let hex = String(byte, radix: 16)
        return byte < 16 ? "0" + hex : hex
      }.joined())
  }
}

/// A random sequence that is the same every time (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// An archive like those of the service: folders by level, files of several sizes.
struct SampleFiles {
  static let files: [(name: String, content: [UInt8])] = [
    ("jw01234/level_1/jw01234_uncal.fits", UnpackFixture.content(150_001, seed: 1)),
    ("jw01234/level_2/jw01234_cal.fits", UnpackFixture.content(70_000, seed: 2)),
    ("jw01234/level_2/jw01234_cal.jpg", UnpackFixture.content(511, seed: 3)),
    ("jw01234/level_3/empty.txt", []),
    ("jw01234/level_3/jw01234_i2d.fits", UnpackFixture.content(512 * 200, seed: 4)),
  ]

  static var tar: TarText {
    var tar = TarText()
    tar.add("jw01234/", type: "5")
    for (name, content) in files { tar.add(name, content, mode: "0006777") }
    return tar
  }

  static func archive(_ form: String) throws -> [UInt8] {
    switch form {
    case "tar": tar.archive
    case "gzip": try gzipped(tar.archive)
    default:
      try WrittenArchive.bytes(
        WrittenArchive.Form(rawValue: form)!, files.map { WrittenArchive.File($0.name, $0.content) })
    }
  }

  static let forms = ["tar", "gzip", "bzip2", "xz", "zstandard", "zip", "pax"]
}
