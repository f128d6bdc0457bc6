/// A message of the service to its users, such as the announcement of maintenance.
public struct StatusMessage: Sendable, Hashable {
  /// The service's name for the message, where it gives one.
  public var id: String?
  /// What kind of message it is, `info` or `warning` for example.
  public var type: String?
  /// Where it is meant to be shown, `banner` or `news` for example.
  public var subtype: String?
  /// What it says.
  public var text: String

  /// Describes a message.
  public init(id: String? = nil, type: String? = nil, subtype: String? = nil, text: String) {
    self.id = id
    self.type = type
    self.subtype = subtype
    self.text = text
  }
}

extension StatusMessage {
  /// The most messages taken from one answer.
  static let limit = 1000

  /// Reads an answer, one message a line: `id[type: TYPE,SUBTYPE]=TEXT`. A line of another form is a message as it is.
  public static func messages(in answer: String) -> [StatusMessage] {
    answer.split(whereSeparator: \.isNewline).lazy.map(\.trimmed).filter { !$0.isEmpty }.prefix(limit).map(
      Self.init(line:))
  }

  private init(line: String) {
    self = Self.labelled(line) ?? StatusMessage(text: line)
  }

  private static func labelled(_ line: String) -> StatusMessage? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    let id = line.prefix { $0 != "[" && $0 != "=" }
    guard !id.contains(where: \.isWhitespace) else { return nil }
    let text = line[line.index(after: equals)...].trimmed
    let name = id.isEmpty ? nil : String(id)
    guard id.endIndex < equals else { return StatusMessage(id: name, text: text) }
    // The bracket may hold an equals sign of its own.
    guard let close = line.firstRange(of: "]=") else { return nil }
    let words = line[line.index(after: id.endIndex)..<close.lowerBound].drop { $0 != ":" }.dropFirst()
      .split(separator: ",", maxSplits: 1).map(\.trimmed)
    return StatusMessage(
      id: name, type: words.first.flatMap { $0.isEmpty ? nil : $0 },
      subtype: words.count > 1 && !words[1].isEmpty ? words[1] : nil, text: line[close.upperBound...].trimmed)
  }
}
