import Holdings
import MASTArchive
import Reports
import SkyGeometry

/// What a run of a drop-in program is to do: built-in values, configuration file, environment and command line made one.
struct DropInParameters {
  let program: DropInProgram
  let settings: DropInSettings
  /// What the user should know of how the parameters came about.
  private(set) var notes: [String] = []

  // What to find.
  let instruments: [Instrument]
  private(set) var modes: [String] = []
  private(set) var programNumber: Int?
  private(set) var obsnums: [Int] = []
  let lookback: Double
  let dateSelect: [String]
  private(set) var selection = SelectionCriteria()

  // What to do with it.
  let columns: TableColumns
  let checksDisk: Bool
  let comparesSizes: Bool
  let skipsDownload: Bool
  /// The pages asked for, `nil` for none.
  let webPages: WebPageOptions?

  /// Makes parameters of what was given.
  /// - Parameters:
  ///   - program: the program that runs.
  ///   - settings: all values with their places.
  ///   - notes: what reading the configuration file has shown.
  /// - Throws: a usage error that names the place of a value that makes no sense.
  init(_ program: DropInProgram, _ settings: DropInSettings, notes: [String] = []) throws(Failure) {
    self.program = program
    self.settings = settings
    self.notes = notes
    instruments = try Self.instruments(settings)
    columns = try TableColumns(settings)
    checksDisk = try !settings.truth("skip_check_if_outfile_exists")
    comparesSizes = try !settings.truth("skip_check_filesize")
    skipsDownload = try settings.truth("skipdownload")
    // jwst_query makes pages only when its command line asks for them; the key in a shared file is for the other program.
    let wantsPages = program == .download || settings.isOnCommandLine("makewebpages")
    let pages = try WebPageOptions(settings)
    let asksForPages = try settings.truth("makewebpages")
    webPages = wantsPages && asksForPages ? pages : nil

    guard let days = settings.text("lookbacktime").flatMap({ Double($0) }), !days.isNaN, abs(days) < 1e7 else {
      throw settings.failure("lookbacktime", "a number of days is needed; 0 searches all dates.")
    }
    lookback = days
    let dates = settings.words("date_select")
    if !dates.isEmpty, settings.isOnCommandLine("lookbacktime"), !settings.isOnCommandLine("date_select") {
      self.notes.append(
        "--lookbacktime of the command line counts, not date_select (\(settings["date_select"].source)).")
      dateSelect = []
    } else {
      dateSelect = dates
    }
    _ = try settings.integer("Nobs_per_batch", in: 1...100_000)
    if settings["login"].words != nil { self.notes.append("--login has no effect: MAST knows its users by --token.") }
    try readModes()
    try readNumbers()
    try readSelection()
    // Found wrong now rather than when the search is over.
    _ = try layout { $0 }
  }

  private static func instruments(_ settings: DropInSettings) throws(Failure) -> [Instrument] {
    try settings.words("instrument").map { word throws(Failure) in
      // As there: the command line takes the words as listed, the file any case.
      let name = settings.isOnCommandLine("instrument") ? word : word.lowercased()
      guard let instrument = Instrument(rawValue: name) else {
        let names = Instrument.allCases.map(\.rawValue)
        throw settings.failure(
          "instrument",
          "\"\(word)\" is not one of \(names.joined(separator: " ")).\(NearestName.question(word, among: names))")
      }
      return instrument
    }
  }

  /// Modes that the instrument does not have are left out, as the Python tool does, unless none is left.
  private mutating func readModes() throws(Failure) {
    let candidates = instruments.isEmpty ? Instrument.allCases : instruments
    let known = Set(candidates.flatMap(ObservationMode.modes))
    let wanted = settings.words("obsmode").map { $0.uppercased() }
    modes = wanted.filter(known.contains)
    guard let unknown = wanted.first(where: { !known.contains($0) }) else { return }
    let names = candidates.map(\.rawValue).joined(separator: ", ")
    if modes.isEmpty {
      let words = known.sorted().joined(separator: " ").lowercased()
      throw settings.failure(
        "obsmode",
        "\(names) has no mode \(unknown.lowercased()). \(words.isEmpty ? "It has none." : "There are: \(words).")")
    }
    notes.append("obsmode \(unknown.lowercased()) is left out: \(names) does not have it.")
  }

