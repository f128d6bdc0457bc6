/// Why a query is refused: what is wrong, where, and what would be right.
public struct ADQLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, to decide on. More kinds may come.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The kind's name.
    public var rawValue: String

    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The text is no ADQL.
    public static let syntax = Kind(rawValue: "syntax")
    /// The query is longer or more deeply nested than is read here.
    public static let tooComplex = Kind(rawValue: "tooComplex")
    /// There is no such table.
    public static let unknownTable = Kind(rawValue: "unknownTable")
    /// There is no such column.
    public static let unknownColumn = Kind(rawValue: "unknownColumn")
    /// There is no such function.
    public static let unknownFunction = Kind(rawValue: "unknownFunction")
    /// A name could mean several things.
    public static let ambiguousName = Kind(rawValue: "ambiguousName")
    /// A name is given twice.
    public static let duplicateName = Kind(rawValue: "duplicateName")
    /// A value is of the wrong type, or a function has the wrong number of arguments.
    public static let type = Kind(rawValue: "type")
    /// Grouping and aggregate functions do not fit together.
    public static let grouping = Kind(rawValue: "grouping")
    /// A unit is unknown, or cannot be converted to the other.
    public static let unit = Kind(rawValue: "unit")
    /// It is ADQL, but not offered here.
    public static let unsupported = Kind(rawValue: "unsupported")
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence for the user, without the place.
  public var message: String
  /// The piece of the query it is about.
  public var span: SourceSpan?
  /// The place where that piece begins, once the text is known: ``located(in:)``.
  public var position: SourcePosition?
  /// What would have been right there, as one would write it: keywords in capitals, else words such as "a column name".
  public var expected: [String]
  /// The known word or name nearest to the one that was found.
  public var suggestion: String?

  /// Describes what is wrong with a query.
  ///
  /// - Parameters:
  ///   - kind: what went wrong.
  ///   - message: a sentence for the user, without the place, the expected words and the suggestion.
  ///   - span: the piece of the query it is about.
  ///   - expected: what would have been right there.
  ///   - suggestion: the nearest known word or name.
  public init(
    _ kind: Kind, _ message: String, at span: SourceSpan? = nil, expected: [String] = [], suggestion: String? = nil
  ) {
    self.kind = kind
    self.message = message
    self.span = span
    self.expected = expected
    self.suggestion = suggestion
  }

  /// The line in the query, from 1.
  public var line: Int? { position?.line }
  /// The character in the line, from 1.
  public var column: Int? { position?.column }

  /// The same error with line and column.
  ///
  /// - Parameter text: the query that was read.
  public func located(in text: String) -> ADQLError {
    var error = self
    error.position = span.map { SourcePosition(offset: $0.start, in: text) }
    return error
  }

  /// Place, message, what was expected, and what may have been meant.
  public var description: String {
    var text = position.map { "Line \($0.line), column \($0.column): " } ?? ""
    text += message
    let words = expected.map { $0.utf8.first.map(ByteClass.letters.contains) == true ? $0 : "\"\($0)\"" }
    if let last = words.last {
      let list = words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " or " + last
      text += " Expected \(list)."
    }
    if let suggestion { text += " Did you mean \(suggestion)?" }
    return text
  }
}
