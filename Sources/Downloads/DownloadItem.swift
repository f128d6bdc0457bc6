public import HTTPTransport

/// A file to fetch.
public struct DownloadItem: Sendable, Hashable, Identifiable {
  /// The caller's name of the item; events and outcomes bear it.
  public var id: String
  /// Where the file is.
  public var url: String
  /// What the server wants to know by a form: the file is asked for by POST. `nil` asks by GET.
  public var form: FormBody?
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
  ///   - id: the caller's name of the item; the URL when left out, with a form the destination.
  ///   - url: where the file is.
  ///   - form: what to ask for by POST; by GET when left out.
  ///   - destination: its whole final path.
  ///   - expectedSize: the size the catalogue gives, bytes.
  ///   - checksum: the digest the catalogue gives.
  ///   - contentRule: what the first bytes must look like; from the ending of the name when left out.
  ///   - label: how people call the file; its name when left out.
  public init(
    id: String? = nil, url: String, form: FormBody? = nil, destination: String, expectedSize: Int64? = nil,
    checksum: Checksum? = nil, contentRule: ContentRule? = nil, label: String? = nil
  ) {
    self.id = id ?? (form == nil ? url : destination)
    self.url = url
    self.form = form
    self.destination = destination
    self.expectedSize = expectedSize
    self.checksum = checksum
    let name = DestinationPath(destination).name
    self.contentRule = contentRule ?? ContentRule(fileName: name)
    self.label = label ?? name
  }
}
