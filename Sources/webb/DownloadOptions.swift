import ArgumentParser

/// How to download.
struct DownloadOptions: ParsableArguments {
  @Flag(help: "Fetch files again that are there already; the old ones stay until the new ones are whole.")
  var clobber = false

  @Flag(name: [.customShort("n"), .customLong("skipdownload")], help: "Only list.")
  var skipdownload = false

  @Option(help: "Files fetched at once.")
  var jobs = 4

  @Flag(name: .shortAndLong, help: "Do not ask before downloading.")
  var yes = false

  func validate() throws {
    if !(1...64).contains(jobs) { throw ValidationError("--jobs \(jobs) is not between 1 and 64.") }
  }
}
