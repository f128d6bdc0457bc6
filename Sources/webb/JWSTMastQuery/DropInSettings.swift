import MASTArchive

/// All values as they were given, by precedence: command line, configuration file, environment, built in.
struct DropInSettings {
  /// What the configuration file says.
  let configured: [String: SourcedValue]
  /// What counts.
  private let values: [String: SourcedValue]

  /// Puts the layers over one another. A value of a later layer counts whatever it is, no value included.
  /// - Parameter token: the token of the environment.
  init(arguments: DropInArguments, configured: [String: SourcedValue], token: String?) {
    self.configured = configured
    var values = Dictionary(
      uniqueKeysWithValues: DropInOption.all.map { ($0.name, SourcedValue(words: $0.builtIn, source: .builtIn)) })
    if let token { values["token"] = SourcedValue(words: [token], source: .environment("MAST_API_TOKEN")) }
    values.merge(configured) { $1 }
    values.merge(arguments.values) { $1 }
    self.values = values
  }

  /// The value of an option.
  subscript(name: String) -> SourcedValue { values[name] ?? SourcedValue(words: nil, source: .builtIn) }

  /// Whether the command line gives an option.
  func isOnCommandLine(_ name: String) -> Bool { self[name].source == .commandLine }

  /// A usage error about an option, with the place of its value.
  func failure(_ name: String, _ message: String) -> Failure {
    switch self[name].source {
    case .commandLine: .usage("--\(name): \(message)")
    case let source: .usage("\(source): \(name): \(message)")
    }
  }

  /// All words of an option.
  func words(_ name: String) -> [String] { self[name].words ?? [] }

  /// The one word of an option, `nil` when it is empty.
  func text(_ name: String) -> String? { self[name].words?.first.flatMap { $0.isEmpty ? nil : $0 } }

  /// A truth value; none is no.
  func truth(_ name: String) throws(Failure) -> Bool {
    guard let word = text(name) else { return false }
    guard let answer = YesNo(argument: word) else { throw failure(name, "\"\(word)\" is neither yes nor no.") }
    return answer == .yes
  }

  /// Whole numbers; leading zeros mean nothing.
  func integers(_ name: String) throws(Failure) -> [Int] {
    try words(name).map { word throws(Failure) in
      let exact = isOnCommandLine(name) ? nil : Double(word).flatMap(Int.init(exactly:))
      guard let number = Int(word) ?? exact else {
        throw failure(name, "\"\(word)\" is not a whole number.")
      }
      return number
    }
  }

  /// One whole number inside limits.
  func integer(_ name: String, in limits: ClosedRange<Int>) throws(Failure) -> Int? {
    guard let number = try integers(name).first else { return nil }
    guard limits.contains(number) else {
      throw failure(name, "\(number) is not a number from \(limits.lowerBound) to \(limits.upperBound).")
    }
    return number
  }

  /// Names that must be among those known.
  func names(_ name: String, among known: [String]) throws(Failure) -> [String] {
    let words = words(name)
    for word in words where !known.contains(word) {
      let question = NearestName.question(word, among: known)
      throw failure(
        name,
        "there is no column \(word).\(question.isEmpty ? " There are: \(known.joined(separator: " "))." : question)")
    }
    return words
  }
}
