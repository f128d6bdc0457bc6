/// The command line of a drop-in program: options with the words that follow them, as Python's `argparse` reads them.
///
/// Long options may be shortened to any unambiguous beginning, with dashes or underscores and in any case. A long option may
/// have a single dash, as in the Python tool's own documentation (`-lookbacktime 5`).
struct DropInArguments {
  /// What was given, by option name.
  private(set) var values: [String: SourcedValue] = [:]
  private let options: [DropInOption]

  /// Reads arguments.
  /// - Throws: a usage error that names the argument.
  init(_ arguments: [String], for program: DropInProgram) throws(Failure) {
    options = DropInOption.options(of: program)
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard !Self.isValue(argument) else {
        throw .usage("\"\(argument)\" belongs to no option: \(program.rawValue) takes options only (see --help).")
      }
      if argument.hasPrefix("--") {
        try take(try option(spelled: Self.name(argument.dropFirst(2))), Self.attached(argument), argument, &rest)
      } else if let option = longOption(withOneDash: argument) {
        try take(option, Self.attached(argument), argument, &rest)
      } else {
        try takeLetters(argument, &rest)
      }
    }
  }

  /// Letters with one dash: flags may stand together, and what follows an option that takes words is its word.
  private mutating func takeLetters(_ argument: String, _ rest: inout ArraySlice<String>) throws(Failure) {
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = options.first(where: { $0.short == letter }) else {
        throw .usage("There is no option -\(letter) (in \"\(argument)\"); see --help.")
      }
      if option.arity.upperBound == 0 {
        try take(option, nil, argument, &rest)
      } else {
        let word = letters.first == "=" ? letters.dropFirst() : letters
        return try take(option, letters.isEmpty ? nil : String(word), argument, &rest)
      }
    }
  }

  private mutating func take(
    _ option: DropInOption, _ attached: String?, _ argument: String, _ rest: inout ArraySlice<String>
  ) throws(Failure) {
    var words = attached.map { [$0] } ?? []
    if attached == nil {
      while words.count < option.arity.upperBound, let next = rest.first, Self.isValue(next) {
        words.append(next)
        rest.removeFirst()
      }
    }
    if words.count < option.arity.lowerBound {
      let wanted = option.arity.lowerBound == 1 ? "a value" : "\(option.arity.lowerBound) values"
      throw .usage("\(argument) needs \(wanted): \(option.help)")
    }
    if option.arity.upperBound == 0 && words.isEmpty {
      let before = option.kind == .counter ? values[option.name]?.words?.first.flatMap { Int($0) } ?? 0 : 0
      words = [option.kind == .counter ? String(before + 1) : "true"]
    }
    values[option.name] = SourcedValue(words: words, source: .commandLine)
  }

  /// The option that a long spelling means; the Python tool's options come before Webb's own.
  private func option(spelled: String) throws(Failure) -> DropInOption {
    if let option = options.first(where: { $0.name == spelled }) { return option }
    let wanted = DropInOption.folded(spelled)
    if let option = options.first(where: { DropInOption.folded($0.name) == wanted }) { return option }
    let underscored = spelled.map { $0 == "-" ? "_" : $0 }
    let readings = [
      options.filter { $0.isPythons && $0.name.hasPrefix(String(underscored)) },
      options.filter { $0.isPythons && DropInOption.folded($0.name).hasPrefix(wanted) },
      options.filter { !$0.isPythons && DropInOption.folded($0.name).hasPrefix(wanted) },
    ]
    if wanted.isEmpty { throw .usage("\"--\" alone is no option; see --help.") }
    guard let fitting = readings.first(where: { !$0.isEmpty }) else {
      let question = NearestName.question(spelled, among: options.map { "--" + $0.name })
      throw .usage("There is no option --\(spelled).\(question.isEmpty ? " See --help." : question)")
    }
    if fitting.count > 1 {
      throw .usage("--\(spelled) can mean \(fitting.map { "--" + $0.name }.joined(separator: ", ")): write more of it.")
    }
    return fitting[0]
  }

  private func longOption(withOneDash argument: String) -> DropInOption? {
    let spelled = Self.name(argument.dropFirst())
    guard spelled.count > 1 else { return nil }
    return options.first { DropInOption.folded($0.name) == DropInOption.folded(spelled) }
  }

  private static func name(_ text: Substring) -> String { String(text.prefix { $0 != "=" }) }

  private static func attached(_ argument: String) -> String? {
    argument.firstIndex(of: "=").map { String(argument[$0...].dropFirst()) }
  }

  /// Whether an argument is a word and no option: no dash in front, a negative number, or text with blanks.
  private static func isValue(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), argument.count > 1 else { return true }
    return Double(argument) != nil || (argument.contains(" ") && !argument.hasPrefix("--"))
  }
}
