import MASTArchive
import SkyGeometry
import Reports
import Testing

@testable import webb

/// What the drop-in programs make of command lines and configuration files.
@Suite struct DropInParametersTests {
  private func settings(_ arguments: [String], _ file: String? = nil, token: String? = nil) throws -> DropInSettings {
    let variables = ["WHO": "me", "WHOM": "you", "OUT": "/data"]
    let configuration = try file.map {
      try DropInConfiguration($0, file: "c.cfg", expansion: VariableExpansion { variables[$0] })
    }
    return DropInSettings(
      arguments: try DropInArguments(arguments, for: .download), configured: configuration?.values ?? [:], token: token)
  }

  private func parameters(_ arguments: [String], _ file: String? = nil) throws -> DropInParameters {
    try DropInParameters(.download, try settings(arguments, file))
  }

  private func message(_ arguments: [String], _ file: String? = nil) -> String {
    do {
      _ = try parameters(arguments, file)
      return ""
    } catch {
      return (error as? Failure)?.message ?? "\(error)"
    }
  }

  @Test(arguments: [
    (["--propID", "1410"], ["1410"]), (["--propid=1410"], ["1410"]), (["--propid", "01410", "3"], ["01410", "3"]),
    (["-propID", "1410"], ["1410"]), (["--prop-ID", "1410", "--propID", "5"], ["5"]),
  ])
  func spellings(arguments: [String], words: [String]) throws {
    #expect(try settings(arguments)["propID"].words == words)
  }

  @Test func letters() throws {
    let settings = try settings(["-nvvf", "uncal", "rate", "-l-5", "-d=59430+", "-s", "tab"])
    #expect(settings["skipdownload"].words == ["true"])
    #expect(settings["verbose"].words == ["2"])
    #expect(settings["filetypes"].words == ["uncal", "rate"])
    #expect(settings["lookbacktime"].words == ["-5"])
    #expect(settings["date_select"].words == ["59430+"])
    #expect(settings["savetables"].words == ["tab"])
  }

  @Test func aNegativeNumberIsAWord() throws {
    #expect(try settings(["-l", "-5", "-d", "59430-"])["lookbacktime"].words == ["-5"])
  }

  @Test func ownOptionsDoNotMakeBeginningsAmbiguous() throws {
    #expect(try settings(["--mas", "obsid"])["mastcolumns_obsTable"].words == ["obsid"])
    #expect(try settings(["--j", "yes"])["jpg_separate_subdir"].words == ["yes"])
    #expect(try settings(["--jo", "2"])["jobs"].words == ["2"])
  }

  @Test(arguments: [
    (["--webpage", "1"], "can mean"), (["--obsnum", "1"], "can mean"), (["--prop", "1"], "can mean"),
    (["--filetyps", "x"], "Did you mean --filetypes"),
    (["-x"], "no option -x"), (["stray"], "belongs to no option"), (["--obsnums"], "needs a value"),
    (["--login", "me"], "needs 2 values"), (["--propID", "abc"], "not a whole number"),
    (["--sca", "a9"], "--sca: \"a9\""), (["--instrument", "nircan"], "Did you mean nircam"),
    (["--Nobs_per_batch", "0"], "--Nobs_per_batch: 0"), (["--obsmode", "ifu", "-i", "nircam"], "no mode ifu"),
    (["--outcolumns_productTable", "obsId", "filetyp"], "Did you mean obsID"), (["-e", "9", "5"], "9 is greater"),
    (["--sortcols_productTable", "dl_code"], "no column dl_code"), (["-f", "_(rate"], "regular expression"),
    (["--mastcolumns_obsTable", "obsid"], "proposal_id is needed"),
    (["--obsnum2outsubdir", "perhaps"], "neither yes nor no"),
  ])
  func wrongUse(arguments: [String], words: String) {
    #expect(message(arguments).contains(words))
  }

  @Test(arguments: [
    ("propID: 1410\nlookbak: 3\n", "c.cfg, line 2: there is no setting lookbak. Did you mean lookbacktime?"),
    ("calib_levels: [1, two]\n", "c.cfg, line 1: calib_levels: \"two\" is not a whole number."),
    ("\n\nlookbacktime:\n", "c.cfg, line 3: lookbacktime: a number of days is needed"),
    ("outsubdir: [a]\n", "c.cfg, line 1: outsubdir takes one value, not a list."),
    ("outsubdir: $NOBODY\n", "c.cfg, line 1: outsubdir uses $NOBODY"),
    ("propID: 1\npropID: 2\n", "stands twice"), ("# nothing\n", "holds no settings"), ("- 1\n", "is no setting"),
    ("token: abc\n  x: [\n", "line 2: this is no YAML"), ("webpage_thumbnail_width: 1\n", "webpage_thumbnails_width"),
    ("webpage_thumbnails_width: wide\n", "line 1: webpage_thumbnails_width"),
  ])
  func wrongSettings(file: String, words: String) {
    #expect(message([], file).contains(words), "\(message([], file))")
  }

  @Test func aMessageDoesNotShowTheToken() {
    #expect(!message([], "token: \"secret-word\n").contains("secret-word"))
  }

  @Test(arguments: [
    ("propID: 01410\nobsnums: [007, 010]\n", 1410, [7, 10]), ("propID: '01410'\nobsnums: '3'\n", 1410, [3]),
    ("propID: [1138, 4, 5]\n", 1138, [4, 5]), ("prop_id: 1138\n", 1138, []),
  ])
  func numbersAreDecimal(file: String, program: Int, obsnums: [Int]) throws {
    let parameters = try parameters([], file)
    #expect(parameters.programNumber == program)
    #expect(parameters.obsnums == obsnums)
  }

