/// An option of `jwst_mast_query`, which is a key of its configuration file too. Source: `jwst-mast-query` 2.
///
/// Parsing, help, the reading of configuration files, suggestions and the table in the documentation all come from ``all``.
struct DropInOption: Hashable {
  /// What may follow the option, or stand behind the key.
  enum Kind: Hashable {
    /// Nothing on the command line (`=no` turns it off); a truth value in the file.
    case flag
    /// Nothing; the option is repeated instead.
    case counter
    /// A truth value.
    case truth
    /// One whole number, number or text.
    case integer, number, text
    /// One word or more, one whole number or more.
    case words, integers
    /// Two words.
    case pair
  }

  /// Where an option may stand.
  enum Scope: Hashable {
    case everywhere, downloadOnly, commandLineOnly
    /// One that the Python tool does not have; command line only.
    case own
  }

  /// The long name, which is the key in the file.
  let name: String
  let short: Character?
  let kind: Kind
  /// What holds when nobody says anything; `nil` is no value.
  let builtIn: [String]?
  /// The value in the file that comes with the Python tool, as written there; `nil` when the key is not in it.
  let packaged: String?
  let scope: Scope
  let help: String

  init(
    _ name: String, _ short: Character? = nil, _ kind: Kind, builtIn: [String]? = nil, packaged: String? = nil,
    scope: Scope = .everywhere, _ help: String
  ) {
    self.name = name
    self.short = short
    self.kind = kind
    self.builtIn = builtIn
    self.packaged = packaged
    self.scope = scope
    self.help = help
  }

  /// Whether the Python tool has it.
  var isPythons: Bool { scope != .own }

  /// Whether it may stand in a configuration file. Keys of the download program may stand in a file that both programs read.
  var isKey: Bool { scope == .everywhere || scope == .downloadOnly }

  /// Whether words follow it on the command line, and how many at most.
  var arity: ClosedRange<Int> {
    switch kind {
    case .flag, .counter: 0...0
    case .truth, .integer, .number, .text: 1...1
    case .words, .integers: 1...Int.max
    case .pair: 2...2
    }
  }

  /// The options of a program.
  static func options(of program: DropInProgram) -> [DropInOption] {
    all.filter { program == .download || ($0.scope != .downloadOnly && !["yes", "jobs"].contains($0.name)) }
  }

  /// The name without what spelling may vary: case, dashes and underscores.
  static func folded(_ name: some StringProtocol) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }
}
