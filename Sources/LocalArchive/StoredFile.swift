/// A file that the archive holds on disk.
public struct StoredFile: Sendable, Hashable {
  /// The file's name in the archive, unique.
  public var name: String
  /// Where it lies, relative to the archive's `files` folder, with forward slashes.
  public var relativePath: String
  /// Its size, bytes.
  public var size: Int64
  /// MD5 of its bytes, 32 hexadecimal digits in lower case, when known.
  public var md5: String?

  /// Describes a file on disk.
  public init(name: String, relativePath: String, size: Int64, md5: String?) {
    self.name = name
    self.relativePath = relativePath
    self.size = size
    self.md5 = md5
  }

  /// Whether the path stays inside the folder it is relative to.
  var hasSafePath: Bool {
    !relativePath.isEmpty && !relativePath.contains("\0") && !relativePath.contains("\\")
      && relativePath.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
