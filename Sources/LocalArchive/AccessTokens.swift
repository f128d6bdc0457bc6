internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Who holds a token, and what the token opens.
public struct AccessHolder: Sendable, Hashable, Codable {
  /// Short name.
  public var ezid: String
  /// Name for people.
  public var display_name: String
  /// Programmes whose exclusive data the token opens.
  public var programs: [Int]

  /// Describes the holder of a token.
  public init(ezid: String, display_name: String, programs: [Int]) {
    self.ezid = ezid
    self.display_name = display_name
    self.programs = programs
  }
}

/// The tokens that a served archive accepts. The tokens themselves never appear in a description.
public struct AccessTokens: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private var holders: [String: AccessHolder]

  /// Makes a list of tokens.
  public init(_ holders: [String: AccessHolder] = [:]) { self.holders = holders }

  /// The holder of a token, `nil` when it is unknown.
  public func holder(of token: String) -> AccessHolder? { holders[token] }

  /// The holder of the token with a digest, `nil` when it is unknown.
  public func holder(ofDigest digest: String) -> AccessHolder? {
    holders.first { Self.digest(of: $0.key) == digest }?.value
  }

  /// What is kept of a token or another random secret, which cannot be told from it: SHA-256, hexadecimal.
  public static func digest(of secret: String) -> String { SHA256.hash(data: Array(secret.utf8)).hexadecimal }

  /// How many tokens there are.
  public var description: String { "\(holders.count) access tokens" }
  /// How many tokens there are.
  public var debugDescription: String { description }
  /// Nothing: a mirror would show the tokens.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ArchiveStore {
  private var tokensPath: String { path + "/tokens.json" }

  /// Reads the archive's access tokens as they are now; none when the archive has no `tokens.json`.
  public func accessTokens() throws(LocalArchiveError) -> AccessTokens {
    guard FileManager.default.fileExists(atPath: tokensPath) else { return AccessTokens() }
    do {
      let data = try Data(contentsOf: URL(filePath: tokensPath))
      return AccessTokens(try JSONDecoder().decode([String: AccessHolder].self, from: data))
    } catch {
      // The cause may quote the text, and with it a token.
      throw LocalArchiveError(
        .invalidTokens, "The list of access tokens cannot be read. It maps tokens to ezid, display_name and programs.",
        path: tokensPath)
    }
  }

  /// Replaces the archive's access tokens; only the owner of the file may read it.
  public func setAccessTokens(_ holders: [String: AccessHolder]) throws(LocalArchiveError) {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let data = try encoder.encode(holders)
      // Made empty with its permissions first, so that the tokens are never readable by others.
      let fresh = tokensPath + ".new"
      guard FileManager.default.createFile(atPath: fresh, contents: Data(), attributes: [.posixPermissions: 0o600])
      else {
        throw CocoaError(.fileWriteUnknown)
      }
      try data.write(to: URL(filePath: fresh))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fresh)
      // At once: who reads the list meanwhile finds the old one or the new one.
      guard rename(fresh, tokensPath) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      throw LocalArchiveError(.cannotAccess, "The list of access tokens cannot be written.", path: tokensPath)
    }
  }
}