  /// The programme and the observation numbers. Numbers after the programme's are observation numbers.
  private mutating func readNumbers() throws(Failure) {
    let numbers = try settings.integers("propID")
    if let number = numbers.first {
      guard (1...99_999).contains(number) else {
        throw settings.failure("propID", "\(number) is not a programme number (1 to 99999).")
      }
      programNumber = number
    }
    obsnums = try settings.integers("obsnums")
    if let negative = obsnums.first(where: { $0 < 0 }) {
      throw settings.failure("obsnums", "\(negative) is not an observation number.")
    }
    let further = Array(numbers.dropFirst())
    if !further.isEmpty {
      if settings.isOnCommandLine("obsnums") && !settings.isOnCommandLine("propID") {
        notes.append(
          "--obsnums of the command line counts, not the numbers after propID (\(settings["propID"].source)).")
        return
      }
      if !obsnums.isEmpty {
        notes.append("The numbers after the programme's are observation numbers; obsnums is not used.")
      }
      obsnums = further
    } else if !obsnums.isEmpty, settings.isOnCommandLine("propID"), !settings.isOnCommandLine("obsnums"),
      let other = settings.configured["propID"]?.words?.first, Int(other) != programNumber
    {
      notes.append("obsnums (\(settings["obsnums"].source)) is not used: it is meant for programme \(other).")
      obsnums = []
    }
  }

  private mutating func readSelection() throws(Failure) {
    selection.guideStars =
      try settings.truth("guidestar_data_only") ? .only : try settings.truth("guidestars") ? .with : .without
    selection.calibrationLevels = try settings.integers("calib_levels")
    selection.fileTypes = try settings.words("filetypes").map { word throws(Failure) in
      do throws(MASTArchiveError) { return try FileTypePattern(expression: word) } catch {
        throw settings.failure("filetypes", error.message)
      }
    }
    selection.obsnums = obsnums
    selection.obsidLimits = try Self.limits(settings)
    selection.obsids = try settings.integers("obsid_list").map(Int64.init)
    selection.detectors = try Self.detectors(settings)
    selection.sortColumns = columns.productOrder
  }

  /// The detectors; the command line takes the words as listed, the file any case.
  private static func detectors(_ settings: DropInSettings) throws(Failure) -> [Detector] {
    let names = Detector.allCases.map(\.sca) + ["a5", "b5"]
    return try settings.words("sca").map { word throws(Failure) in
      let isListed = names.contains(word) || !settings.isOnCommandLine("sca")
      guard isListed, let detector = Detector(sca: word) else {
        throw settings.failure(
          "sca", "\"\(word)\" is not one of \(names.joined(separator: " ")).\(NearestName.question(word, among: names))"
        )
      }
      return detector
    }
  }

  private static func limits(_ settings: DropInSettings) throws(Failure) -> ClosedRange<Int64>? {
    let words = settings.words("obsid_select")
    guard let first = words.first else { return nil }
    let number = { (word: Substring) throws(Failure) -> Int64 in
      guard let number = Int64(word) else {
        throw settings.failure("obsid_select", "\"\(word)\" is not a whole number.")
      }
      return number
    }
    guard words.count < 3 else {
      throw settings.failure("obsid_select", "one number or two are needed, not \(words.count).")
    }
    if words.count == 2 {
      let (low, high) = (try number(first[...]), try number(words[1][...]))
      guard low <= high else { throw settings.failure("obsid_select", "\(low) is greater than \(high).") }
      return low...high
    }
    if first.hasSuffix("+") { return try number(first.dropLast())...(.max) }
    if first.hasSuffix("-") { return Int64.min...(try number(first.dropLast())) }
    let only = try number(first[...])
    return only...only
  }
}
