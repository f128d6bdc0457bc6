/// What the first bytes of a file must look like, so that a login page does not pass for an observation.
public struct ContentRule: Sendable, Hashable {
  /// The bytes the file must start with; empty when nothing is known.
  public var signature: [UInt8]
  /// Whether the file may be a web page.
  public var allowsHTML: Bool
  /// Whether the file may be gzip of what it must be.
  public var allowsGzip = false

  /// Describes a rule.
  public init(signature: [UInt8], allowsHTML: Bool = false) {
    self.signature = signature
    self.allowsHTML = allowsHTML
  }

  /// A FITS file: `SIMPLE  =`.
  public static let fits = ContentRule(signature: Array("SIMPLE  =".utf8))
  /// A JPEG picture.
  public static let jpeg = ContentRule(signature: [0xFF, 0xD8])
  /// Anything but a web page.
  public static let notHTML = ContentRule(signature: [])
  /// Anything.
  public static let anything = ContentRule(signature: [], allowsHTML: true)

  /// The rule for files with this name's ending.
  public init(fileName: String) {
    let name = fileName.lowercased()
    if name.hasSuffix(".fits") {
      self = .fits
    } else if name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") {
      self = .jpeg
    } else if name.hasSuffix(".html") || name.hasSuffix(".htm") {
      self = .anything
    } else {
      self = .notHTML
    }
  }

  /// How many bytes of the beginning a decision needs.
  static let window = 64

  enum Verdict: Sendable, Hashable { case fits, html, other }

  /// Judges the first bytes of a file (at most `window`; fewer only when the file is shorter).
  func judge(_ bytes: [UInt8]) -> Verdict {
    if !allowsHTML, Self.looksLikeHTML(bytes) { return .html }
    if allowsGzip, bytes.starts(with: [0x1F, 0x8B]) { return .fits }
    return bytes.starts(with: signature) ? .fits : .other
  }

  private static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    var text = bytes[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    let head = String(decoding: text.drop { [9, 10, 13, 32].contains($0) }, as: UTF8.self).lowercased()
    return head.hasPrefix("<!doctype html") || head.hasPrefix("<html")
  }
}
