/// One file of a programme as a page shows it.
public struct PageFile: Codable, Sendable, Hashable {
  /// The file's name.
  public var name: String
  /// Where the file is, from the folder of the page; components are parted by `/`.
  public var path: String
  /// Whether it is there.
  public var isPresent: Bool
  /// Size, bytes.
  public var size: Int64?
  /// The kind of file by the end of its name: `_uncal.fits`.
  public var fileType: String?
  /// Calibration level.
  public var level: Int?
  /// Name of the observation that the file belongs to; files of one name stand in one row.
  public var observation: String
  /// The archive's number of that observation.
  public var observationKey: Int64?
  /// Observation number in the programme.
  public var obsnum: Int?
  /// Visit, three digits.
  public var visit: String?
  /// Detector.
  public var detector: String?
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
  /// Values of chosen FITS keywords, by keyword.
  public var keywords: [String: String]
  /// A small picture of the file, from the folder of the page.
  public var thumbnail: String?

  /// Describes a file; what is left out is unknown.
  public init(name: String, path: String, isPresent: Bool, observation: String) {
    self.name = name
    self.path = path
    self.isPresent = isPresent
    self.observation = observation
    keywords = [:]
  }

  /// Whether it is a picture.
  public var isPicture: Bool { name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") || name.hasSuffix(".png") }

  /// Whether it is a picture made to be small, which is no preview of its own.
  var isSmallPicture: Bool { name.hasSuffix("_thumb.jpg") }

  /// What a link to the file says: the file type without decoration, `uncal.fits`; the name where it has none.
  var label: String { fileType.map { String($0.drop { $0 == "_" }) } ?? name }
}
