/// What the pages show. The names in `jwst_mast_query`'s configuration begin with `webpage_`.
public struct WebPageOptions: Sendable, Hashable {
  /// FITS keywords shown as columns (`webpage_fitskeys2table`).
  public var keywords = [
    "TARG_RA", "TARG_DEC", "FILTER", "PUPIL", "READPATT", "NINTS", "NGROUPS", "NFRAMES", "DATE-BEG", "DATE-END",
    "EFFINTTM",
    "EFFEXPTM",
  ]
  /// Width of the pictures in the table, pixels (`webpage_tablefigsize_width`).
  public var figureWidth: Int?
  /// Height of the pictures in the table, pixels (`webpage_tablefigsize_height`).
  public var figureHeight: Int?
  /// Whether small pictures are made (`webpage_mkthumbnails`).
  public var makesThumbnails = true
  /// Whether small pictures are made anew (`webpage_thumbnails_overwrite`).
  public var overwritesThumbnails = false
  /// Width of small pictures, pixels; together with the height, the box they fit into (`webpage_thumbnails_width`).
  public var thumbnailWidth: Int? = 120
  /// Height of small pictures, pixels (`webpage_thumbnails_height`).
  public var thumbnailHeight: Int?

  /// The usual ones.
  public init() {}
}
