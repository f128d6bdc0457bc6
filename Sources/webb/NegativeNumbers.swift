/// Negative numbers among the arguments, `53 -27`, which the parser would take for options.
enum NegativeNumbers {
  /// The arguments with a blank before each that reads like a negative number, or like coordinates that begin with one: the
  /// parser then takes it for a value.
  static func protected(_ arguments: [String]) -> [String] {
    arguments.map { argument in
      let rest = argument.dropFirst()
      guard argument.first == "-", let first = rest.first, first == "." || ("0"..."9").contains(first) else {
        return argument
      }
      return " " + argument
    }
  }

  /// A value without the blank.
  static func restored(_ value: String) -> String { value.hasPrefix(" -") ? String(value.dropFirst()) : value }
}
