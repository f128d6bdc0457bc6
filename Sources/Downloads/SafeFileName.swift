/// A file name from a server that has been found harmless: one component that stays in its folder.
///
///     let name = try SafeFileName(row.productFilename)
///     let destination = folder + "/" + name.text
public struct SafeFileName: Sendable, Hashable {
  /// The name.
  public let text: String

  /// The longest name, bytes in UTF-8: 255 less the ending that the journal of a transfer adds.
  public static let longest = 255 - ".part.json".utf8.count

  /// Checks a name.
  /// - Throws: `DownloadsError` of kind `.unsafeName`.
  public init(_ text: String) throws(DownloadsError) {
    if let reason = Self.objection(to: text) {
      throw DownloadsError(
        .unsafeName, file: text, "The name of the file cannot be used: \(reason). Nothing was written.")
    }
    self.text = text
  }

  private static func objection(to text: String) -> String? {
    if text.isEmpty { return "it is empty" }
    if text == "." || text == ".." { return "it names a folder" }
    if text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) { return "it holds a slash" }
    if text.unicodeScalars.contains(where: isControl) { return "it holds control characters" }
    if text.hasPrefix(".") { return "it starts with a dot and would be hidden" }
    if text.hasPrefix("-") { return "it starts with a hyphen and would pass for an option" }
    if text.utf8.count > longest { return "it is longer than \(longest) bytes" }
    let lower = text.lowercased()
    if lower.hasSuffix(".part") || lower.hasSuffix(".part.json") { return "its ending marks unfinished transfers" }
    return nil
  }

  /// C0 and C1 controls, and the marks that reorder text on a terminal.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
