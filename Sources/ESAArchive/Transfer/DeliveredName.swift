/// What a file that the archive delivers is called, by its first bytes.
enum DeliveredName {
  /// How many of a file's first bytes tell what it is.
  static let window = 16

  /// A name with an ending for what the file is, when the name has none of its own.
  static func ended(_ name: String, firstBytes: [UInt8]) -> String { name + ending(of: firstBytes) }

  /// A name that says so when the file is gzip; nothing is taken off the name.
  static func marked(_ name: String, firstBytes: [UInt8]) -> String {
    let lower = name.lowercased()
    return !isGzip(firstBytes) || lower.hasSuffix(".gz") || lower.hasSuffix(".tgz") ? name : name + ".gz"
  }

  static func isGzip(_ firstBytes: [UInt8]) -> Bool { firstBytes.starts(with: [0x1F, 0x8B]) }

  private static func ending(of bytes: [UInt8]) -> String {
    switch true {
    case isGzip(bytes): ".gz"
    case bytes.starts(with: "SIMPLE  =".utf8): ".fits"
    case bytes.starts(with: [0xFF, 0xD8]): ".jpg"
    case bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]): ".png"
    case bytes.starts(with: "%PDF".utf8): ".pdf"
    default: ""
    }
  }
}
