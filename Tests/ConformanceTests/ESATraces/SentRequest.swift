import TestSupport

extension TraceRequest {
  /// A request as it came to the server. Decoding is written here once more, so that a mistake of the client's own is seen.
  init(sent request: LoopbackServer.Request) {
    method = request.method
    path = PercentText.decode(request.path, plusIsBlank: false)
    query = PercentText.pairs(request.query)
    cookie = request[header: "Cookie"]
    body = request.body
    let type = request[header: "Content-Type"] ?? ""
    if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
      form = PercentText.pairs(String(decoding: request.body, as: UTF8.self))
    } else if type.lowercased().hasPrefix("multipart/form-data") {
      parts = MultipartText.parts(request.body, contentType: type)
    }
  }
}

/// Percent-decoding.
enum PercentText {
  static func decode(_ text: some StringProtocol, plusIsBlank: Bool) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count > 1,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The fields of a query or of an encoded form.
  static func pairs(_ text: String) -> [TracePair] {
    text.split(separator: "&").map { field in
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return TracePair(
        name: decode(parts[0], plusIsBlank: true), value: parts.count > 1 ? decode(parts[1], plusIsBlank: true) : "")
    }
  }
}

/// Multipart bodies (RFC 7578).
enum MultipartText {
  /// The parts of a body; a body that is none gives no parts.
  static func parts(_ body: [UInt8], contentType: String) -> [TracePart] {
    guard let boundary = parameter("boundary", of: contentType) else { return [] }
    let mark = Array(("--" + boundary).utf8)
    let lineEnd = Array("\r\n".utf8)
    let headEnd = Array("\r\n\r\n".utf8)
    var parts: [TracePart] = []
    var rest = body[...]
    guard let first = rest.firstRange(of: mark) else { return [] }
    rest = rest[first.upperBound...]
    while rest.starts(with: lineEnd) {
      rest = rest.dropFirst(2)
      guard let end = rest.firstRange(of: lineEnd + mark), let head = rest.firstRange(of: headEnd),
        head.upperBound <= end.lowerBound
      else { return [] }
      let fields = String(decoding: rest[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
      if let disposition = fields.first(where: { $0.lowercased().hasPrefix("content-disposition:") }) {
        parts.append(
          TracePart(
            name: parameter("name", of: String(disposition)) ?? "",
            fileName: parameter("filename", of: String(disposition)),
            value: Array(rest[head.upperBound..<end.lowerBound])))
      }
      rest = rest[end.upperBound...]
    }
    // Only a body with its closing mark is whole.
    return rest.starts(with: Array("--".utf8)) ? parts : []
  }

  /// A parameter of a header field's value.
  static func parameter(_ name: String, of field: String) -> String? {
    for piece in field.split(separator: ";").dropFirst() {
      let parts = piece.split(separator: "=", maxSplits: 1)
      guard parts.first?.drop(while: { $0 == " " }).lowercased() == name else { continue }
      let value = parts.count > 1 ? String(parts[1]) : ""
      return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : value
    }
    return nil
  }
}
