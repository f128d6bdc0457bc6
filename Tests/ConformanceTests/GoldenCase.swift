import Foundation
import TestSupport

/// A recorded case of the Python tool: `case.json` and its steps.
struct GoldenCase {
  struct Step {
    var number: Int
    var program: String
    var arguments: [String]
    var faults: String
    var input: String
    var environment: [String: String]
    var preparations: [[Any]]
    /// The configuration file to write before the step.
    var config: GoldenConfiguration?
    var exit: Int
    var folder: URL
  }

  var name: String
  var folder: URL
  /// Where the case must run: paths stand in the tables and set column widths.
  var workFolder: URL
  var now: String
  var steps: [Step]

  /// All cases of a folder, in the order of their names.
  /// - Parameter packaged: the text of the configuration file that comes with the Python tool.
  static func cases(in folder: URL, packaged: String) throws -> [GoldenCase] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { FileManager.default.fileExists(atPath: $0.appendingPathComponent("case.json").path) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try GoldenCase(folder: $0, packaged: packaged) }
  }

  init(folder: URL, packaged: String) throws {
    self.folder = folder
    let data = try Data(contentsOf: folder.appendingPathComponent("case.json"))
    guard let json = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      let name = json["case"] as? String, let cwd = json["cwd"] as? String,
      let steps = json["steps"] as? [[String: Any]]
    else { throw TestSupportError("\(folder.lastPathComponent)/case.json is not a case") }
    self.name = name
    workFolder = URL(fileURLWithPath: cwd)
    now = json["frozen_clock_utc"] as? String ?? "2022-07-20T12:00:00"
    self.steps = try steps.map { step in
      guard let number = step["step"] as? Int else { throw TestSupportError("a step of \(name) has no number") }
      let config = try (step["config"] as? [String: Any]).map { try GoldenConfiguration($0, packaged: packaged) }
      let digits = String(number)
      return Step(
        number: number, program: step["program"] as? String ?? "jwst_download.py",
        arguments: ShellWords.split(step["args"] as? String ?? ""), faults: step["faults"] as? String ?? "none",
        input: step["stdin"] as? String ?? "", environment: step["env"] as? [String: String] ?? [:],
        preparations: step["pre"] as? [[Any]] ?? [], config: config, exit: step["exit"] as? Int ?? 0,
        folder: folder.appendingPathComponent("step" + (digits.count < 2 ? "0" : "") + digits))
    }
  }
}

/// Splits a recorded command line as a shell does: blanks, single and double quotes.
enum ShellWords {
  static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
