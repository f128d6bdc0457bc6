public import Holdings

/// What a sample archive holds: the rows that describe it and the files on disk.
public struct SampleContents: Sendable {
  /// Observation rows, in the order of their numbers.
  public var observations: [Observation] = []
  /// Product rows, one per file and parent, ordered by parent.
  public var products: [Product] = []
  /// Keyword rows, one per FITS file.
  public var keywordRows: [KeywordRow] = []
  /// The files, each once.
  public var files: [SampleFile] = []
  /// Older states of files that were reprocessed since.
  public var previousVersions: [FileVersion] = []

  /// Contents without anything in them.
  public init() {}
}

/// A file of the sample archive.
public struct SampleFile: Sendable, Hashable {
  /// Name of the file.
  public var name: String
  /// Path below the archive's folder, for example `02731/jw02731….fits`.
  public var relativePath: String
  /// Size, bytes.
  public var size: Int64
  /// MD5 of the bytes, 32 hexadecimal digits in lower case.
  public var md5: String
}
