public import Holdings

/// Rows and files to put into an archive together.
public struct ArchiveContents: Sendable {
  /// Observations; one without number gets one.
  public var observations: [Observation]
  /// Products with the observation they were listed for.
  public var products: [Product]
  /// Keyword rows; what they leave out stays as it was, unless they tell of another version of the file.
  public var keywordRows: [KeywordRow]
  /// Files on disk.
  public var files: [StoredFile]
  /// Versions of files that the archive has since replaced.
  public var previousVersions: [FileVersion]

  /// Gathers rows and files.
  public init(
    observations: [Observation] = [], products: [Product] = [], keywordRows: [KeywordRow] = [],
    files: [StoredFile] = [], previousVersions: [FileVersion] = []
  ) {
    self.observations = observations
    self.products = products
    self.keywordRows = keywordRows
    self.files = files
    self.previousVersions = previousVersions
  }
}
