/// Puts the head of an answer together from its lines.
struct ResponseHeadParser: Sendable {
  /// What a line was.
  enum Step {
    /// Part of a head that is not over.
    case more
    /// The end of the final head.
    case head(HTTPResponse)
    /// Too much, or not HTTP.
    case refuse
  }

  /// More header than this is an attack or a fault.
  static let limit = 256 * 1024
  private var response = HTTPResponse(status: 0)
  private var size = 0
  private var isOver = false

  /// Takes a line with its line end. Heads of interim answers (1xx) are dropped, trailers ignored.
  mutating func line(_ bytes: UnsafeRawBufferPointer) -> Step {
    if isOver { return .more }
    size += bytes.count
    guard size <= Self.limit else { return .refuse }
    let text = Self.trim(String(decoding: bytes, as: UTF8.self)[...])
    if text.isEmpty { return end() }
    if response.status == 0 || text.hasPrefix("HTTP/") {
      guard let status = Self.status(text) else { return .refuse }
      response = HTTPResponse(status: status)
    } else if let colon = text.firstIndex(of: ":") {
      response.headers.append(
        String(Self.trim(text[..<colon])), String(Self.trim(text[text.index(after: colon)...])))
    }
    return .more
  }

  private mutating func end() -> Step {
    if (100...199).contains(response.status), response.status != 101 {
      response = HTTPResponse(status: 0)
      return .more
    }
    guard response.status != 0 else { return .refuse }
    isOver = true
    return .head(response)
  }

  private static func status(_ line: Substring) -> Int? {
    guard line.hasPrefix("HTTP/") else { return nil }
    let code = line.drop { $0 != " " }.drop { $0 == " " }.prefix { $0 != " " }
    guard code.count == 3, let status = Int(code), (100...999).contains(status) else { return nil }
    return status
  }

  private static func trim(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
