/// A file to fetch.
public struct DownloadItem: Sendable, Hashable, Identifiable {
  /// The caller's name of the item; events and outcomes bear it.
  public var id: String
  /// Where the file is.
  public var url: String
  /// Where the same file can also be had; tried in turn where the address before fails.
  public var alternatives: [String] = []
  /// Where the file goes: its whole final path. The name itself must be a `SafeFileName`.
  public var destination: String
  /// The size the catalogue gives, bytes.
  public var expectedSize: Int64?
  /// The digest the catalogue gives.
  public var checksum: Checksum?
  /// What the first bytes must look like.
  public var contentRule: ContentRule
  /// How people call the file.
  public var label: String

  /// Describes a file to fetch.
  /// - Parameters:
  ///   - id: the caller's name of the item; the URL when left out.
  ///   - url: where the file is.
  ///   - destination: its whole final path.
  ///   - expectedSize: the size the catalogue gives, bytes.
  ///   - checksum: the digest the catalogue gives.
  ///   - contentRule: what the first bytes must look like; from the ending of the name when left out.
  ///   - label: how people call the file; its name when left out.
  public init(
    id: String? = nil, url: String, destination: String, expectedSize: Int64? = nil, checksum: Checksum? = nil,
    contentRule: ContentRule? = nil, label: String? = nil
  ) {
    self.id = id ?? url
    self.url = url
    self.destination = destination
    self.expectedSize = expectedSize
    self.checksum = checksum
    let name = DestinationPath(destination).name
    self.contentRule = contentRule ?? ContentRule(fileName: name)
    self.label = label ?? name
  }
}
