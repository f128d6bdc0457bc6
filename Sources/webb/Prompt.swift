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
    var settings = termios()
    guard isatty(0) == 1, tcgetattr(0, &settings) == 0 else { return readLine() }
    Console.write(question, to: 2)
    var silent = settings
    // Ctrl-C is read as a character: as a signal it would leave the terminal silent.
    silent.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON)
    tcsetattr(0, TCSAFLUSH, &silent)
    defer {
      tcsetattr(0, TCSAFLUSH, &settings)
      Console.write("\n", to: 2)
    }
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.count < 10_000, read(0, &byte, 1) == 1 {
      switch byte {
      case 0x0A, 0x0D: return String(decoding: line, as: UTF8.self)
      case 0x03, 0x04: return nil
      case 0x08, 0x7F: _ = line.popLast()
      default: line.append(byte)
      }
    }
    return nil
  }
}
