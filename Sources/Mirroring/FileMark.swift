/// What tells the versions of a file apart, as far as an archive says it.
///
/// Size is no test of a version: half of all reprocessed JWST files keep theirs. Source: `mast-protocol` d.
public struct FileMark: Sendable, Hashable {
  /// Size, bytes.
  public var size: Int64?
  /// MD5 of the bytes, 32 hexadecimal digits in lower case.
  public var md5: String?
  /// The archive's number of the version.
  public var archiveFileID: Int64?
  /// When the archive finished taking it in, MJD UTC.
  public var ingestDate: Double?

  /// Describes a version.
  /// - Parameters:
  ///   - size: bytes.
  ///   - md5: 32 hexadecimal digits; anything else counts as unknown.
  ///   - archiveFileID: the archive's number of the version.
  ///   - ingestDate: when the archive finished taking it in, MJD UTC.
  public init(size: Int64? = nil, md5: String? = nil, archiveFileID: Int64? = nil, ingestDate: Double? = nil) {
    self.size = size
    self.md5 = md5.flatMap {
      $0.utf8.count == 32 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } ? $0.lowercased() : nil
    }
    self.archiveFileID = archiveFileID
    self.ingestDate = ingestDate
  }

  /// What two marks say together: whether they are of one version, and what says so.
  struct Comparison: Sendable, Hashable {
    var isSame: Bool
    var certainty: Certainty
  }

  /// Compares two marks by the best that both have: MD5, the archive's number, the ingest date, the size.
  func compared(with other: FileMark) -> Comparison {
    if let mine = md5, let theirs = other.md5 { return Comparison(isSame: mine == theirs, certainty: .checksum) }
    if let mine = archiveFileID, let theirs = other.archiveFileID {
      return Comparison(isSame: mine == theirs, certainty: .version)
    }
    // Dates lose up to a millisecond between their two spellings.
    if let mine = ingestDate, let theirs = other.ingestDate {
      return Comparison(isSame: abs(mine - theirs) < 1e-6, certainty: .version)
    }
    if let mine = size, let theirs = other.size { return Comparison(isSame: mine == theirs, certainty: .size) }
    return Comparison(isSame: true, certainty: .unknown)
  }
}

/// How sure it is that a file on disk is the archive's present version.
public enum Certainty: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Nothing speaks against it.
  case unknown
  /// Its size is the listed one.
  case size
  /// It was fetched from here, and the archive's number or ingest date of it has not changed since.
  case version
  /// Its MD5 is the listed one.
  case checksum

  /// Orders by how much each says.
  public static func < (a: Certainty, b: Certainty) -> Bool {
    let order = allCases
    return order.firstIndex(of: a)! < order.firstIndex(of: b)!
  }
}
