/// What the first bytes of a file tell of its form.
public enum ArchiveKind: String, Sendable, Hashable, CaseIterable {
  /// A tar archive: ustar, pax, GNU or the old form.
  case tar
  /// A zip archive.
  case zip
  /// Something compressed by gzip; only its content tells whether it is an archive.
  case gzip
  /// Something compressed by bzip2.
  case bzip2
  /// Something compressed by xz.
  case xz
  /// Something compressed by Zstandard.
  case zstandard

  /// How many bytes a decision needs, unless the file is shorter.
  public static let window = 512

  /// Judges the first bytes of a file.
  /// - Parameter bytes: at least ``window`` of them, or all.
  /// - Returns: `nil` when they begin no archive and nothing compressed.
  public init?(firstBytes bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(Self.window))
    switch true {
    case bytes.starts(with: [0x1F, 0x8B]): self = .gzip
    case bytes.starts(with: "BZh".utf8): self = .bzip2
    case bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]): self = .xz
    case bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]): self = .zstandard
    case bytes.starts(with: [0x50, 0x4B, 3, 4]), bytes.starts(with: [0x50, 0x4B, 5, 6]): self = .zip
    case Self.isTarHeader(bytes): self = .tar
    default: return nil
    }
  }

  /// Whether the content must be inflated before it can be read or judged.
  var isCompression: Bool { self != .tar && self != .zip }

  /// Whether a block is a header with the right sum (POSIX.1-1988 and after, `ustar` interchange format), or the zeros that end an
  /// archive and of which an empty one consists.
  private static func isTarHeader(_ block: [UInt8]) -> Bool {
    guard block.count == window else { return false }
    if block.allSatisfy({ $0 == 0 }) { return true }
    let digits = block[148..<156].drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard !digits.isEmpty, block[0] != 0 else { return false }
    let stated = digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
    let others = block[..<148] + block[156...]
    // The field itself counts as eight blanks. Some old programs added up signed bytes.
    let unsigned = others.reduce(8 * 0x20) { $0 + Int($1) }
    let signed = others.reduce(8 * 0x20) { $0 + Int(Int8(bitPattern: $1)) }
    return stated == unsigned || stated == signed
  }
}
