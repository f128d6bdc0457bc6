extension DropInOption {
  /// All options, in the order of the Python tool's documentation, Webb's own last.
  static let all: [DropInOption] = search + selection + places + tables + webPages + own

  private static let search: [DropInOption] = [
    .init(
      "instrument", "i", .words, packaged: "nircam",
      "Instruments: nircam nirspec niriss miri fgs. Without any, all are searched."),
    .init("obsmode", nil, .words, packaged: "", "Observing modes, for example image, wfss, ifu, msa, soss."),
    .init("propID", nil, .integers, packaged: "", "Programme number; further numbers are observation numbers."),
    .init("obsnums", nil, .integers, packaged: "", "Observation numbers within the programme."),
    .init(
      "lookbacktime", "l", .number, builtIn: ["1.0"], packaged: "1.0",
      "Days before now to search; 0 searches all dates."),
    .init(
      "date_select", "d", .words, builtIn: [], packaged: "",
      "Start dates, MJD or ISO: one value with + or - at its end (from then on, until then), or two values."),
    .init(
      "Nobs_per_batch", nil, .integer, builtIn: ["2"], packaged: "2",
      "Observations per request for products; it changes no result."),
    .init(
      "configfile", "c", .text, scope: .commandLineOnly,
      "Configuration file (YAML). Without it, $JWST_QUERY_CFGFILE."),
    .init("token", nil, .text, "MAST token for exclusive-access data. Without it, $MAST_API_TOKEN."),
    .init("login", nil, .pair, "Accepted without effect, as MAST has tokens only."),
    .init("verbose", "v", .counter, builtIn: ["0"], "Say more about what is done; repeat for more."),
  ]

  private static let selection: [DropInOption] = [
    .init("guidestars", nil, .flag, builtIn: ["false"], packaged: "False", "List guide-star files too."),
    .init(
      "guidestar_data_only", nil, .flag, builtIn: ["false"], packaged: "False", "List nothing but guide-star files."),
    .init(
      "filetypes", "f", .words, builtIn: ["fits"], packaged: "['fits']",
      "File types: fits or jpg for all of them, or suffixes like uncal, rate.jpg, asn.json; no value in the file: all."
    ),
    .init("calib_levels", nil, .integers, "Calibration levels: 1 (uncal), 2, 3."),
    .init(
      "obsid_select", "e", .words, builtIn: [],
      "Limits of obsID or parent_obsid: one number with + or - at its end, or two numbers."),
    .init("obsid_list", nil, .integers, builtIn: [], "Numbers that obsID or parent_obsid must be one of."),
    .init(
      "sca", nil, .words, packaged: "",
      "Detectors: a1..a5 along b1..b5 blong nis nrs1 nrs2 mirimage mirifulong mirifushort guider1 guider2."),
  ]

  private static let places: [DropInOption] = [
    .init(
      "outrootdir", nil, .text, packaged: "$JWSTDOWNLOAD_OUTDIR",
      "Root folder of the files. Without it, the current folder."),
    .init("outsubdir", nil, .text, packaged: "", "A folder below the root."),
    .init("skip_propID2outsubdir", nil, .flag, builtIn: ["false"], packaged: "False", "No folder per programme."),
    .init("obsnum2outsubdir", nil, .truth, packaged: "True", "A folder per observation number."),
    .init(
      "propIDs_obsnum2outsubdir", nil, .integers, builtIn: [], packaged: "[1409]",
      "Programmes that get a folder per observation number in any case."),
    .init("jpg_separate_subdir", nil, .truth, builtIn: ["false"], packaged: "True", "A folder jpg for pictures."),
    .init(
      "skip_check_if_outfile_exists", nil, .flag, builtIn: ["false"], packaged: "False",
      "Do not show in the tables what is on disk already."),
    .init(
      "skip_check_filesize", nil, .flag, builtIn: ["false"],
      "Take a file on disk for whole whatever its size."),
    .init(
      "skipdownload", "n", .flag, builtIn: ["false"], packaged: "False", scope: .downloadOnly, "Only list."),
    .init(
      "clobber", nil, .flag, builtIn: ["false"], packaged: "False", scope: .downloadOnly,
      "Fetch files again that are there already."),
  ]

  private static let tables: [DropInOption] = [
    .init(
      "savetables", "s", .text, packaged: "",
      "Save the tables as NAME.selprod.txt, NAME.obs.txt and NAME.summary.txt in the root folder."),
    .init(
      "mastcolumns_obsTable", nil, .words, builtIn: mastColumns, packaged: list(mastColumns),
      "Columns to ask of the archive; obsid, obs_id, proposal_id and t_min are needed."),
    .init(
      "outcolumns_productTable", nil, .words,
      builtIn: words(
        "proposal_id obsnum obsID parent_obsid obs_id sca visit dataproduct_type productFilename filetype calib_level size description"
      ),
      packaged: list(
        words(
          "proposal_id obsnum obsID parent_obsid obs_id sca visit dataproduct_type filetype calib_level size outfilename dl_code dl_str"
        )), "Columns of the table of products."),
    .init(
      "outcolumns_obsTable", nil, .words, builtIn: observationColumns, packaged: list(observationColumns),
      "Columns of the table of observations, before the numbers of files."),
    .init(
      "sortcols_productTable", nil, .words, builtIn: words("calib_level filetype obsID"),
      packaged: list(words("calib_level filetype proposal_id obsnum")), "Columns that order the products."),
    .init(
      "sortcols_obsTable", nil, .words, builtIn: words("date_min proposal_id obsnum"),
      packaged: list(words("date_min proposal_id obsnum")), "Columns that order the observations."),
    .init(
      "sortcols_summaryTable", nil, .words, builtIn: words("date_start proposal_id obsnum"),
      packaged: list(words("date_start proposal_id obsnum")), "Columns that order the summary."),
  ]

  private static let webPages: [DropInOption] = [
    .init("makewebpages", "w", .flag, builtIn: ["false"], packaged: "False", "Make a web page per programme."),
    .init("webpage_tablefigsize_width", nil, .text, packaged: "", "Width of the pictures on the page."),
    .init("webpage_tablefigsize_height", nil, .text, packaged: "", "Height of the pictures on the page."),
    .init(
      "webpage_level12_jpgs", nil, .words,
      builtIn: words("_uncal.jpg _dark.jpg _rate.jpg _rateints.jpg _trapsfilled.jpg _cal.jpg _crf.jpg"),
      packaged: list(words("uncal dark rate rateints cal")), "Picture types that get a column."),
    .init(
      "webpage_fitskeys2table", nil, .words, builtIn: keywords, packaged: list(keywords, blanks: true),
      "FITS keywords that get a column."),
    .init(
      "webpage_cols4table", nil, .words, builtIn: pageColumns, packaged: list(pageColumns, blanks: true),
      "Columns of the page's table."),
    .init(
      "webpage_sortcols", nil, .words, builtIn: words("proposal_id obsnum visit sca"),
      packaged: list(words("proposal_id obsnum visit sca"), blanks: true), "Columns that order the page's table."),
    .init("webpage_mkthumbnails", nil, .truth, builtIn: ["true"], packaged: "True", "Make thumbnails of the pictures."),
    .init(
      "webpage_thumbnails_overwrite", nil, .truth, builtIn: ["false"], packaged: "False",
      "Make thumbnails again that are there already."),
    .init(
      "webpage_thumbnails_width", nil, .integer, builtIn: ["120"], packaged: "120", "Width of thumbnails in pixels."),
    .init("webpage_thumbnails_height", nil, .integer, packaged: "", "Height of thumbnails in pixels."),
  ]

  private static let own: [DropInOption] = [
    .init("yes", "y", .flag, builtIn: ["false"], scope: .own, "Do not ask before downloading."),
    .init("jobs", nil, .integer, builtIn: ["4"], scope: .own, "Files fetched at once."),
    .init("quiet", "q", .flag, builtIn: ["false"], scope: .own, "Say nothing but results and errors."),
    .init(
      "mast-url", nil, .text, scope: .own,
      "Address of MAST or of anything that speaks its protocol. Without it, $WEBB_MAST_URL, else https://mast.stsci.edu."
    ),
    .init("archive", nil, .text, scope: .own, "A local archive to use in place of MAST: a folder, or sample."),
    .init("now", nil, .text, scope: .own, "The date that counts as now, for example 2022-07-20T12:00:00."),
    .init("help", "h", .flag, builtIn: ["false"], scope: .own, "Show this text."),
    .init("version", nil, .flag, builtIn: ["false"], scope: .own, "Show the version."),
  ]

  private static let mastColumns = words("proposal_id dataURL obsid obs_id t_min t_exptime instrument_name")
  private static let observationColumns = words(
    "proposal_id obsnum obsid obs_id t_min t_exptime date_min instrument_name")
  private static let keywords = words(
    "TARG_RA TARG_DEC FILTER PUPIL READPATT NINTS NGROUPS NFRAMES DATE-BEG DATE-END EFFINTTM EFFEXPTM")
  private static let pageColumns = words(
    "proposal_id obsnum visit obsID parent_obsid sca FILTER PUPIL READPATT uncal dark rate rateints cal TARG_RA TARG_DEC NINTS NGROUPS NFRAMES DATE-BEG DATE-END EFFINTTM EFFEXPTM size obs_id outfilename"
  )

  private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  /// A list as the packaged file writes it.
  private static func list(_ words: [String], blanks: Bool = false) -> String {
    "[" + words.map { "'\($0)'" }.joined(separator: blanks ? ", " : ",") + "]"
  }
}
