/// What the pages show. The names in `jwst_mast_query`'s configuration begin with `webpage_`.
public struct WebPageOptions: Sendable, Hashable {
  /// FITS keywords shown as columns (`webpage_fitskeys2table`).
  public var keywords = [
    "TARG_RA", "TARG_DEC", "FILTER", "PUPIL", "READPATT", "NINTS", "NGROUPS", "NFRAMES", "DATE-BEG", "DATE-END",
    "EFFINTTM", "EFFEXPTM",
  ]
  /// Which pictures of levels 1 and 2 are shown, as `uncal` or `_uncal.jpg` (`webpage_level12_jpgs`); `nil` for all.
  public var pictureTypes: [String]?
  /// Columns of the table as text: archive columns and FITS keywords (`webpage_cols4table`).
  public var tableColumns = [
    "proposal_id", "obsnum", "visit", "obsID", "parent_obsid", "sca", "FILTER", "PUPIL", "READPATT", "TARG_RA",
    "TARG_DEC", "NINTS", "NGROUPS", "NFRAMES", "DATE-BEG", "DATE-END", "EFFINTTM", "EFFEXPTM", "size", "obs_id",
    "outfilename",
  ]
  /// Columns by which the table as text is sorted (`webpage_sortcols`).
  public var tableOrder = ["proposal_id", "obsnum", "visit", "sca"]
  /// Width of the pictures in the page, pixels (`webpage_tablefigsize_width`).
  public var figureWidth: Int?
  /// Height of the pictures in the page, pixels (`webpage_tablefigsize_height`).
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

  /// The ending of a picture type: a missing `_` and a missing `.jpg` are added.
  public static func pictureEnding(_ word: String) -> String {
    (word.hasPrefix("_") ? "" : "_") + word + (word.hasSuffix(".jpg") ? "" : ".jpg")
  }
}
