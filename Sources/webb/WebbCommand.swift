import ArgumentParser
import Foundation

struct WebbCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webb",
    abstract: "Find, check, fetch and keep JWST data.",
    discussion: """
      The first steps need no network and no account; they use the sample archive that webb makes on your machine:

        webb mast query --archive sample --propID 2731
        webb mast download --archive sample --propID 2731 --outrootdir data --yes

      Without --archive the same commands ask MAST at STScI.
      """,
    version: WebbVersion.text,
    subcommands: [
      MASTCommand.self, ESACommand.self, TAPCommand.self, ArchiveCommand.self, TableCommand.self, JWSTQueryCommand.self,
      JWSTDownloadCommand.self,
    ])

  /// Parses the process's arguments, runs the command and exits: 0 all done, 1 something failed, 2 wrong usage.
  static func runFromCommandLine() async {
    // A reader that closes the pipe early (head) is no failure of ours.
    signal(SIGPIPE, SIG_IGN)
    // Whoever started us may have had signals blocked, and Ctrl-C must work.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigprocmask(SIG_SETMASK, &signals, nil)
    do {
      if let (program, arguments) = DropInProgram.requested(by: CommandLine.arguments) {
        return try await DropInRun.main(program, arguments)
      }
      let given = Array(CommandLine.arguments.dropFirst())
      let arguments = try LongOptions.canonical(given.first == "esa" ? NegativeNumbers.protected(given) : given)
      ProcessArguments.hide(valuesOf: "--token", in: arguments)
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch {
      let code = exitCode(for: error)
      if code == .validationFailure || code == .success || error is ExitCode {
        let text = fullMessage(for: error)
        if !text.isEmpty { code.isSuccess ? Console.print(text) : Console.report(text) }
        Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
      }
      Console.report("Error: " + Failure.sentence(error))
      Foundation.exit(Failure.exitCode(error))
    }
  }
}

/// The version that `--version` and the user agent show.
enum WebbVersion {
  static let text = "0.1.0"
}
