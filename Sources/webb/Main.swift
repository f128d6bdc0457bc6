/// The entry point only forwards: code inside a `@main` type is bound to the main actor.
@main struct Main {
  static func main() async { await WebbCommand.runFromCommandLine() }
}
