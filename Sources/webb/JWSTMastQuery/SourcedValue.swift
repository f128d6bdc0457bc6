/// A value as written, with the place that gave it.
struct SourcedValue: Hashable {
  /// Who gave a value; later ones win over earlier ones.
  enum Source: Hashable, CustomStringConvertible {
    case builtIn
    case environment(String)
    case configuration(file: String, line: Int)
    case commandLine

    /// The place, for messages.
    var description: String {
      switch self {
      case .builtIn: "built in"
      case .environment(let name): "$\(name)"
      case .configuration(let file, let line): "\(file), line \(line)"
      case .commandLine: "command line"
      }
    }
  }

  /// The words, `nil` for no value.
  var words: [String]?
  var source: Source
}
