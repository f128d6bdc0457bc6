/// One file of a programme as a page shows it.
public struct PageFile: Codable, Sendable, Hashable {
  /// The file's name.
  public var name: String
  /// Where the file is, from the folder of the page; components are parted by `/`.
  public var path: String
  /// Size the archive lists, bytes.
  public var size: Int64?
  /// Size of what is on disk, bytes; `nil` when it is not there.
  public var sizeOnDisk: Int64?
  /// The kind of file by the end of its name: `_uncal.fits`.
  public var fileType: String?
  /// Calibration level.
  public var level: Int?
  /// Name of the observation that the file belongs to; files of one name stand in one row.
  public var observation: String
  /// The archive's number of that observation.
  public var observationKey: Int64?
  /// The archive's number of the observation under which the file was found.
  public var parentKey: Int64?
  /// Observation number in the programme.
  public var obsnum: Int?
  /// Visit, three digits.
  public var visit: String?
  /// Detector, in the short names of `jwst_mast_query`.
  public var detector: String?
  /// What the data are: `image`, `spectrum`, `cube`, …
  public var dataType: String?
  /// The archive's sentence about the file.
  public var summary: String?
  /// Instrument, with its mode where the archive tells it.
  public var instrument: String?
  /// Optical elements.
  public var filters: String?
  /// Name of the target.
  public var target: String?
  /// Start, ISO, UTC.
  public var start: String?
  /// Exposure time, seconds.
  public var exposureTime: Double?
  /// `PUBLIC` or `EXCLUSIVE_ACCESS`.
  public var rights: String?
  /// Footprint as `s_region` text, degrees ICRS.
  public var region: String?
  /// Values of chosen FITS keywords, by keyword; of a keyword that the file does not have, an empty one.
  public var keywords: [String: FITSValue] = [:]
  /// A small picture of the file, from the folder of the page.
  public var thumbnail: String?
  /// When the file was changed last as its keywords were read, seconds since 1970.
  var examined: Int64?

  /// Describes a file; what is left out is unknown.
  /// - Parameters:
  ///   - name: the file's name.
  ///   - path: where it is, from the folder of the page.
  ///   - observation: the name of its observation.
  public init(name: String, path: String, observation: String) {
    self.name = name
    self.path = path
    self.observation = observation
  }

  /// Whether it is there.
  public var isPresent: Bool { sizeOnDisk != nil }

  /// Whether what is there has another size than the archive lists.
  var hasOtherSize: Bool { sizeOnDisk != nil && size != nil && sizeOnDisk != size }

  /// Whether it is a picture.
  public var isPicture: Bool { name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") || name.hasSuffix(".png") }

  /// Whether it is a picture made to be small, which is no preview of its own.
  var isSmallPicture: Bool { name.hasSuffix("_thumb.jpg") }

  /// What a link to the file says: the file type without decoration, `uncal.fits`; the name where it has none.
  var label: String { fileType.map { String($0.drop { $0 == "_" }) } ?? name }

  /// Whether the path stays in the download tree: below the folder of the page, or, in a tree without folders per programme,
  /// beside it.
  var hasSafePath: Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let below = parts.first == ".." ? parts.dropFirst() : parts[...]
    return !below.isEmpty && below.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0") }
  }
}
