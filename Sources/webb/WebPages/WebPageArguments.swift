import ArgumentParser
import MASTArchive
import Reports

/// Whether to make web pages, and what they show; the spellings are those of `jwst_mast_query`.
struct WebPageArguments: ParsableArguments {
  @Flag(
    name: [.customShort("w"), .customLong("makewebpages")],
    help: "Make or renew a web page per programme (ROOT/PPPPP/index.html), and one over all (ROOT/index.html).")
  var makewebpages = false

  @Option(
    name: .customLong("webpage_fitskeys2table"), parsing: .upToNextOption,
    help: ArgumentHelp("FITS keywords that get a column.", valueName: "keywords"))
  var keywords: [String] = []

  @Option(
    name: .customLong("webpage_level12_jpgs"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Pictures of levels 1 and 2 to show, for example uncal rate. Default: all.", valueName: "suffixes"))
  var pictureTypes: [String] = []

  @Option(
    name: .customLong("webpage_cols4table"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Columns of the table beside the page (PPPPP.products.txt): \(ProgrammeTable.columnNames.joined(separator: " ")), and FITS keywords.",
      valueName: "columns"))
  var tableColumns: [String] = []

  @Option(
    name: .customLong("webpage_sortcols"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Columns that sort this table. Default: proposal_id obsnum visit sca.", valueName: "columns"))
  var tableOrder: [String] = []

  @Option(
    name: .customLong("webpage_tablefigsize_width"),
    help: ArgumentHelp("Width of the pictures in the page, pixels.", valueName: "pixels"))
  var figureWidth: Int?

  @Option(
    name: .customLong("webpage_tablefigsize_height"),
    help: ArgumentHelp("Height of the pictures in the page, pixels.", valueName: "pixels"))
  var figureHeight: Int?

  @Option(
    name: .customLong("webpage_mkthumbnails"),
    help: ArgumentHelp("Make thumbnails, of FITS images too: yes or no. (default: yes)", valueName: "yes|no"))
  var makesThumbnails: YesNo?

  @Option(
    name: .customLong("webpage_thumbnails_overwrite"),
    help: ArgumentHelp(
      "Make thumbnails anew that are there already: yes or no. (default: no)", valueName: "yes|no"))
  var overwritesThumbnails: YesNo?

  @Option(
    name: .customLong("webpage_thumbnails_width"),
    help: ArgumentHelp("Width of thumbnails, pixels. Default: 120 when no height is given.", valueName: "pixels"))
  var thumbnailWidth: Int?

  @Option(
    name: .customLong("webpage_thumbnails_height"),
    help: ArgumentHelp(
      "Height of thumbnails, pixels; with a width, the box they fit into.", valueName: "pixels"))
  var thumbnailHeight: Int?

  func validate() throws {
    for (name, size) in [
      ("webpage_tablefigsize_width", figureWidth), ("webpage_tablefigsize_height", figureHeight),
      ("webpage_thumbnails_width", thumbnailWidth), ("webpage_thumbnails_height", thumbnailHeight),
    ] {
      if let size, !(1...1600).contains(size) { throw ValidationError("--\(name) \(size) is not between 1 and 1600.") }
    }
    if let unknown = options.unknownColumn {
      throw ValidationError(
        "\(unknown) is neither a column of the table nor one of the FITS keywords (--webpage_fitskeys2table).")
    }
  }

  /// The options as the pages take them.
  var options: WebPageOptions {
    var options = WebPageOptions()
    if !keywords.isEmpty { options.keywords = keywords }
    if !pictureTypes.isEmpty { options.pictureTypes = pictureTypes }
    // The usual columns name keywords that may not be wanted now.
    options.tableColumns =
      tableColumns.isEmpty ? options.tableColumns.filter(options.isKnownColumn) : tableColumns
    if !tableOrder.isEmpty { options.tableOrder = tableOrder }
    options.figureWidth = figureWidth
    options.figureHeight = figureHeight
    options.makesThumbnails = makesThumbnails != .no
    options.overwritesThumbnails = overwritesThumbnails == .yes
    options.thumbnailWidth = thumbnailWidth ?? (thumbnailHeight == nil ? options.thumbnailWidth : nil)
    options.thumbnailHeight = thumbnailHeight
    return options
  }
}

extension WebPageOptions {
  /// The first column of the table as text, or of its order, that no file can have.
  var unknownColumn: String? { (tableColumns + tableOrder).first { !isKnownColumn($0) } }

  /// Whether the table as text can have a column: one of its own, a keyword, or that of a picture, which is left out.
  func isKnownColumn(_ name: String) -> Bool {
    ProgrammeTable.columnNames.contains(name) || keywords.contains(name)
      || (pictureTypes ?? []).map(Self.pictureEnding).contains(Self.pictureEnding(name))
  }
}
