/// A body of fields and files (`multipart/form-data`, RFC 7578); contents may be any bytes.
///
///     var body = MultipartBody()
///     body.append(field: "TABLE_NAME", value: "mine")
///     body.append(file: "FILE", fileName: "mine.vot", contentType: "application/x-votable+xml", bytes: bytes)
///     request.headers["Content-Type"] = body.contentType
///     request.body = body.bytes
public struct MultipartBody: Sendable {
  private struct Part: Sendable {
    var head: String
    var content: [UInt8]
  }

  private var parts: [Part] = []
  /// What separates the parts; contained in none of them.
  private(set) package var boundary: String

  /// A body without parts, with a boundary made by chance.
  public init() {
    self.init(boundary: "webb-" + Self.randomDigits())
  }

  /// A body without parts.
  /// - Parameter boundary: letters and digits; lengthened when a part contains it.
  package init(boundary: String) { self.boundary = boundary }

  /// Adds a named value, sent as UTF-8.
  public mutating func append(field name: String, value: String) {
    append(head: "Content-Disposition: form-data; name=\"\(Self.quoted(name))\"\r\n", content: Array(value.utf8))
  }

  /// Adds a file.
  /// - Parameters:
  ///   - name: the field's name.
  ///   - fileName: the name that the server is told; may be empty.
  ///   - contentType: the media type of the content.
  ///   - bytes: the content, sent as it is.
  public mutating func append(file name: String, fileName: String, contentType: String, bytes: [UInt8]) {
    let type = String(String.UnicodeScalarView(contentType.unicodeScalars.filter { $0.value >= 0x20 }))
    append(
      head: "Content-Disposition: form-data; name=\"\(Self.quoted(name))\"; filename=\"\(Self.quoted(fileName))\"\r\n"
        + "Content-Type: \(type)\r\n",
      content: bytes)
  }

  /// The media type of the whole body, with the boundary.
  public var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  /// The whole body.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(64) { $0 + $1.content.count + $1.head.utf8.count + boundary.utf8.count + 8 })
    for part in parts {
      bytes += "--\(boundary)\r\n\(part.head)\r\n".utf8
      bytes += part.content
      bytes += "\r\n".utf8
    }
    bytes += "--\(boundary)--\r\n".utf8
    return bytes
  }

  private mutating func append(head: String, content: [UInt8]) {
    // Parts that do not contain the boundary do not contain a longer one either.
    while Self.contains(content, Array(boundary.utf8)) { boundary += "0" }
    parts.append(Part(head: head, content: content))
  }

  /// Writes a name between quotation marks as browsers do (WHATWG HTML, "Multipart form data").
  private static func quoted(_ name: String) -> String {
    var quoted = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": quoted += "%22"
      case "\r": quoted += "%0D"
      case "\n": quoted += "%0A"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted
  }

  private static func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
    guard let first = pattern.first, bytes.count >= pattern.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for start in 0...bytes.count - pattern.count where bytes[start] == first {
        if bytes[start..<start + pattern.count].elementsEqual(pattern) { return true }
      }
      return false
    }
  }

  private static func randomDigits() -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
