import ArgumentParser
import Holdings
import MASTArchive

/// Which files of the observations; the spellings are those of `jwst_mast_query` where it has the option.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, parsing: .upToNextOption,
    help:
      "File types: fits or jpg for all of them, suffixes like uncal, rate.jpg, asn.json, wildcards like 'rate*' or '*.jpg', a regular expression like '/_(rate|cal)\\.fits$/', or all. Default: fits, and all with --product-type."
  )
  var filetypes: [String] = []

  @Option(name: .customLong("calib_levels"), parsing: .upToNextOption, help: "Calibration levels: 1 (uncal), 2, 3.")
  var calibLevels: [Int] = []

  @Option(
    parsing: .upToNextOption, help: "Levels of processing: 1b, 2a (rate), 2b (cal), 2c (crf), 3, or 2 for all of 2.")
  var level: [String] = []

  @Option(
    name: .customLong("product-type"), parsing: .upToNextOption,
    help: "Kinds of products: science, preview, thumbnail, info, auxiliary.")
  var productType: [String] = []

  @Option(
    parsing: .upToNextOption,
    help:
      "Detectors: a1..a4 along b1..b4 blong (NIRCam), nis, nrs1 nrs2, mirimage mirifulong mirifushort, guider1 guider2."
  )
  var sca: [String] = []

  @Option(parsing: .upToNextOption, help: "Detectors as file names spell them, for example nrca1; the same as --sca.")
  var detector: [String] = []

  @Option(parsing: .upToNextOption, help: "Optical elements, for example F200W, GRISMR, 'F4*'.")
  var filter: [String] = []

  @Option(parsing: .upToNextOption, help: "Data rights: public, exclusive, restricted.")
  var rights: [String] = []

  @Flag(help: "List guide-star files too; they easily outnumber the science files.")
  var guidestars = false

  @Flag(name: .customLong("guidestar_data_only"), help: "List guide-star files alone.")
  var guidestarsOnly = false

  @Option(
    name: [.customShort("e"), .customLong("obsid_select")], parsing: .upToNextOption,
    help: "Numbers of observations in the archive (obsid): one, one with + or - at its end, or the first and the last.")
  var obsidSelect: [String] = []

  @Option(
    name: .customLong("obsid_list"), parsing: .upToNextOption, help: "Numbers of observations in the archive (obsid).")
  var obsidList: [Int64] = []

  private static let levels = ["1", "1a", "1b", "2", "2a", "2b", "2c", "3", "4"]
  private static let productTypes = ["science", "preview", "thumbnail", "info", "auxiliary"]

  func validate() throws {
    try check("--level", level, Self.levels)
    try check("--product-type", productType, Self.productTypes)
    try check("--rights", rights, DataRights.words)
    for (option, words) in [("--sca", sca), ("--detector", detector)] {
      for word in words where Detector(sca: word) == nil {
        throw ValidationError("\(option) \(word) is not one of \(Detector.allCases.map(\.sca).joined(separator: " ")).")
      }
    }
    do { _ = try criteria() } catch let error as MASTArchiveError { throw ValidationError(error.message) }
  }

  private func check(_ option: String, _ words: [String], _ known: [String]) throws {
    for word in words where !known.contains(word.lowercased()) {
      throw ValidationError("\(option) \(word) is not one of \(known.joined(separator: " ")).")
    }
  }

  /// The conditions that these options make.
  func criteria() throws -> SelectionCriteria {
    var criteria = SelectionCriteria()
    criteria.guideStars = guidestarsOnly ? .only : guidestars ? .with : .without
    criteria.calibrationLevels = calibLevels
    criteria.processingLevels = level.map { $0.lowercased() }
    criteria.productTypes = productType
    let types = filetypes.isEmpty ? [productType.isEmpty ? "fits" : "all"] : filetypes
    criteria.fileTypes = try types.map { try FileTypePattern(parsing: $0) }
    criteria.detectors = (sca + detector).compactMap(Detector.init(sca:))
    criteria.opticalElements = filter
    criteria.rights = rights
    criteria.obsids = obsidList
    if !obsidSelect.isEmpty { criteria.obsidLimits = try obsidRange() }
    return criteria
  }

  private func obsidRange() throws -> ClosedRange<Int64> {
    let words = obsidSelect
    let isOpen = words.count == 1 && (words[0].hasSuffix("+") || words[0].hasSuffix("-"))
    let numbers = words.compactMap { Int64(isOpen ? $0.dropLast() : $0[...]) }
    guard numbers.count == words.count, let first = numbers.first, let last = numbers.last, numbers.count <= 2,
      first <= last
    else {
      throw ValidationError(
        "--obsid_select takes one number, which may end in + or -, or two in order, not \(words.joined(separator: " "))."
      )
    }
    guard isOpen else { return first...last }
    return words[0].hasSuffix("+") ? first...Int64.max : Int64.min...last
  }
}
