import Dispatch
import Foundation

/// Questions to the person at the terminal.
enum Prompt {
  /// Asks for a line; `nil` at the end of the input.
  static func line(_ question: String) -> String? {
    Console.write(question, to: 2)
    let answer = readLine()
    if answer == nil { Console.write("\n", to: 2) }
    return answer
  }

  /// Asks for a line that is not shown while it is typed; from a pipe or a file it is just read. `nil` when there is none.
  static func secret(_ question: String) -> String? {
    guard isatty(0) == 1 else { return readLine() }
    var settings = termios()
    guard tcgetattr(0, &settings) == 0 else { return nil }
    let shown = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    // Ctrl-C must not leave a terminal behind that shows nothing.
    signal(SIGINT, SIG_IGN)
    let interruption = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interruption.setEventHandler {
      restore(shown)
      Console.report("Error: Interrupted.")
      exit(1)
    }
    interruption.resume()
    guard tcsetattr(0, TCSAFLUSH, &settings) == 0 else { return nil }
    defer {
      restore(shown)
      interruption.cancel()
      signal(SIGINT, SIG_DFL)
    }
    Console.write(question, to: 2)
    return readLine()
  }

  private static func restore(_ settings: termios) {
    var settings = settings
    _ = tcsetattr(0, TCSAFLUSH, &settings)
    Console.write("\n", to: 2)
  }
}
