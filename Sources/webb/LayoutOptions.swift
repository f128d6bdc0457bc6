import ArgumentParser
import MASTArchive

/// Where files go; the spellings are those of `jwst_mast_query` where it has the option.
struct LayoutOptions: ParsableArguments {
  @Option(help: "Root folder of the files. Default: $JWSTDOWNLOAD_OUTDIR, else the current folder.")
  var outrootdir: String?

  @Option(help: "A folder below the root.")
  var outsubdir: String?

  @Flag(name: .customLong("skip_propID2outsubdir"), help: "No folder per programme.")
  var skipProgramFolder = false

  @Option(name: .customLong("obsnum2outsubdir"), help: "A folder per observation number: yes or no.")
  var observationFolder = YesNo.yes

  @Option(
    name: .customLong("propIDs_obsnum2outsubdir"), parsing: .upToNextOption,
    help: "Programmes that get a folder per observation number in any case.")
  var observationFolderPrograms: [Int] = []

  @Option(name: .customLong("jpg_separate_subdir"), help: "A folder jpg for pictures: yes or no.")
  var pictureFolder = YesNo.yes

  @Option(
    help: ArgumentHelp(
      "A pattern in place of these folders, for example '{program}/{obsnum}/{detector}/{file}'; also {visit} {instrument} {filter} {level} {suffix} {ext} {type} {obs_id}.",
      valueName: "pattern"))
  var layout: String?

  @Flag(
    name: .customLong("skip_check_filesize"),
    help: "Take a file of the right name for the right file, whatever its size.")
  var skipCheckFilesize = false

  @Option(
    name: .shortAndLong,
    help: "Write the three tables to NAME.selprod.txt, NAME.obs.txt and NAME.summary.txt below the root.")
  var savetables: String?

  func validate() throws {
    do { _ = try outputLayout() } catch let error as MASTArchiveError { throw ValidationError(error.message) }
  }

  /// The layout these options describe.
  func outputLayout() throws -> OutputLayout {
    var root = outrootdir ?? Environment["JWSTDOWNLOAD_OUTDIR"] ?? "."
    if let outsubdir { root += "/" + outsubdir }
    var output = OutputLayout(root: Environment.absolutePath(root))
    output.programFolder = !skipProgramFolder
    output.observationFolder = observationFolder == .yes
    output.programsWithObservationFolder = Set(observationFolderPrograms)
    output.pictureFolder = pictureFolder == .yes
    output.template = try layout.map { try PathTemplate($0) }
    return output
  }
}

/// An answer, spelled as users of `jwst_mast_query` spell it.
enum YesNo: String, ExpressibleByArgument, CaseIterable {
  case yes, no

  init?(argument: String) {
    switch argument.lowercased() {
    case "yes", "true", "on", "1", "y", "t": self = .yes
    case "no", "false", "off", "0", "n", "f": self = .no
    default: return nil
    }
  }
}
