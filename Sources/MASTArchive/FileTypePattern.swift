/// A wanted file type as users write it: `fits`, `jpg`, `uncal`, `rate.jpg`, `_thumb.jpg`. Source: `jwst-mast-query` 13.3.
public struct FileTypePattern: Sendable, Hashable {
  /// The word as written.
  public let word: String
  private let tail: String
  private var isExpression = false

  /// Reads a file type: `fits` and `jpg` stand for all files with that extension; otherwise a missing leading underscore and
  /// a missing `.fits` are added.
  public init(_ word: String) {
    self.word = word
    if word == "fits" || word == "jpg" {
      tail = word
    } else {
      tail = (word.hasPrefix("_") ? word : "_" + word) + (word.contains(".") ? "" : ".fits")
    }
  }

  /// Reads a file type in which all characters but the dot have their meaning in regular expressions, as `jwst_mast_query`
  /// reads it: `_(rate|cal).fits`.
  /// - Throws: an error when the word is not a regular expression.
  public static func expression(_ word: String) throws(MASTArchiveError) -> FileTypePattern {
    var pattern = FileTypePattern(word)
    guard word.contains(where: { "^$*+?()[]{}|\\".contains($0) }) else { return pattern }
    pattern.isExpression = true
    guard (try? pattern.expression()) != nil else {
      throw MASTArchiveError(
        .badCriteria,
        "\"\(word)\" is not a file type: it cannot be read as a regular expression. Examples: uncal rate.jpg"
      )
    }
    return pattern
  }

  /// Whether a file type such as `_uncal.fits` is wanted; case counts.
  public func matches(_ fileType: String?) -> Bool {
    guard let fileType else { return false }
    if isExpression { return (try? expression().firstMatch(in: fileType)) != nil }
    return fileType.hasSuffix(tail)
  }

  private func expression() throws -> Regex<AnyRegexOutput> {
    try Regex(tail.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.") + "$")
  }
}
