/// Why an archive was not unpacked. Nothing of it has then got its final place, unless the message says so.
public struct UnpackingError: Error, Sendable, CustomStringConvertible {
  /// What went wrong; new kinds may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The name of the kind, for reports.
    public var rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The bytes are no archive of a known form.
    public static let notAnArchive = Kind(rawValue: "notAnArchive")
    /// A member whose name leads out of the folder or must not be used.
    public static let unsafeName = Kind(rawValue: "unsafeName")
    /// A member that is neither a file nor a folder: a link, a device, a pipe.
    public static let unsafeMember = Kind(rawValue: "unsafeMember")
    /// A member that this reader does not unpack: encrypted or sparse.
    public static let unsupportedMember = Kind(rawValue: "unsupportedMember")
    /// Two members with one name.
    public static let duplicateMember = Kind(rawValue: "duplicateMember")
    /// The archive ends too early.
    public static let truncated = Kind(rawValue: "truncated")
    /// The archive contradicts itself.
    public static let damaged = Kind(rawValue: "damaged")
    /// More members, bytes or folders than are allowed.
    public static let limit = Kind(rawValue: "limit")
    /// A member that is not what the catalogue says.
    public static let wrongChecksum = Kind(rawValue: "wrongChecksum")
    /// Something stands where a file or folder must go.
    public static let occupied = Kind(rawValue: "occupied")
    /// No room left on the disk.
    public static let diskFull = Kind(rawValue: "diskFull")
    /// Another fault of the file system.
    public static let fileSystem = Kind(rawValue: "fileSystem")
    /// The bytes stopped coming; `cause` says why.
    public static let source = Kind(rawValue: "source")
    /// The source begins again with its first byte; whoever reads it begins again too.
    public static let restarted = Kind(rawValue: "restarted")
    /// The unpacking was cancelled.
    public static let cancelled = Kind(rawValue: "cancelled")
    /// No thread or no memory.
    public static let system = Kind(rawValue: "system")
  }

  /// What went wrong.
  public var kind: Kind
  /// The name of the member as the archive has it, where it is about one.
  public var member: String?
  /// The folder or file that it is about, where it is about one on disk.
  public var file: String?
  /// What went wrong and what to do about it, in a sentence.
  public var message: String
  /// What lies behind it.
  public var cause: (any Error)?

  /// Describes a failure.
  public init(
    _ kind: Kind, member: String? = nil, file: String? = nil, _ message: String, cause: (any Error)? = nil
  ) {
    self.kind = kind
    self.member = member
    self.file = file
    self.message = message
    self.cause = cause
  }

  /// The sentence, then member, file and cause as far as they are known; without control characters.
  public var description: String {
    var text = message
    if let member { text += " [member \(member)]" }
    if let file { text += " [\(file)]" }
    if let cause { text += " Cause: \(cause)" }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }

  /// Whether another copy of the archive would fare the same: the fault is in its bytes.
  public var isFaultOfArchive: Bool {
    let elsewhere: [Kind] = [.occupied, .diskFull, .fileSystem, .source, .restarted, .cancelled, .system]
    return !elsewhere.contains(kind)
  }

  static let cancelled = UnpackingError(.cancelled, "The unpacking was cancelled; run it again.")
}
