import ArgumentParser

/// How a directory is brought in step.
struct SyncOptions: ParsableArguments {
  @Flag(name: .customLong("keep-versions"), help: "Keep replaced versions beside the new ones, as NAME.vNUMBER.fits.")
  var keepVersions = false

  @Flag(
    name: .customLong("delete-gone"),
    help: "Remove files that the archive has withdrawn, unless they have been changed. Without it they stay.")
  var deleteGone = false

  @Flag(help: "Read every file again, also where nothing seems to have touched it.")
  var verify = false

  @Flag(name: .customLong("dry-run"), help: "Only tell what would be done; nothing is written or remembered.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Go on until stopped, with a pause between the rounds: 30s, 15m, 6h, 1d.", valueName: "interval"))
  var watch: WatchInterval?

  @Option(
    help: ArgumentHelp(
      "Put rows and files into this local archive too (made where it is missing), to ask and serve them with webb archive. Where the disk allows it, files are shared and take no more room.",
      valueName: "dir"))
  var into: String?

  @Option(help: "Files fetched at once.")
  var jobs = 4

  func validate() throws {
    if !(1...64).contains(jobs) { throw ValidationError("--jobs \(jobs) is not between 1 and 64.") }
    if into == "" || into == "sample" { throw ValidationError("--into names a folder of your own for the archive.") }
    if watch != nil && dryRun { throw ValidationError("--watch and --dry-run exclude each other.") }
  }
}

/// A pause between rounds: a number with s, m, h or d; a number alone is seconds.
struct WatchInterval: ExpressibleByArgument, Equatable {
  /// As it was written.
  var text: String
  var seconds: Int

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = argument.last.flatMap { units[$0] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard let count = Int(digits), count > 0,
      case let (seconds, isTooMuch) = count.multipliedReportingOverflow(by: unit ?? 1),
      !isTooMuch, seconds <= 366 * 86_400
    else { return nil }
    text = argument
    self.seconds = seconds
  }
}
