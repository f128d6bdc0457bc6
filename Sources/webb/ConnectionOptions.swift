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
      "MAST token for exclusive-access data. Better: webb mast token set, or MAST_API_TOKEN, which no list of processes or history of commands ever shows."
  )
  var token: String?

  @Option(
    name: .customLong("Nobs_per_batch"),
    help: "Observations per question to MAST's catalogue; fewer are asked for where it is too slow. Default: 40.")
  var batch: Int?

  @OptionGroup var clock: ClockOptions

  func validate() throws {
    if let batch, !(1...10_000).contains(batch) {
      throw ValidationError("--Nobs_per_batch \(batch) is not between 1 and 10000.")
    }
    if mastURL != nil && archive != nil { throw ValidationError("--mast-url and --archive exclude each other.") }
  }
}
