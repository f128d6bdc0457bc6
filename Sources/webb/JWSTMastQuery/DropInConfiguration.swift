import Yams

/// A configuration file of `jwst_mast_query`: a YAML mapping of option names to values.
///
/// Values are taken as they are written, not as YAML 1.1 would type them: `01410` is programme 1410 and not an octal number,
/// `2021-08-11` is a date to search and not an object, and one value may stand where a list is expected.
struct DropInConfiguration {
  /// What the file says, by option name.
  private(set) var values: [String: SourcedValue] = [:]
  /// What the user should know.
  private(set) var notes: [String] = []
  private let file: String
  private let expansion: VariableExpansion

  /// Files of this length and more, in bytes, are no configuration files.
  static let sizeLimit = 1 << 20

  /// Reads a file's text.
  /// - Parameters:
  ///   - text: the YAML document.
  ///   - file: the file's name, for messages.
  ///   - expansion: the environment, for `$NAME` in values.
  /// - Throws: a usage error that names file and line.
  init(_ text: String, file: String, expansion: VariableExpansion) throws(Failure) {
    self.file = file
    self.expansion = expansion
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch { throw .usage(Self.sentence(error, file: file)) }
    guard let root, root.null == nil || root.mapping != nil else {
      throw .usage("\(file) holds no settings: write lines like \"propID: 1410\".")
    }
    guard let mapping = root.mapping else {
      throw .usage("\(place(root)) is no setting: write lines like \"propID: 1410\".")
    }
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw .usage("\(place(key)): this key is not a word.") }
      let option = try option(named: name, at: key)
      guard let option else { continue }
      if let other = values[option.name] {
        throw .usage("\(place(key)): \(option.name) stands twice; the other is in \(other.source).")
      }
      values[option.name] = SourcedValue(
        words: try words(value, of: option),
        source: .configuration(file: file, line: Self.line(value) ?? Self.line(key) ?? 0))
    }
  }

  private mutating func option(named name: String, at key: Node) throws(Failure) -> DropInOption? {
    let options = DropInOption.all.filter { $0.isKey || $0.scope == .commandLineOnly }
    guard
      let option = options.first(where: { $0.name == name })
        ?? options.first(where: { DropInOption.folded($0.name) == DropInOption.folded(name) })
    else {
      let question = NearestName.question(name, among: options.filter(\.isKey).map(\.name))
      throw .usage("\(place(key)): there is no setting \(name).\(question)")
    }
    if option.isKey { return option }
    notes.append("\(place(key)): \(option.name) has no effect in a configuration file.")
    return nil
  }

  private mutating func words(_ node: Node, of option: DropInOption) throws(Failure) -> [String]? {
    switch node {
    case .mapping:
      throw .usage("\(place(node)): \(option.name) takes \(Self.description(option)), not a mapping.")
    case .sequence(let elements):
      guard [.words, .integers, .pair].contains(option.kind) || elements.isEmpty else {
        throw .usage("\(place(node)): \(option.name) takes \(Self.description(option)), not a list.")
      }
      var words: [String] = []
      for element in elements {
        guard let scalar = element.scalar else {
          throw .usage("\(place(element)): \(option.name) takes a plain list, without lists or mappings in it.")
        }
        if let text = try expanded(scalar, of: option, at: element) { words.append(text) }
      }
      return words
    case .scalar(let scalar):
      guard let text = try expanded(scalar, of: option, at: node) else { return nil }
      guard [.words, .integers, .pair].contains(option.kind) else { return [text] }
      if Self.isTimestamp(text) { return [text.split(separator: " ").joined(separator: "T")] }
      return text.split { $0.isWhitespace }.map(String.init)
    case .alias:
      throw .usage("\(place(node)): \(option.name) refers to nothing.")
    }
  }

  /// A scalar's text with variables replaced; `nil` for null.
  private mutating func expanded(_ scalar: Node.Scalar, of option: DropInOption, at node: Node) throws(Failure)
    -> String?
  {
    let isPlain = scalar.style == .plain || scalar.style == .any
    if isPlain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) { return nil }
    do throws(VariableExpansion.Undefined) { return try expansion.expand(scalar.string) } catch {
      guard option.name == "outrootdir" else {
        throw .usage("\(place(node)): \(option.name) uses $\(error.name), which is not set in the environment.")
      }
      notes.append(
        "\(place(node)): outrootdir uses $\(error.name), which is not set in the environment; the current folder takes its place."
      )
      return nil
    }
  }

  /// Whether one text is one moment, although a blank stands between day and time.
  private static func isTimestamp(_ text: String) -> Bool {
    text.wholeMatch(of: /\d{4}-\d{1,2}-\d{1,2} +\d{1,2}:\d{2}(:\d{2}(\.\d*)?)?[-+Z]?/) != nil
  }

  private static func description(_ option: DropInOption) -> String {
    switch option.kind {
    case .flag, .truth: "yes or no"
    case .counter, .integer: "one whole number"
    case .number: "one number"
    case .text: "one value"
    case .words: "a list"
    case .integers: "a list of whole numbers"
    case .pair: "two values"
    }
  }

  /// Why a text is no YAML. The line itself is not quoted: it may hold a token.
  private static func sentence(_ error: any Error, file: String) -> String {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      "\(file), line \(mark.line): this is no YAML: \(problem)."
    case YamlError.duplicatedKeysInMapping(let names, let context):
      "\(file), line \(context.mark.line): \(names.sorted().joined(separator: ", ")) stands twice."
    default: "\(file) cannot be read as YAML."
    }
  }

  private func place(_ node: Node) -> String { Self.line(node).map { "\(file), line \($0)" } ?? file }

  private static func line(_ node: Node) -> Int? { node.mark?.line }
}
