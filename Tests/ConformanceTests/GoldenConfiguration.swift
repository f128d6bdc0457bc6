import Foundation
import TestSupport

/// The configuration file of a recorded step.
struct GoldenConfiguration {
  let file: String
  let text: String
  /// The values as written, by key.
  let values: [String: String]
  /// Keys that the packaged file does not have.
  let addedKeys: [String]

  init(_ entry: [String: Any], packaged: String) throws {
    guard let file = entry["file"] as? String else { throw TestSupportError("a config has no file name: \(entry)") }
    self.file = file
    guard let edits = entry["packaged_default_with_edits"] as? [String: Any] else {
      // Any other description is the text itself.
      guard let text = entry.first(where: { $0.key != "file" })?.value as? String else {
        throw TestSupportError("a config cannot be read: \(entry)")
      }
      self.text = text
      values = Self.values(text)
      addedKeys = []
      return
    }
    var lines = packaged.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    for (key, value) in edits.sorted(by: { $0.key < $1.key }) {
      let written = value is NSNull ? "" : "\(value)"
      if key.hasPrefix("+") {
        lines.append("\(key.dropFirst()): \(written)")
      } else if let index = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) {
        lines[index] = "\(key): \(written)"
      } else {
        lines.append("\(key): \(written)")
      }
    }
    text = lines.joined(separator: "\n") + "\n"
    values = Self.values(text)
    addedKeys = edits.keys.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
  }

  /// The values of a file of plain `key: value` lines.
  static func values(_ text: String) -> [String: String] {
    var values: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      values[String(line[..<colon])] = line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
    }
    return values
  }

  /// The words of a value: of a list, or of a text.
  static func words(_ value: String) -> [String] {
    let body = value.hasPrefix("[") ? String(value.dropFirst().dropLast()) : value
    return body.split { $0 == "," || $0 == " " }.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " '\"")) }
      .filter { !$0.isEmpty }
  }
}
