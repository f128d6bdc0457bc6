/// What the drop-in programs say of themselves.
enum DropInHelp {
  /// The help text of a program.
  static func text(for program: DropInProgram) -> String {
    let options = DropInOption.options(of: program)
    var lines = [
      program == .download
        ? "Lists JWST observations and products at MAST, and fetches those that are not there yet."
        : "Lists JWST observations and products at MAST.",
      "In place of \(program.rawValue).py of jwst_mast_query: the same options, configuration files, tables and folders.",
      "", "Usage: \(program.rawValue) [options]", "",
      "Options, which are keys of the configuration file too:",
    ]
    lines += options.filter(\.isPythons).flatMap(entry)
    lines += ["", "Options of Webb's own:"] + options.filter { !$0.isPythons }.flatMap(entry)
    lines += [
      "",
      "Long options may be shortened, with dashes or underscores. What the command line says counts, then the file, then",
      "the built-in value. A flag is turned off with =no, for example --guidestars=no.",
    ]
    return lines.joined(separator: "\n")
  }

  /// The table of options in the documentation.
  static var markdown: String {
    var lines = ["| option and key | short | takes | built in | packaged file |", "|---|---|---|---|---|"]
    for option in DropInOption.all where option.isPythons {
      let packaged = option.packaged.map { $0.isEmpty ? "no value" : "`\($0)`" } ?? "–"
      let builtIn = option.builtIn.map { $0.isEmpty ? "no value" : "`\($0.joined(separator: " "))`" } ?? "no value"
      let short = option.short.map { "`-\($0)`" } ?? ""
      lines.append("| `\(option.name)` | \(short) | \(placeholder(option)) | \(builtIn) | \(packaged) |")
    }
    return lines.joined(separator: "\n")
  }

  /// A number without a needless fraction.
  static func text(of number: Double) -> String { Int(exactly: number).map(String.init) ?? number.description }

  private static func entry(_ option: DropInOption) -> [String] {
    let short = option.short.map { "-\($0), " } ?? "    "
    let words = option.arity.upperBound == 0 ? "" : " <\(placeholder(option))>"
    let value = option.builtIn?.joined(separator: " ") ?? ""
    let isShort = !value.isEmpty && value.count < 60 && !["false", "0"].contains(value)
    return ["  \(short)--\(option.name)\(words)", "        \(option.help)" + (isShort ? " Built in: \(value)." : "")]
  }

  private static func placeholder(_ option: DropInOption) -> String {
    switch option.kind {
    case .flag: "flag"
    case .counter: "repeated"
    case .truth: "yes or no"
    case .integer: "whole number"
    case .number: "number"
    case .text: "text"
    case .words: "words"
    case .integers: "whole numbers"
    case .pair: "two words"
    }
  }
}
