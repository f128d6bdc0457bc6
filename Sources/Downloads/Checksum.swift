import Crypto

/// A digest that the archive knows for a file.
public enum Checksum: Sendable, Hashable, CustomStringConvertible {
  /// MD5, 32 hexadecimal digits.
  case md5(String)
  /// SHA-256, 64 hexadecimal digits.
  case sha256(String)

  /// The name of the algorithm and the digits in lower case.
  public var description: String {
    switch self {
    case .md5(let hex): "md5:\(hex.lowercased())"
    case .sha256(let hex): "sha256:\(hex.lowercased())"
    }
  }

  /// Whether the digits can be a digest at all.
  var isWellFormed: Bool {
    let (hex, count) =
      switch self {
      case .md5(let hex): (hex, 32)
      case .sha256(let hex): (hex, 64)
      }
    return hex.utf8.count == count && hex.allSatisfy { $0.isASCII && $0.isHexDigit }
  }
}

/// Computes the digest of a file while it is written.
package struct RunningChecksum: Sendable {
  private enum Function: Sendable {
    case none
    case md5(Insecure.MD5)
    case sha256(SHA256)
  }

  private var function: Function
  /// How many bytes are in it.
  package private(set) var count: Int64 = 0

  /// Prepares the function that a known digest needs.
  package init(for known: Checksum?) {
    switch known {
    case nil: function = .none
    case .md5: function = .md5(Insecure.MD5())
    case .sha256: function = .sha256(SHA256())
    }
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += Int64(bytes.count)
    switch function {
    case .none: break
    case .md5(var md5):
      // The enum lets go of its copy first; a second owner would make the function copy its state.
      function = .none
      md5.update(bufferPointer: bytes)
      function = .md5(md5)
    case .sha256(var sha256):
      function = .none
      sha256.update(bufferPointer: bytes)
      function = .sha256(sha256)
    }
  }

  /// The digest of all bytes so far; `nil` when none is computed.
  package var digest: Checksum? {
    switch function {
    case .none: nil
    case .md5(let md5): .md5(Self.hex(md5.finalize()))
    case .sha256(let sha256): .sha256(Self.hex(sha256.finalize()))
    }
  }

  private static func hex(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
