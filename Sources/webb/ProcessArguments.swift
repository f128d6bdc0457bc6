import Foundation

/// The arguments as the system keeps them, which any user of the machine may list.
enum ProcessArguments {
  /// Overwrites the values of an option in the process's own memory, where `ps` reads them from then on.
  /// - Parameters:
  ///   - option: the option, spelled as declared.
  ///   - arguments: the arguments in their declared spelling, without the program's name.
  static func hide(valuesOf option: String, in arguments: [String]) {
    for (index, argument) in arguments.enumerated() {
      if argument == option, index + 1 < arguments.count {
        overwrite(index + 2, after: 0)
      } else if argument.hasPrefix(option + "=") {
        overwrite(index + 1) { $0.firstIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? 0 }
      }
    }
  }

  private static func overwrite(_ index: Int, after start: Int) { overwrite(index) { _ in start } }

  private static func overwrite(_ index: Int, from start: ([UInt8]) -> Int) {
    guard index < Int(CommandLine.argc), let text = CommandLine.unsafeArgv[index] else { return }
    let bytes = UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
    for position in start(bytes)..<bytes.count { text[position] = CChar(bitPattern: UInt8(ascii: "x")) }
  }
}
