/// A wanted file type as users write it: `fits`, `jpg`, `uncal`, `rate.jpg`, `_thumb.jpg`; with wildcards `rate*`, `*.jpg`; as a
/// regular expression `/_(rate|cal)\.fits$/`; `all`. Source: `jwst-mast-query` 13.3.
public struct FileTypePattern: Sendable, Hashable {
  private enum Form: Hashable {
    case anything
    case end(String)
    case glob(Glob)
    case expression(String)
  }

  /// The word as written.
  public let word: String
  private let form: Form

  /// Reads a file type: `fits` and `jpg` stand for all files with that extension, `all` for every file; otherwise a missing leading
  /// underscore and a missing `.fits` are added. `*`, `?` and `[…]` are wildcards.
  public init(_ word: String) {
    self.word = word
    if word == "all" {
      form = .anything
    } else if word == "fits" || word == "jpg" {
      form = .end(word)
    } else {
      let spelled = (word.hasPrefix("_") ? word : "_" + word) + (word.contains(".") ? "" : ".fits")
      form = word.contains(where: { "*?[".contains($0) }) ? .glob(Glob(spelled)) : .end(spelled)
    }
  }

  /// Reads a file type, or a regular expression between slashes that is searched for in file types such as `_rate.fits`.
  /// - Throws: ``MASTArchiveError`` of kind `.badCriteria` when the expression cannot be read.
  public init(parsing word: String) throws(MASTArchiveError) {
    guard word.count > 1, word.hasPrefix("/"), word.hasSuffix("/") else {
      self.init(word)
      return
    }
    let expression = String(word.dropFirst().dropLast())
    do { _ = try Regex(expression) } catch {
      throw MASTArchiveError(
        .badCriteria, "\(word) is not a regular expression that can be read: \(error)", cause: error)
    }
    self.init(word: word, form: .expression(expression))
  }

  /// Reads a file type in which all characters but the dot have their meaning in regular expressions, as `jwst_mast_query`
  /// reads it: `_(rate|cal).fits`.
  /// - Throws: ``MASTArchiveError`` of kind `.badCriteria` when the word is not a regular expression.
  public init(expression word: String) throws(MASTArchiveError) {
    guard word.contains(where: { "^$*+?()[]{}|\\".contains($0) }) else {
      self.init(word)
      return
    }
    let spelled = (word.hasPrefix("_") ? word : "_" + word) + (word.contains(".") ? "" : ".fits")
    let text = spelled.replacing(".", with: "\\.") + "$"
    guard (try? Regex(text)) != nil else {
      throw MASTArchiveError(
        .badCriteria,
        "\"\(word)\" is not a file type: it cannot be read as a regular expression. Examples: uncal rate.jpg"
      )
    }
    self.init(word: word, form: .expression(text))
  }

  private init(word: String, form: Form) {
    self.word = word
    self.form = form
  }

  /// Whether a file type such as `_uncal.fits` is wanted; case counts.
  public func matches(_ fileType: String?) -> Bool {
    switch form {
    case .anything: return true
    case .end(let tail): return fileType?.hasSuffix(tail) ?? false
    case .glob(let glob): return fileType.map(glob.matches) ?? false
    case .expression(let text):
      // It was read before; a `Regex` cannot be kept in a sendable value.
      guard let fileType, let expression = try? Regex(text) else { return false }
      return fileType.firstMatch(of: expression) != nil
    }
  }

  /// Whether only FITS files can be meant.
  var isFITS: Bool {
    switch form {
    case .anything, .expression: false
    case .end(let tail): tail == "fits" || tail.hasSuffix(".fits")
    case .glob(let glob): glob.pattern.hasSuffix(".fits")
    }
  }
}
