import Foundation
import HTTPTransport

/// Tokens in a file that only its owner can read, each for one archive.
struct TokenStore {
  /// A token and the day on which it was stored.
  struct Entry: Codable {
    var token: String
    /// ISO date, UTC.
    var since: String
  }

  /// Where the file is.
  let path: String

  /// The user's own: `$XDG_CONFIG_HOME/webb/mast-tokens.json`, else below `~/.config`.
  static var standard: TokenStore {
    let folder = Environment["XDG_CONFIG_HOME"] ?? Environment.absolutePath("~/.config")
    return TokenStore(path: folder + "/webb/mast-tokens.json")
  }

  /// The token for an archive.
  /// - Throws: `Failure` when the file cannot be trusted or read; what it holds is never quoted.
  func entry(for origin: Origin) throws -> Entry? { try entries()[origin.description] }

  /// The user's token for MAST itself: the environment's, else the stored one.
  static func mastToken() throws -> String? {
    if let token = Environment["MAST_API_TOKEN"] { return token }
    return try Origin(url: "https://mast.stsci.edu").flatMap { try standard.entry(for: $0)?.token }
  }

  /// Keeps a token for an archive; `nil` forgets it.
  func set(_ entry: Entry?, for origin: Origin) throws {
    var entries = try entries()
    entries[origin.description] = entry
    if entries.isEmpty {
      guard unlink(path) == 0 || errno == ENOENT else { throw failure("removed") }
      return
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try write(try encoder.encode(entries))
  }

  private func entries() throws -> [String: Entry] {
    var status = stat()
    guard lstat(path, &status) == 0 else { return [:] }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == getuid() else {
      throw Failure(message: "The stored tokens are not used: \(path) is not a plain file of yours.")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(
        message: "The stored tokens are not used, since others can read them: chmod 600 \(path), and make new tokens.")
    }
    guard status.st_size <= 1 << 20, let data = FileManager.default.contents(atPath: path),
      let entries = try? JSONDecoder().decode([String: Entry].self, from: data)
    else { throw Failure(message: "The stored tokens cannot be read: remove \(path) and set them again.") }
    return entries
  }

  /// Writes beside the file and renames, so that the tokens are never readable by others nor half there.
  private func write(_ data: Data) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let fresh = path + ".new-\(getpid())"
    unlink(fresh)
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("written") }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: data)
      try handle.synchronize()
    } catch {
      unlink(fresh)
      throw failure("written")
    }
    guard rename(fresh, path) == 0 else {
      let error = failure("written")
      unlink(fresh)
      throw error
    }
  }

  private func failure(_ verb: String) -> Failure {
    Failure(message: "The file of stored tokens, \(path), cannot be \(verb): \(String(cString: strerror(errno))).")
  }
}
