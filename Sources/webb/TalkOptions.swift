import ArgumentParser

/// How much to say.
struct TalkOptions: ParsableArguments {
  @Flag(help: "Print one JSON document in place of tables.")
  var json = false

  @Flag(name: .shortAndLong, help: "Say more about what is done; repeat for more.")
  var verbose: Int

  @Flag(name: .shortAndLong, help: "Say nothing but results and errors.")
  var quiet = false

  /// Talk that `--quiet` silences.
  func say(_ text: String) { if !quiet { Console.report(text) } }

  /// Talk that `-v` asks for.
  func explain(_ text: String) { if verbose > 0 && !quiet { Console.report(text) } }
}
