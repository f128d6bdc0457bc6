import ArgumentParser

/// Which archive to talk to.
struct ConnectionOptions: ParsableArguments {
  @Option(
    name: .customLong("mast-url"),
    help:
      "Address of MAST or of anything that speaks its protocol (also WEBB_MAST_URL). Default: https://mast.stsci.edu")
  var mastURL: String?

  @Option(
    help: ArgumentHelp(
      "A local archive to use in place of MAST; 'sample' makes a small one with made-up data first. It is served inside the process and asked over HTTP.",
      valueName: "dir|sample"))
  var archive: String?

  @Option(
    help:
      "MAST token for exclusive-access data. Better: set MAST_API_TOKEN, which other users of the machine cannot see.")
  var token: String?

  @OptionGroup var clock: ClockOptions

  func validate() throws {
    if mastURL != nil && archive != nil { throw ValidationError("--mast-url and --archive exclude each other.") }
  }
}
