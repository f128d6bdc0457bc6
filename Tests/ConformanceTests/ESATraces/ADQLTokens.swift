/// A query as it is compared: words, numbers, literals and marks, without the blanks between them.
struct ADQLTokens: Equatable {
  enum Token: Hashable {
    case word(String)
    case number(String)
    /// A literal or a delimited name with its quotes.
    case quoted(String)
    case mark(Character)
    case comment(String)
  }

  var tokens: [Token] = []

  init(_ text: String) {
    var rest = Array(text)[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "-", rest.dropFirst().first == "-" {
        tokens.append(.comment(String(Self.take(&rest) { $0 != "\n" })))
      } else if first == "'" || first == "\"" {
        tokens.append(.quoted(Self.quoted(&rest, first)))
      } else if first.isNumber || (first == "." && rest.dropFirst().first?.isNumber == true) {
        tokens.append(.number(Self.number(&rest)))
      } else if first == "-" || first == "+", rest.dropFirst().first?.isNumber == true, isAtOperand {
        rest = rest.dropFirst()
        tokens.append(.number((first == "-" ? "-" : "") + Self.number(&rest)))
      } else if first.isLetter || first == "_" {
        tokens.append(.word(String(Self.take(&rest) { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })))
      } else {
        tokens.append(.mark(first))
        rest = rest.dropFirst()
      }
    }
  }

  /// Whether a sign here belongs to a number.
  private var isAtOperand: Bool {
    switch tokens.last {
    case .mark(let mark): mark != ")"
    case .none: true
    default: false
    }
  }

  private static func take(
    _ rest: inout ArraySlice<Character>, while isPart: (Character) -> Bool
  ) -> ArraySlice<Character> {
    let taken = rest.prefix(while: isPart)
    rest = rest.dropFirst(taken.count)
    return taken
  }

  private static func quoted(_ rest: inout ArraySlice<Character>, _ quote: Character) -> String {
    var text = String(rest.removeFirst())
    while let next = rest.popFirst() {
      text.append(next)
      guard next == quote else { continue }
      if rest.first == quote { text.append(rest.removeFirst()) } else { break }
    }
    return text
  }

  private static func number(_ rest: inout ArraySlice<Character>) -> String {
    var text = String(take(&rest) { $0.isNumber || $0 == "." })
    // An exponent belongs to the number only when digits follow: `1ORDER` is a number and a word.
    if rest.first == "e" || rest.first == "E" {
      let sign = rest.dropFirst().prefix(1).filter { $0 == "-" || $0 == "+" }
      let digits = rest.dropFirst(1 + sign.count).prefix { $0.isNumber }
      if !digits.isEmpty {
        text += "e" + String(sign) + String(digits)
        rest = rest.dropFirst(1 + sign.count + digits.count)
      }
    }
    return text
  }
}
