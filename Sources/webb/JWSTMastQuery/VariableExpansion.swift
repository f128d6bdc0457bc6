/// Replaces `$NAME` and `${NAME}` by the values of environment variables.
struct VariableExpansion {
  /// A name that has no value.
  struct Undefined: Error { var name: String }

  /// The value of a variable, `nil` when it is not set.
  var value: (String) -> String?

  /// The text with all names replaced; a dollar sign without a name stays.
  func expand(_ text: String) throws(Undefined) -> String {
    var result = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...].dropFirst()
      let isBraced = rest.first == "{"
      let body = isBraced ? rest.dropFirst() : rest
      let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      let after = body[name.endIndex...]
      if name.isEmpty || (isBraced && after.first != "}") {
        result += "$"
      } else {
        guard let value = value(String(name)) else { throw Undefined(name: String(name)) }
        result += value
        rest = isBraced ? after.dropFirst() : after
      }
    }
    return result + rest
  }
}
