import MASTArchive
import SkyGeometry

extension SearchOptions {
  /// The options that were given, as arguments that parse to the same values; empty when none was.
  var words: [String] {
    var words: [String] = []
    func add(_ option: String, _ values: [String]) { if !values.isEmpty { words += [option] + values } }
    add("--propID", propID)
    add("--obsnums", obsnums.map(String.init))
    add("--instrument", instrument)
    add("--obsmode", obsmode)
    // An option and its value are one word, or a negative number would pass for an option.
    if let lookbacktime { words.append("--lookbacktime=\(lookbacktime)") }
    add("--date_select", dateSelect)
    if filetypes != ["fits"] { add("--filetypes", filetypes) }
    add("--calib_levels", calibLevels.map(String.init))
    add("--sca", sca)
    if guidestars { words.append("--guidestars") }
    return words
  }

  /// The same question with a first day in place of a look-back, as a directory remembers it: what was inside the window once
  /// stays inside, and what comes later comes in too.
  func anchored(now: ModifiedJulianDate) -> SearchOptions {
    guard dateSelect.isEmpty else { return self }
    let days = lookbacktime ?? (propID.isEmpty ? 1 : 0)
    var question = self
    question.lookbacktime = nil
    if days > 0 {
      question.dateSelect = ["\(now.rawValue - days)+"]
    } else if lookbacktime != nil && propID.isEmpty {
      question.lookbacktime = 0
    }
    return question
  }
}

extension LayoutOptions {
  /// The options that say where files go below the root, as arguments; empty when none was given.
  var words: [String] {
    var words: [String] = []
    if skipProgramFolder { words.append("--skip_propID2outsubdir") }
    if observationFolder == .no { words.append("--obsnum2outsubdir=no") }
    if pictureFolder == .no { words.append("--jpg_separate_subdir=no") }
    return words
  }
}
