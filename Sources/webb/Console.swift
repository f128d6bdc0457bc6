import Foundation

/// Where the command speaks: data on standard output, talk on standard error.
enum Console {
  /// Writes a line of data.
  static func print(_ text: String) { write(text + "\n", to: 1) }

  /// Writes a line of talk; control characters that came from elsewhere are taken out.
  static func report(_ text: String) { write(safe(text) + "\n", to: 2) }

  /// Whether standard error is a terminal, where a progress line may be redrawn.
  static var isErrorTerminal: Bool { isatty(2) == 1 }

  /// Writes text as it is. A closed pipe is the reader's choice; data that cannot be written for another reason are a failure.
  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      if count <= 0 {
        guard descriptor == 1, errno != EPIPE else { return }
        write("Error: The output cannot be written (\(String(cString: strerror(errno)))).\n", to: 2)
        exit(1)
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Text that cannot steer a terminal: control characters but newline and tab become `?`.
  static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isControl($0) }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "?" : $0 }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F...0x9F).contains(scalar.value)
  }
}
