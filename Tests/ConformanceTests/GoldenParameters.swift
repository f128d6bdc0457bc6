import Foundation
import TestSupport

/// The parameters of a recorded step, as the Python tool resolves them, said in `webb`'s own options.
///
/// `webb mast` has no configuration file; where a step needs something that it does not offer yet, that is named.
struct GoldenParameters {
  private var values: [String: [String]] = [:]
  private(set) var notOffered: String?
  /// Without a configuration file the tool's product table has other columns.
  private(set) var comparesProductTables = true

  /// Options of the Python tool: name, whether it takes words, and short form.
  private static let listOptions: Set = [
    "obsmode", "propID", "obsnums", "filetypes", "calib_levels", "login", "obsid_select", "obsid_list", "sca",
    "mastcolumns_obsTable",
    "outcolumns_obsTable", "sortcols_obsTable", "outcolumns_productTable", "sortcols_productTable",
    "sortcols_summaryTable", "date_select",
    "webpage_level12_jpgs", "webpage_fitskeys2table", "webpage_cols4table", "webpage_sortcols",
    "propIDs_obsnum2outsubdir",
  ]
  private static let scalarOptions: Set = [
    "instrument", "Nobs_per_batch", "configfile", "token", "outrootdir", "outsubdir", "obsnum2outsubdir",
    "jpg_separate_subdir",
    "lookbacktime", "savetables", "webpage_tablefigsize_width", "webpage_tablefigsize_height", "webpage_mkthumbnails",
    "webpage_thumbnails_overwrite", "webpage_thumbnails_width", "webpage_thumbnails_height",
  ]
  private static let flags: Set = [
    "verbose", "guidestars", "guidestar_data_only", "skip_propID2outsubdir", "skip_check_if_outfile_exists",
    "skip_check_filesize",
    "makewebpages", "skipdownload", "clobber",
  ]
  private static let shortForms: [Character: String] = [
    "i": "instrument", "v": "verbose", "f": "filetypes", "c": "configfile", "e": "obsid_select", "l": "lookbacktime",
    "d": "date_select",
    "s": "savetables", "w": "makewebpages", "n": "skipdownload",
  ]
  /// Settings that change neither selection nor files nor the three tables.
  private static let ignored: Set = [
    "verbose", "configfile", "token", "login", "Nobs_per_batch", "makewebpages", "webpage_level12_jpgs",
    "webpage_fitskeys2table",
    "webpage_cols4table", "webpage_sortcols", "webpage_tablefigsize_width", "webpage_tablefigsize_height",
    "webpage_mkthumbnails",
    "webpage_thumbnails_overwrite", "webpage_thumbnails_width", "webpage_thumbnails_height", "sortcols_obsTable",
  ]
  /// Settings that are offered only with the packaged value.
  private static let fixed: Set = [
    "mastcolumns_obsTable", "outcolumns_obsTable", "outcolumns_productTable", "sortcols_productTable",
    "sortcols_summaryTable",
    "skip_check_if_outfile_exists",
  ]

  /// What the tool does without a configuration file.
  private static let builtIn = [
    "filetypes": ["fits"], "lookbacktime": ["1.0"], "obsnum2outsubdir": [], "jpg_separate_subdir": ["False"],
  ]

  init(step: GoldenCase.Step, packaged: [String: [String]]) throws {
    comparesProductTables = step.config != nil
    values = step.config == nil ? Self.builtIn : packaged
    for (key, text) in step.config?.edits ?? [:] {
      if key == "?" || key.hasPrefix("+") {
        notOffered = "the configuration \(key) \(text)"
        return
      }
      values[key] = try Self.words(yaml: text).map { Self.substitute($0, step.environment) }
    }
    for key in ["outrootdir", "outsubdir"] { values[key] = values[key]?.map { Self.substitute($0, step.environment) } }
    try readCommandLine(step.arguments)
    let defaults = step.config == nil ? Self.builtIn : packaged
    for key in Self.fixed where values[key] ?? [] != defaults[key] ?? [] { notOffered = key }
    if values["instrument"]?.isEmpty ?? true { notOffered = "a run without instrument" }
    if values["makewebpages"] == ["True"], step.exit != 0 { notOffered = "web pages" }
    if step.program.contains("query"), step.arguments.contains(where: { $0.hasPrefix("-v") }) {
      notOffered = "jwst_query -v"
    }
    for key in ["guidestar_data_only", "skip_check_filesize"] where values[key] == ["True"] { notOffered = key }
    for key in ["obsid_select", "obsid_list", "savetables"] where !(values[key] ?? []).isEmpty { notOffered = key }
    if values["filetypes"]?.isEmpty ?? true { notOffered = "filetypes null" }
  }