  @Test(arguments: [
    ("2021-08-11", ["2021-08-11"]), ("2021-08-11 16:49:49", ["2021-08-11T16:49:49"]), ("59437", ["59437"]),
    ("2021-08-11  2021-08-13", ["2021-08-11", "2021-08-13"]), ("[59437.0, '59439']", ["59437.0", "59439"]), ("", []),
  ])
  func datesStayAsWritten(value: String, words: [String]) throws {
    #expect(try parameters([], "date_select: \(value)\n").dateSelect == words)
  }

  @Test(arguments: [
    ("$OUT/x", "/data/x"), ("${OUT}x", "/datax"), ("$WHO-$WHOM", "me-you"), ("a$", "a$"), ("${WHO", "${WHO"),
    ("$-", "$-"),
  ])
  func variables(value: String, text: String) throws {
    #expect(try settings([], "outsubdir: '\(value)'\n").text("outsubdir") == text)
    // The shell has had its turn at the command line.
    #expect(try settings(["--outsubdir", value]).text("outsubdir") == value)
  }

  @Test func anUnsetRootIsTheCurrentFolder() throws {
    let configuration = try DropInConfiguration(
      "outrootdir: $JWSTDOWNLOAD_OUTDIR\n", file: "c.cfg", expansion: VariableExpansion { _ in nil })
    #expect(configuration.values["outrootdir"]?.words == nil)
    #expect(configuration.notes.first?.contains("$JWSTDOWNLOAD_OUTDIR") ?? false)
  }

  @Test func theCommandLineWins() throws {
    let file = "lookbacktime: 30\nfiletypes: [uncal]\nclobber: True\ntoken: b\n"
    #expect(try parameters(["-l", "1.0"], file).lookback == 1)
    #expect(try parameters([], file).lookback == 30)
    #expect(try settings(["-f", "fits"], file).words("filetypes") == ["fits"])
    #expect(try settings(["--clobber=no"], file).truth("clobber") == false)
    #expect(try settings([], file, token: "a").text("token") == "b")
    #expect(try settings(["--token", "c"], file, token: "a").text("token") == "c")
    #expect(try settings([], "filetypes:\n").words("filetypes") == [])
    #expect(try parameters(["-l", "3"], "date_select: 59437\n").dateSelect == [])
    #expect(try parameters(["-l", "3", "-d", "59430"], "date_select: 59437\n").dateSelect == ["59430"])
  }

  @Test func numbersOfAnotherProgrammeAreLeftOut() throws {
    let file = "propID: 1138\nobsnums: 4\n"
    #expect(try parameters(["--propID", "1409"], file).obsnums == [])
    #expect(try parameters(["--propID", "01138"], file).obsnums == [4])
    #expect(try parameters(["--propID", "1409"], "obsnums: 4\n").obsnums == [4])
    #expect(try parameters(["--propID", "1409", "3"], file).obsnums == [3])
    #expect(try parameters(["--obsnums", "7"], "propID: [1138, 4]\n").obsnums == [7])
  }

  @Test(arguments: [("False", false), ("no", false), ("'off'", false), ("yes", true), ("1", true), ("", false)])
  func booleansAreBooleans(value: String, answer: Bool) throws {
    #expect(try settings([], "obsnum2outsubdir: \(value)\n").truth("obsnum2outsubdir") == answer)
  }

  @Test func limitsOfNumbers() throws {
    #expect(try parameters(["-e", "5", "9"]).selection.obsidLimits == 5...9)
    #expect(try parameters(["-e", "5+"]).selection.obsidLimits == 5...(.max))
    #expect(try parameters(["-e", "5-"]).selection.obsidLimits == Int64.min...5)
    #expect(try parameters([], "obsid_select: 5\nobsid_list: 7\n").selection.obsidLimits == 5...5)
    #expect(try parameters([], "obsid_list: 7\n").selection.obsids == [7])
  }

  @Test func modesTheInstrumentDoesNotHaveAreLeftOut() throws {
    let parameters = try parameters(["-i", "nircam", "--obsmode", "ifu", "Image"])
    #expect(parameters.modes == ["IMAGE"])
    #expect(parameters.notes.first?.contains("ifu") ?? false)
  }

  @Test func pages() throws {
    #expect(try parameters([]).webPages == nil)
    let options = try #require(try parameters(["-w"], "webpage_thumbnails_width: 64\n").webPages)
    #expect(options.thumbnailWidth == 64 && options.thumbnailHeight == nil && options.makesThumbnails)
    #expect(options.keywords.first == "TARG_RA")
    #expect(try !parameters(["-w", "--webpage_mkthumbnails", "False"]).webPages!.makesThumbnails)
    let query = DropInSettings(
      arguments: try DropInArguments([], for: .query), configured: try settings([], "makewebpages: True\n").configured,
      token: nil)
    #expect(try DropInParameters(.query, query).webPages == nil)
  }

  @Test func downloadOptionsAreNotForQueries() {
    #expect(throws: Failure.self) { try DropInArguments(["-n"], for: .query) }
    #expect(throws: Failure.self) { try DropInArguments(["--clobber"], for: .query) }
  }

  @Test(arguments: [
    (["/usr/bin/jwst_download.py", "-n"], DropInProgram.download, ["-n"]), (["jwst_query"], .query, []),
    (["webb", "jwst_download", "-v"], .download, ["-v"]), (["./webb", "jwst_query.py"], .query, []),
  ])
  func programs(commandLine: [String], program: DropInProgram, arguments: [String]) throws {
    let found = try #require(DropInProgram.requested(by: commandLine))
    #expect(found.program == program && found.arguments == arguments)
  }

  @Test func otherCommandsAreWebbs() {
    #expect(DropInProgram.requested(by: ["webb", "mast", "query"]) == nil)
    #expect(DropInProgram.requested(by: ["webb"]) == nil)
  }
}
