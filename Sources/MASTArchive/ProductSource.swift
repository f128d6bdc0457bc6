public import Holdings

/// Where a list of products comes from.
public enum ProductSource: Sendable, Hashable {
  /// CAOM alone, some observations at a time.
  case catalogue
  /// FITS files from the keyword services, one question an instrument and programme, and from CAOM what those do not hold.
  case merged
}

/// What kinds of files are wanted, so that the archive is asked for no more.
public struct ProductNeed: Sendable, Hashable {
  /// Whether files are wanted that only CAOM lists: pictures, associations, tables that are no FITS files.
  public var catalogueFiles: Bool
  /// Whether MSA configurations are wanted: FITS files that only CAOM lists, under NIRSpec's multi-object exposures.
  public var shutterFiles: Bool
  /// Whether guide-star files are wanted; CAOM says which observations they belong to.
  public var guideStars: Bool

  /// All files of the observations.
  public static let everything = ProductNeed(catalogueFiles: true, shutterFiles: true, guideStars: true)

  /// Says what is wanted.
  public init(catalogueFiles: Bool, shutterFiles: Bool, guideStars: Bool) {
    self.catalogueFiles = catalogueFiles
    self.shutterFiles = shutterFiles
    self.guideStars = guideStars
  }

  /// What a selection can choose at all.
  public init(_ criteria: SelectionCriteria) {
    let types = criteria.fileTypes
    self.init(
      catalogueFiles: types.isEmpty || !types.allSatisfy(\.isFITS),
      shutterFiles: types.isEmpty || types.contains { $0.matches("_msa.fits") },
      guideStars: criteria.guideStars != .without)
  }

  /// Whether CAOM has to be asked for the products of an observation even where a keyword service knows its files.
  func asksCatalogue(about observation: Observation) -> Bool {
    if catalogueFiles || guideStars { return true }
    guard shutterFiles else { return false }
    // Old rows name the instrument without its mode.
    return ["NIRSPEC", "NIRSPEC/MSA"].contains(observation.instrument_name?.uppercased())
  }
}

/// The products of some observations, with what is known of each file beyond its product row.
public struct ProductList: Sendable {
  /// One row per file, in the order of the observations; from CAOM alone one row per file and observation.
  public var products: [Product]
  /// What the keyword services say, by file name.
  public var records: [String: FileRecord]
  /// Why services gave nothing; CAOM stood in for them.
  public var failures: [any Error]

  /// Gathers products and records.
  public init(products: [Product], records: [String: FileRecord] = [:], failures: [any Error] = []) {
    self.products = products
    self.records = records
    self.failures = failures
  }

  /// MD5 by file name, as far as known.
  public var checksums: [String: String] { records.compactMapValues(\.checksum) }
}
