import Reports

extension WebPageOptions {
  /// Reads the settings whose names begin with `webpage_`.
  /// - Throws: a usage error that names the place of a value that makes no sense.
  init(_ settings: DropInSettings) throws(Failure) {
    self.init()
    figureWidth = try settings.integer("webpage_tablefigsize_width", in: 1...10_000)
    figureHeight = try settings.integer("webpage_tablefigsize_height", in: 1...10_000)
    pictureTypes = settings.words("webpage_level12_jpgs")
    keywords = settings.words("webpage_fitskeys2table")
    tableColumns = try columns("webpage_cols4table", settings)
    tableOrder = try columns("webpage_sortcols", settings)
    makesThumbnails = try settings.truth("webpage_mkthumbnails")
    overwritesThumbnails = try settings.truth("webpage_thumbnails_overwrite")
    thumbnailWidth = try settings.integer("webpage_thumbnails_width", in: 1...10_000)
    thumbnailHeight = try settings.integer("webpage_thumbnails_height", in: 1...10_000)
    if makesThumbnails && thumbnailWidth == nil && thumbnailHeight == nil {
      throw settings.failure("webpage_thumbnails_width", "thumbnails need a width or a height.")
    }
  }

  /// Columns that the table can have. Of those that are built in, the ones that do not go with the user's keywords and pictures
  /// are left out; of those that the user names, each must be there.
  private func columns(_ name: String, _ settings: DropInSettings) throws(Failure) -> [String] {
    let words = settings.words(name)
    if settings[name].source == .builtIn { return words.filter(isKnownColumn) }
    guard let unknown = words.first(where: { !isKnownColumn($0) }) else { return words }
    let known = ProgrammeTable.columnNames + keywords + (pictureTypes ?? [])
    throw settings.failure(
      name,
      "there is no column \(unknown).\(NearestName.question(unknown, among: known)) Columns are those of the archive, the keywords of webpage_fitskeys2table and the pictures of webpage_level12_jpgs."
    )
  }
}
