/// What the web pages of a programme are to show: the settings whose names begin with `webpage_`.
struct WebPageOptions: Hashable {
  /// Width and height of the pictures in the table, as HTML attributes; `nil` leaves them out.
  var figureWidth: String?
  var figureHeight: String?
  /// Picture types that get a column, as written: `uncal` or `_uncal.jpg`.
  var pictureTypes: [String]
  /// FITS keywords that get a column.
  var keywords: [String]
  /// The columns of the table.
  var columns: [String]
  /// The columns that order the table.
  var sortColumns: [String]
  /// Whether thumbnails are made of the pictures.
  var makesThumbnails: Bool
  /// Whether thumbnails are made again that are there already.
  var overwritesThumbnails: Bool
  /// Width and height of thumbnails in pixels; one of them follows from the other where it is `nil`.
  var thumbnailWidth: Int?
  var thumbnailHeight: Int?
}

extension WebPageOptions {
  /// Reads the settings.
  /// - Throws: a usage error that names the place of a value that makes no sense.
  init(_ settings: DropInSettings) throws(Failure) {
    figureWidth = settings.text("webpage_tablefigsize_width")
    figureHeight = settings.text("webpage_tablefigsize_height")
    pictureTypes = settings.words("webpage_level12_jpgs")
    keywords = settings.words("webpage_fitskeys2table")
    columns = settings.words("webpage_cols4table")
    sortColumns = settings.words("webpage_sortcols")
    makesThumbnails = try settings.truth("webpage_mkthumbnails")
    overwritesThumbnails = try settings.truth("webpage_thumbnails_overwrite")
    thumbnailWidth = try settings.integer("webpage_thumbnails_width", in: 1...10_000)
    thumbnailHeight = try settings.integer("webpage_thumbnails_height", in: 1...10_000)
    if makesThumbnails && thumbnailWidth == nil && thumbnailHeight == nil {
      throw settings.failure("webpage_thumbnails_width", "thumbnails need a width or a height.")
    }
  }
}
