import ArgumentParser

/// The drop-in programs in the list of `webb`'s commands. Their command lines are read by ``DropInArguments``, before
/// `ArgumentParser` sees them: it knows neither several words behind a short option nor shortened names.
struct JWSTQueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: DropInProgram.query.rawValue, abstract: "jwst_query.py of jwst_mast_query, as webb does it.",
    discussion: "  webb jwst_query --help")

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

  func run() async throws { try await DropInRun.main(.query, arguments) }
}

struct JWSTDownloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: DropInProgram.download.rawValue, abstract: "jwst_download.py of jwst_mast_query, as webb does it.",
    discussion: "  webb jwst_download --help")

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

  func run() async throws { try await DropInRun.main(.download, arguments) }
}
