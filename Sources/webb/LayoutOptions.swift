import ArgumentParser
import MASTArchive

/// Where files go; the spellings are those of `jwst_mast_query`.
struct LayoutOptions: ParsableArguments {
  @Option(help: "Root folder of the files. Default: $JWSTDOWNLOAD_OUTDIR, else the current folder.")
  var outrootdir: String?

  @Option(help: "A folder below the root.")
  var outsubdir: String?

  @Flag(name: .customLong("skip_propID2outsubdir"), help: "No folder per programme.")
  var skipProgramFolder = false

  @Option(name: .customLong("obsnum2outsubdir"), help: "A folder per observation number: yes or no.")
  var observationFolder = YesNo.yes

  @Option(name: .customLong("jpg_separate_subdir"), help: "A folder jpg for pictures: yes or no.")
  var pictureFolder = YesNo.yes

  /// The layout these options describe.
  var layout: OutputLayout {
    var root = outrootdir ?? Environment["JWSTDOWNLOAD_OUTDIR"] ?? "."
    if let outsubdir { root += "/" + outsubdir }
    var layout = OutputLayout(root: Environment.absolutePath(root))
    layout.programFolder = !skipProgramFolder
    layout.observationFolder = observationFolder == .yes
    layout.pictureFolder = pictureFolder == .yes
    return layout
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
