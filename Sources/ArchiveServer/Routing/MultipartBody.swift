/// The parts of a `multipart/form-data` body. Source: RFC 7578, RFC 2046 section 5.1.
struct MultipartBody: Sendable {
  /// One part.
  struct Part: Sendable {
    /// The field's name.
    var name: String
    /// The client's file name, when it says that the part is a file.
    var fileName: String?
    /// The media type, when it is given.
    var mediaType: String?
    /// The content.
    var content: ArraySlice<UInt8>
  }

  /// The parts in their order.
  var parts: [Part] = []

  /// More parts than this are no form.
  private static let partLimit = 1000
  private static let headSize = 8 << 10

  /// Reads a body.
  /// - Parameter contentType: the request's header field.
  /// - Returns: `nil` when it is not of this type, or not well-formed.
  init?(contentType: String, body: [UInt8]) {
    let fields = HeaderParameters(contentType)
    guard fields.value.lowercased() == "multipart/form-data", let boundary = fields["boundary"], !boundary.isEmpty,
      boundary.utf8.count <= 200
    else { return nil }
    let mark = Array("--\(boundary)".utf8)
    guard var place = Self.find(mark, in: body, from: 0) else { return nil }
    while true {
      var start = place + mark.count
      if body[start...].starts(with: "--".utf8) { return }
      guard let lineEnd = body[start...].firstIndex(of: 0x0A) else { return nil }
      start = lineEnd + 1
      guard parts.count < Self.partLimit,
        let next = Self.find([0x0D, 0x0A] + mark, in: body, from: max(0, start - 2)),
        let part = Self.part(body[start..<max(start, next)])
      else { return nil }
      parts.append(part)
      place = next + 2
    }
  }

  private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
    var part = Part(name: "", content: [])
    var rest = bytes
    while true {
      guard let end = rest.prefix(headSize).firstIndex(of: 0x0A) else { return nil }
      var line = rest[rest.startIndex..<end]
      rest = rest[(end + 1)...]
      if line.last == 0x0D { line.removeLast() }
      if line.isEmpty { break }
      let text = String(decoding: line, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":") else { continue }
      let fields = HeaderParameters(String(text[text.index(after: colon)...]))
      switch text[..<colon].lowercased() {
      case "content-disposition":
        part.name = fields["name"] ?? ""
        part.fileName = fields["filename"]
      case "content-type": part.mediaType = fields.value
      default: break
      }
    }
    guard !part.name.isEmpty else { return nil }
    part.content = rest
    return part
  }

  /// Where bytes stand; compares only where the first two bytes agree.
  private static func find(_ mark: [UInt8], in body: [UInt8], from start: Int) -> Int? {
    guard start <= body.count - mark.count, mark.count > 1 else { return nil }
    return body.withUnsafeBufferPointer { bytes in
      mark.withUnsafeBufferPointer { mark in
        var place = start
        let last = bytes.count - mark.count
        while place <= last {
          if bytes[place] == mark[0], bytes[place + 1] == mark[1],
            bytes[place..<place + mark.count].elementsEqual(mark),
            place == last || [0x0D, 0x0A, 0x20, 0x09, 0x2D].contains(bytes[place + mark.count])
          {
            return place
          }
          place += 1
        }
        return nil
      }
    }
  }
}

/// A header field's value with its parameters: `form-data; name="a"; filename="b.xml"`.
struct HeaderParameters: Sendable {
  /// What stands before the first semicolon.
  let value: String
  private let parameters: [String: String]

  init(_ text: String) {
    var words: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isEscaped {
        words[words.count - 1].append(character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ";", !isQuoted {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    value = words[0].trimmingBlanks
    parameters = words.dropFirst().reduce(into: [:]) { result, word in
      guard let mark = word.firstIndex(of: "=") else { return }
      result[word[..<mark].lowercased().trimmingBlanks] = word[word.index(after: mark)...].trimmingBlanks
    }
  }

  /// A parameter by its name in lower case.
  subscript(name: String) -> String? { parameters[name] }
}

extension StringProtocol {
  /// The text without blanks, tabs and line ends around it.
  var trimmingBlanks: String {
    var text = self[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
