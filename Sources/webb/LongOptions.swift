import ArgumentParser

/// How long options may be spelled: in any case, with dashes or underscores, and shortened to any unambiguous beginning, as
/// users of `jwst_mast_query` are used to.
enum LongOptions {
  /// The long options of the commands below each group, as declared.
  static let names: [String: [String]] = [
    "mast": [
      "archive", "calib_levels", "clobber", "date_select", "delete-gone", "detector", "dry-run", "filetypes",
      "filter", "format", "guidestar_data_only", "guidestars", "instrument", "into", "jobs", "jpg_separate_subdir",
      "json",
      "keep-versions", "layout", "level", "lookbacktime", "makewebpages", "mast-url", "Nobs_per_batch", "now",
      "obsid_list", "obsid_select", "obsmode", "obsnum2outsubdir", "obsnums", "output", "outrootdir", "outsubdir",
      "planned", "product-type", "propID", "propIDs_obsnum2outsubdir", "quiet", "radius", "region", "rights",
      "s3-url", "savetables", "sca", "skip_check_filesize", "skip_propID2outsubdir", "skipdownload", "source",
      "table", "target", "token", "verbose", "verify", "watch", "webpage_cols4table", "webpage_fitskeys2table",
      "webpage_level12_jpgs", "webpage_mkthumbnails", "webpage_sortcols", "webpage_tablefigsize_height",
      "webpage_tablefigsize_width", "webpage_thumbnails_height", "webpage_thumbnails_overwrite",
      "webpage_thumbnails_width", "yes",
    ],
    "table": [
      "columns", "from", "head", "json", "quiet", "table", "to", "verbose",
    ],
    "esa": [
      "all-columns", "archive", "artifact-id", "async", "background", "ca-file", "cal-level", "clobber",
      "credentials-file",
      "file-name", "filter", "format", "frame", "height", "instrument", "jobs", "json", "layout", "limit", "ned-url",
      "now",
      "observation-id", "output", "output-dir", "product-type", "proposal", "public-only", "quiet", "radius",
      "resolver", "shared", "simbad-url", "timeout", "url", "user", "verbose", "vizier-url", "width", "with-token",
    ],
    "tap": [
      "after", "archive", "async", "background", "ca-file", "column", "dec", "description", "file", "force", "format",
      "group",
      "job", "job-name", "json", "lang", "last", "max-rows", "name", "now", "output", "phase", "quiet", "ra", "run-id",
      "set", "shared", "stop", "timeout", "to", "upload", "url", "verbose",
    ],
    "archive": [
      "archive", "display-name", "epoch", "explain", "file", "format", "host", "json", "max-rows", "now", "output",
      "port",
      "program", "public-url", "quiet", "quota", "revision", "seed", "time-limit", "type", "upload", "verbose",
      "with-tables",
    ],
  ]
  private static let everywhere = ["help", "version"]

  /// The arguments with long options in their declared spelling; unknown ones are left for the parser to refuse.
  /// - Throws: a usage error when a beginning fits several options.
  static func canonical(_ arguments: [String]) throws -> [String] {
    guard let names = arguments.first.flatMap({ names[$0] }) else { return arguments }
    var isPastTerminator = false
    return try arguments.map { argument in
      if argument == "--" { isPastTerminator = true }
      guard !isPastTerminator, argument.hasPrefix("--"), argument.count > 2 else { return argument }
      let spelled = String(argument.dropFirst(2).prefix { $0 != "=" })
      return try "--" + canonicalName(spelled, among: names + everywhere) + argument.dropFirst(2 + spelled.count)
    }
  }

  private static func canonicalName(_ spelled: String, among names: [String]) throws -> String {
    if names.contains(spelled) { return spelled }
    let wanted = folded(spelled)
    if let name = names.first(where: { folded($0) == wanted }) { return name }
    let fitting = names.filter { folded($0).hasPrefix(wanted) }
    if fitting.count > 1 {
      throw ValidationError(
        "--\(spelled) can mean \(fitting.map { "--" + $0 }.joined(separator: ", ")): write more of it.")
    }
    return fitting.first ?? spelled
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }
}
