/// Options as arguments that parse to the same values.
///
/// An option and its value are one word, or a value that begins with a dash would pass for an option.
struct OptionWords {
  private(set) var words: [String] = []

  mutating func add<Value>(_ option: String, _ values: [Value]) { words += values.map { "\(option)=\($0)" } }

  mutating func add<Value>(_ option: String, value: Value?) { if let value { add(option, [value]) } }

  mutating func add(_ flag: String, if isGiven: Bool) { if isGiven { words.append(flag) } }
}

extension SearchOptions {
  /// The options that were given; what is planned has no files, so `--planned` is none of them.
  var words: [String] {
    var words = OptionWords()
    words.add("--propID", propID)
    words.add("--obsnums", obsnums)
    words.add("--instrument", instrument)
    words.add("--obsmode", obsmode)
    words.add("--lookbacktime", value: lookbacktime)
    words.add("--date_select", dateSelect)
    return words.words
  }
}

extension PositionOptions {
  /// The options that were given.
  var words: [String] {
    var words = OptionWords()
    words.add("--target", value: target)
    words.add("--radius", value: radius?.text)
    words.add("--region", value: region)
    return words.words
  }
}

extension SelectionOptions {
  /// The options that were given.
  var words: [String] {
    var words = OptionWords()
    words.add("--filetypes", filetypes)
    words.add("--calib_levels", calibLevels)
    words.add("--level", level)
    words.add("--product-type", productType)
    words.add("--sca", sca)
    words.add("--detector", detector)
    words.add("--filter", filter)
    words.add("--rights", rights)
    words.add("--guidestars", if: guidestars)
    words.add("--guidestar_data_only", if: guidestarsOnly)
    words.add("--obsid_select", obsidSelect)
    words.add("--obsid_list", obsidList)
    return words.words
  }
}

extension LayoutOptions {
  /// The options that were given and say where files go below the root.
  var words: [String] {
    var words = OptionWords()
    words.add("--skip_propID2outsubdir", if: skipProgramFolder)
    words.add("--obsnum2outsubdir=no", if: observationFolder == .no)
    words.add("--propIDs_obsnum2outsubdir", observationFolderPrograms)
    words.add("--jpg_separate_subdir=no", if: pictureFolder == .no)
    words.add("--layout", value: layout)
    return words.words
  }
}
