/// A tar archive that is made while it is sent: headers and files one after the other, in bounded memory, its length known
/// beforehand. Source: POSIX.1-2017, pax interchange format.
struct TarArchive: Sendable {
  /// A file in the archive.
  struct Entry: Sendable, Hashable {
    /// The name in the archive, with forward slashes; see ``safeName(_:)`` for its components.
    var name: String
    /// Where the file lies.
    var path: String
    /// Size, bytes.
    var size: Int64
    /// When it last changed, seconds since 1970.
    var modified: Int64
  }

  /// A file that is not any more as it was when the archive was begun. What was sent so far is no whole archive, and must not end
  /// as if it were.
  struct ChangedFile: Error {}

  private let entries: [Entry]

  init(_ entries: [Entry]) { self.entries = entries }

  /// Bytes of the whole archive.
  var length: Int64 {
    entries.reduce(Self.end) { $0 + Int64(Self.head(of: $1).count) + Self.padded($1.size) }
  }

  /// Sends the archive.
  /// - Parameter write: takes the next bytes and returns when there is room for more.
  /// - Throws: ``ChangedFile``, and what `write` throws.
  func send(to write: ServerResponse.Writer) async throws {
    for entry in entries {
      guard let file = OpenFile(path: entry.path), file.size == entry.size else { throw ChangedFile() }
      try await write(Self.head(of: entry))
      var offset: Int64 = 0
      while offset < entry.size {
        let piece = await file.readAside(at: offset, count: Int(min(Int64(Self.pieceSize), entry.size - offset)))
        guard !piece.isEmpty else { throw ChangedFile() }
        try await write(piece)
        offset += Int64(piece.count)
      }
      let padding = Int(Self.padded(entry.size) - entry.size)
      if padding > 0 { try await write([UInt8](repeating: 0, count: padding)) }
    }
    try await write([UInt8](repeating: 0, count: Int(Self.end)))
  }

  private static let block: Int64 = 512
  private static let end: Int64 = 2 * block
  private static let pieceSize = 256 << 10

  private static func padded(_ size: Int64) -> Int64 { (size + block - 1) / block * block }

  /// One component of a name: what could lead elsewhere, hide, or confuse is replaced.
  static func safeName(_ text: String) -> String {
    var scalars = String.UnicodeScalarView(
      text.unicodeScalars.lazy.map { scalar in
        scalar == "/" || scalar == "\\" || scalar == ":" || scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format ? "_" : scalar
      }.prefix(200))
    if let first = scalars.first, first == "." || first == "-" || first == " " {
      scalars.replaceSubrange(scalars.startIndex...scalars.startIndex, with: ["_"])
    }
    return scalars.isEmpty ? "_" : String(scalars)
  }
}

extension TarArchive {
  /// The blocks before a file's bytes: its header, and an extended one before that where name or size do not fit.
  static func head(of entry: Entry) -> [UInt8] {
    let name = Array(entry.name.utf8)
    var records: [UInt8] = []
    if name.count > 100 || !name.allSatisfy({ $0 < 0x80 }) { records += record("path", entry.name) }
    if entry.size > 0o77777777777 { records += record("size", String(entry.size)) }
    let header = header(name: name, size: min(entry.size, 0o77777777777), modified: entry.modified, type: "0")
    guard !records.isEmpty else { return header }
    let size = Int64(records.count)
    return Self.header(name: Array("PaxHeader/file".utf8), size: size, modified: entry.modified, type: "x")
      + records + [UInt8](repeating: 0, count: Int(padded(size) - size)) + header
  }

  /// A line of an extended header, which begins with its own length.
  private static func record(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n"
    var count = rest.utf8.count + 1
    while String(count).utf8.count + rest.utf8.count != count { count = String(count).utf8.count + rest.utf8.count }
    return Array((String(count) + rest).utf8)
  }

  private static func header(name: [UInt8], size: Int64, modified: Int64, type: Character) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: Int(block))
    func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
      for (index, byte) in bytes.enumerated() { header[offset + index] = byte }
    }
    func octal(_ value: Int64, _ digits: Int) -> [UInt8] {
      let text = String(max(0, value), radix: 8)
      return Array((String(repeating: "0", count: max(0, digits - text.utf8.count)) + text).utf8.suffix(digits))
    }
    put(name.prefix(100), at: 0)
    put(octal(0o644, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(size, 11), at: 124)
    put(octal(modified, 11), at: 136)
    put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
    put(String(type).utf8, at: 156)
    put(Array("ustar".utf8) + [0] + Array("00".utf8), at: 257)
    let sum = header.reduce(Int64(0)) { $0 + Int64($1) }
    put(octal(sum, 6) + [0, UInt8(ascii: " ")], at: 148)
    return header
  }
}
