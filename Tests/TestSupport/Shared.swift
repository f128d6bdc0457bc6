public import Foundation

/// Why a test cannot go on.
public struct TestSupportError: Error, CustomStringConvertible {
  /// What happened.
  public let description: String

  /// Says what happened.
  public init(_ description: String) { self.description = description }
}

/// The material beside the project, for the tests that need it.
public enum Shared {
  /// The folder that `WEBB_SHARED` names, `nil` when it is not set.
  public static let folder: URL? = ProcessInfo.processInfo.environment["WEBB_SHARED"].flatMap {
    $0.isEmpty ? nil : URL(fileURLWithPath: $0)
  }

  /// Something in the shared folder.
  /// - Throws: when it is missing, which is a failure once the folder is named.
  public static func file(_ path: String) throws -> URL {
    guard let folder else { throw TestSupportError("WEBB_SHARED is not set") }
    let url = folder.appendingPathComponent(path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw TestSupportError("\(path) is missing in WEBB_SHARED")
    }
    return url
  }
}
