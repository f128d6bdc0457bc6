internal import Crypto
internal import CryptoExtras

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What is kept of a password: a salted scrypt key (RFC 7914), from which the password cannot be told. As text it is
/// `$scrypt$ln=LOG2N,r=BLOCK,p=LANES$SALT$KEY` with base64, so that the costs may grow and older hashes stay good.
struct PasswordHash: Sendable, Equatable {
  /// How much work and memory a guess costs: 128 · blockSize · 2^logRounds bytes.
  struct Cost: Sendable, Equatable {
    var logRounds: Int
    var blockSize: Int
    var lanes: Int

    /// 32 MiB, three times: the least that OWASP's Password Storage Cheat Sheet takes for so much memory.
    static let standard = Cost(logRounds: 15, blockSize: 8, lanes: 3)

    /// What a database may ask of this process.
    fileprivate var isAllowed: Bool {
      (1...17).contains(logRounds) && (1...32).contains(blockSize) && (1...16).contains(lanes)
        && blockSize << logRounds <= 1 << 20
    }
  }

  static let saltLength = 16
  private static let keyLength = 32

  private let cost: Cost
  private let salt: [UInt8]
  private let key: [UInt8]

  /// Hashes a password.
  /// - Parameter salt: fresh random bytes.
  init(_ password: String, salt: [UInt8], cost: Cost = .standard) throws(LocalArchiveError) {
    self.cost = cost
    self.salt = salt
    key = try Self.key(password, salt, cost)
  }

  /// Reads a hash from its text.
  init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let salt = Data(base64Encoded: String(parts[3])),
      let key = Data(base64Encoded: String(parts[4])), key.count == Self.keyLength
    else { return nil }
    let numbers = parts[2].split(separator: ",").map { $0.split(separator: "=") }
    guard numbers.count == 3, numbers.allSatisfy({ $0.count == 2 }), numbers.map({ $0[0] }) == ["ln", "r", "p"],
      let logRounds = Int(numbers[0][1]), let blockSize = Int(numbers[1][1]), let lanes = Int(numbers[2][1])
    else { return nil }
    cost = Cost(logRounds: logRounds, blockSize: blockSize, lanes: lanes)
    guard cost.isAllowed else { return nil }
    self.salt = Array(salt)
    self.key = Array(key)
  }

  /// The hash as it is kept.
  var text: String {
    "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.lanes)$\(Data(salt).base64EncodedString())"
      + "$\(Data(key).base64EncodedString())"
  }

  /// Whether this is the password. The time it takes does not depend on how much of it is right, nor on whether the hash is of the
  /// time when fewer lanes were usual.
  func matches(_ password: String) throws(LocalArchiveError) -> Bool {
    let other = try Self.key(password, salt, cost)
    var rest = Cost.standard
    rest.lanes -= cost.lanes
    if cost.logRounds == rest.logRounds, cost.blockSize == rest.blockSize, rest.lanes > 0 {
      _ = try Self.key(password, salt, rest)
    }
    return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func key(_ password: String, _ salt: [UInt8], _ cost: Cost) throws(LocalArchiveError) -> [UInt8] {
    do {
      let key = try KDF.Scrypt.deriveKey(
        from: Array(password.utf8), salt: salt, outputByteCount: keyLength, rounds: 1 << cost.logRounds,
        blockSize: cost.blockSize, parallelism: cost.lanes)
      return key.withUnsafeBytes { Array($0) }
    } catch {
      throw LocalArchiveError(.cannotAccess, "The password cannot be hashed; is there memory left?", cause: error)
    }
  }
}
