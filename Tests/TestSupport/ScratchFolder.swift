#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder for one test, removed with all in it when let go.
public final class ScratchFolder: Sendable {
  /// The folder's path.
  public let path: String

  /// Makes an empty folder among the system's temporary files.
  public init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "webb-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  public func file(_ name: String) -> String { path + "/" + name }

  /// The bytes of a file in the folder; `nil` when there is none.
  public func bytes(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: file(name)).map { Array($0) } }

  /// Whether a file in the folder has just these bytes; a failed expectation then does not print them.
  public func holds(_ name: String, _ bytes: [UInt8]) -> Bool { self.bytes(name) == bytes }

  /// Writes a file in the folder.
  public func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: URL(filePath: file(name)))
  }

  /// The names of all files in the folder, sorted.
  public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