  /// The options for `webb mast query` or `download`.
  var arguments: [String] {
    var arguments: [String] = []
    func add(_ option: String, _ key: String) {
      if let words = values[key], !words.isEmpty { arguments += [option] + words }
    }
    let program = values["propID"]?.first
    if let program { arguments += ["--propID", program] }
    let further = Array(values["propID"]?.dropFirst() ?? [])
    if further.isEmpty { add("--obsnums", "obsnums") } else { arguments += ["--obsnums"] + further }
    add("--instrument", "instrument")
    add("--obsmode", "obsmode")
    add("--filetypes", "filetypes")
    add("--calib_levels", "calib_levels")
    add("--sca", "sca")
    if (values["date_select"] ?? []).isEmpty {
      add("--lookbacktime", "lookbacktime")
    } else {
      add("--date_select", "date_select")
    }
    add("--outrootdir", "outrootdir")
    add("--outsubdir", "outsubdir")
    let isOn = { (key: String) in values[key]?.first.map { !["False", "false", "no", ""].contains($0) } ?? false }
    let listed =
      program.flatMap(Int.init).map { number in values["propIDs_obsnum2outsubdir"]?.contains(String(number)) ?? false }
      ?? false
    arguments += ["--obsnum2outsubdir", String(isOn("obsnum2outsubdir") || listed)]
    arguments += ["--jpg_separate_subdir", String(isOn("jpg_separate_subdir"))]
    for flag in ["guidestars", "skip_propID2outsubdir"] where isOn(flag) { arguments.append("--" + flag) }
    return arguments
  }

  /// The options for `webb mast download` alone.
  var downloadArguments: [String] {
    ["clobber", "skipdownload"].filter { values[$0] == ["True"] }.map { "--" + $0 }
  }

  private mutating func readCommandLine(_ arguments: [String]) throws {
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      var names: [String] = []
      var attached: String?
      if argument.hasPrefix("--") {
        let spelled = argument.dropFirst(2).prefix { $0 != "=" }
        if argument.contains("=") { attached = String(argument.dropFirst(3 + spelled.count)) }
        let known = Self.listOptions.union(Self.scalarOptions).union(Self.flags)
        let fitting =
          known.filter { $0 == spelled }.isEmpty ? known.filter { $0.hasPrefix(spelled) } : [String(spelled)]
        guard fitting.count == 1, let name = fitting.first else { return notOffered = "the argument \(argument)" }
        names = [name]
      } else if argument.hasPrefix("-"), let letter = argument.dropFirst().first, let name = Self.shortForms[letter] {
        let rest = argument.dropFirst(2)
        if Self.flags.contains(name) {
          names = argument.dropFirst().compactMap { Self.shortForms[$0] }
        } else {
          names = [name]
          if !rest.isEmpty { attached = String(rest) }
        }
      } else {
        return notOffered = "the argument \(argument)"
      }
      for name in names {
        if Self.flags.contains(name) {
          values[name] = ["True"]
        } else {
          var words = attached.map { [$0] } ?? []
          while attached == nil, index < arguments.count, !arguments[index].hasPrefix("-") {
            words.append(arguments[index])
            index += 1
            if Self.scalarOptions.contains(name) { break }
          }
          values[name] = words
        }
      }
    }
  }

  /// The packaged configuration: `key: value` lines with scalars and one-line lists.
  static func packaged(_ file: URL) throws -> [String: [String]] {
    var values: [String: [String]] = [:]
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { throw TestSupportError("not a key: \(line)") }
      values[String(line[..<colon])] = try words(yaml: String(line[colon...].dropFirst()))
    }
    return values
  }

  private static func words(yaml text: String) throws -> [String] {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    let strip = { (word: Substring) in word.trimmingCharacters(in: CharacterSet(charactersIn: " '\"")) }
    if trimmed.hasPrefix("[") {
      return trimmed.dropFirst().dropLast().split(separator: ",").map(strip).filter { !$0.isEmpty }
    }
    if trimmed.isEmpty || trimmed == "null" || trimmed == "None" { return [] }
    return trimmed.split(separator: " ").map(strip)
  }

  private static func substitute(_ text: String, _ environment: [String: String]) -> String {
    environment.reduce(text) { $0.replacingOccurrences(of: "$" + $1.key, with: $1.value) }
  }
}
