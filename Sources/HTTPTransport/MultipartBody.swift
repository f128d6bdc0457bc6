/// Stand-in until branch tap-plus brings the real one.
public struct MultipartBody: Sendable {
  private var content: [UInt8] = []
  private let boundary = "webb-boundary-of-the-stand-in"

  /// An empty form.
  public init() {}

  /// Adds a field.
  public mutating func append(field name: String, value: String) {
    content += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
  }

  /// Adds a file.
  public mutating func append(file name: String, fileName: String, contentType: String, bytes: [UInt8]) {
    content += Array(
      ("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n"
        + "Content-Type: \(contentType)\r\n\r\n").utf8)
    content += bytes + Array("\r\n".utf8)
  }

  /// The media type with the boundary.
  public var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  /// The whole body.
  public var bytes: [UInt8] { content + Array("--\(boundary)--\r\n".utf8) }
}
