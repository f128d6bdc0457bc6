/// Someone who may log in at a served archive.
public struct ArchiveUser: Sendable, Hashable {
  /// The name to log in with: a small letter, then small letters, digits and underscores.
  public var name: String
  /// The name for people.
  public var displayName: String
  /// Programmes whose exclusive data the user may have.
  public var programs: [Int]
  /// Bytes that the user's tables may take together.
  public var quota: Int64

  /// 1 GiB.
  public static let standardQuota: Int64 = 1 << 30
  /// The longest name, in letters.
  public static let longestName = 32

  /// Describes a user.
  /// - Parameters:
  ///   - name: the name to log in with: a small letter, then small letters, digits and underscores, 32 at most.
  ///   - displayName: the name for people; the login name when left out.
  ///   - programs: programmes whose exclusive data the user may have.
  ///   - quota: bytes that the user's tables may take together.
  public init(name: String, displayName: String? = nil, programs: [Int] = [], quota: Int64 = standardQuota) {
    self.name = name
    self.displayName = displayName ?? name
    self.programs = programs
    self.quota = quota
  }

  /// The schema that the user's tables stand in.
  public var schema: String { Self.schema(of: name) }

  static func schema(of name: String) -> String { "user_" + name }

  /// Whether a text can be a user's name. It becomes a part of the names of tables, and stands in lists between colons and commas.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7a).contains(first), text.utf8.count <= longestName else {
      return false
    }
    return text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
  }

  /// A text on one line, without control characters, of a bounded length.
  static func line(_ text: String, longest: Int = 200) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.lazy.map { $0.properties.generalCategory == .control ? " " : $0 }
          .prefix(longest)))
  }
}

extension LocalArchiveError.Kind {
  /// A name that no user, table, column or group can have.
  public static let invalidName = Self(rawValue: "invalid-name")
  /// A user, table or group of that name is there already.
  public static let alreadyExists = Self(rawValue: "already-exists")
  /// There is no such user, table, column or group, or the user may not know of it.
  public static let unknownItem = Self(rawValue: "unknown-item")
  /// The user may see it but not change it.
  public static let notAllowed = Self(rawValue: "not-allowed")
  /// The user's tables would take more room than the user has.
  public static let quotaExceeded = Self(rawValue: "quota-exceeded")
  /// A table that cannot be kept.
  public static let unsuitableTable = Self(rawValue: "unsuitable-table")
}

extension LocalArchiveError {
  /// A table that comes from outside and cannot be kept.
  /// - Parameter message: a sentence that says why.
  package init(unsuitableTable message: String) { self.init(.unsuitableTable, message) }
}
