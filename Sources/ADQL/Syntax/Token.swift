/// A word, literal or sign of a query, by its place in the text.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case endOfQuery, invalid
    case identifier, delimited, keyword, string, integer, decimal
    case leftParenthesis, rightParenthesis, comma, period, semicolon
    case asterisk, plus, minus, slash, concatenation
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    /// A sign as it is written.
    var sign: String? {
      switch self {
      case .leftParenthesis: "("
      case .rightParenthesis: ")"
      case .comma: ","
      case .period: "."
      case .semicolon: ";"
      case .asterisk: "*"
      case .plus: "+"
      case .minus: "-"
      case .slash: "/"
      case .concatenation: "||"
      case .equal: "="
      case .notEqual: "<>"
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      default: nil
      }
    }
  }

  var kind: Kind
  /// The word, when it is one that the parser acts on.
  var keyword: Keyword?
  var start: Int32
  var end: Int32

  var span: SourceSpan { SourceSpan(Int(start), Int(end)) }
}
