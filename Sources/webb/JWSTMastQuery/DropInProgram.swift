/// The two programs of `jwst_mast_query`, whose names Webb answers to.
enum DropInProgram: String, CaseIterable {
  case query = "jwst_query"
  case download = "jwst_download"

  /// The program that a command's name or path means, with or without `.py` at its end.
  init?(commandName: String) {
    let last = commandName.split(separator: "/").last ?? ""
    self.init(rawValue: String(last.hasSuffix(".py") ? last.dropLast(3) : last))
  }

  /// Which program a command line asks for: by the name of the command itself (a link to `webb`) or by the first argument.
  /// - Returns: the program and its arguments, `nil` for `webb`'s own commands.
  static func requested(by commandLine: [String]) -> (program: DropInProgram, arguments: [String])? {
    if let program = commandLine.first.flatMap(DropInProgram.init(commandName:)) {
      return (program, Array(commandLine.dropFirst()))
    }
    guard let word = commandLine.dropFirst().first, !word.contains("/"), let program = DropInProgram(commandName: word)
    else { return nil }
    return (program, Array(commandLine.dropFirst(2)))
  }
}
