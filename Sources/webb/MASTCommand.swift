import ArgumentParser

struct MASTCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mast",
    abstract: "Search and download JWST data at MAST, or in a local archive that speaks its protocol.",
    subcommands: [MASTQuery.self, MASTDownload.self, MASTSync.self, MASTVerify.self, MASTToken.self])
}
