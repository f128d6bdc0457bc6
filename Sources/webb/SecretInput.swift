import Foundation

/// Reads what must not be shown.
enum SecretInput {
  /// A line of standard input; a terminal does not echo it.
  static func line(prompt: String) -> String? {
    guard isatty(0) == 1 else { return readLine() }
    Console.write(prompt, to: 2)
    var settings = termios()
    guard tcgetattr(0, &settings) == 0 else { return readLine() }
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
