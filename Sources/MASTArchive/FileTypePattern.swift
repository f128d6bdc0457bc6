/// A wanted file type as users write it: `fits`, `jpg`, `uncal`, `rate.jpg`, `_thumb.jpg`. Source: `jwst-mast-query` 13.3.
public struct FileTypePattern: Sendable, Hashable {
  /// The word as written.
  public let word: String
  private let isExtension: Bool
  private let tail: String

  /// Reads a file type: `fits` and `jpg` stand for all files with that extension; otherwise a missing leading underscore and
  /// a missing `.fits` are added.
  public init(_ word: String) {
    self.word = word
    isExtension = word == "fits" || word == "jpg"
    if isExtension {
      tail = word
    } else {
      tail = (word.hasPrefix("_") ? word : "_" + word) + (word.contains(".") ? "" : ".fits")
    }
  }

  /// Whether a file type such as `_uncal.fits` is wanted; case counts.
  public func matches(_ fileType: String?) -> Bool {
    fileType?.hasSuffix(tail) ?? false
  }
}
