import Foundation

/// The text of a query, from where the user has it.
enum QueryText {
  /// - Parameters:
  ///   - argument: the text itself; `-` or nothing is standard input.
  ///   - file: a file that holds it.
  /// - Throws: a failure of use when the file cannot be read.
  static func read(argument: String?, file: String?) throws -> String {
    if let file {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw Failure.usage("--file \(file) cannot be read as UTF-8 text.")
      }
      return text
    }
    guard let argument, argument != "-" else {
      return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
    return argument
  }
}
