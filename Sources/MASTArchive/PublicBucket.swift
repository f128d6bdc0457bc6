import Holdings

/// The public copy of JWST's data in Amazon's S3, over plain HTTPS and without credentials. Source: `mast-protocol` a.10.
public struct PublicBucket: Sendable, Hashable {
  /// Scheme, host and path of the bucket, without a slash at the end.
  public var baseURL: String

  /// A bucket at an address.
  public init(baseURL: String = "https://stpubdata.s3.amazonaws.com") {
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
  }

  /// The address of a file; `nil` for kinds of files whose place in the bucket is not known.
  ///
  /// Not every file is there, and exclusive ones never are: ask MAST where the bucket does not have it.
  /// - Parameter filename: the file's name in the archive.
  public func url(ofFile filename: String) -> String? {
    guard let name = JWSTName(filename), !name.fileExtension.isEmpty else { return nil }
    let program = "jw" + name.program.padded(to: 5)
    switch name.kind {
    case .exposure:
      guard let visit = name.visitID else { return nil }
      return "\(baseURL)/jwst/public/\(program)/jw\(visit)/\(filename)"
    case .level3:
      // Proven for observations' candidates with a target; sources and other candidates lie elsewhere.
      guard let candidate = name.candidate, candidate.hasPrefix("o"), name.root.contains("_t") else { return nil }
      return "\(baseURL)/jwst/public/\(program)/L3/t/\(candidate)/\(filename)"
    default: return nil
    }
  }
}

/// Where files are fetched from.
public enum DownloadSource: Sendable, Hashable {
  /// The archive itself.
  case archive
  /// The bucket for public files, the archive where the bucket fails.
  /// - Parameter onlyVerifiable: whether files without a known checksum come from the archive: nothing would tell that the bucket's
  ///   copy is an older version.
  case bucket(PublicBucket, onlyVerifiable: Bool)
}
