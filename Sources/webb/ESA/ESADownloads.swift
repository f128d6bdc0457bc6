import ArgumentParser
import Downloads
import ESAArchive
import Synchronization
import TableIO

/// Where files from ESA go.
struct ESAFolderOptions: ParsableArguments {
  @Option(name: .customLong("output-dir"), help: "Folder for the files.")
  var outputFolder = "."

  /// The folder as an absolute path.
  var folder: String { Environment.absolutePath(outputFolder) }
}

/// Where the files of observations go, and whether those that are there count.
struct ESADownloadOptions: ParsableArguments {
  @OptionGroup var output: ESAFolderOptions

  @Flag(help: "Fetch again what an earlier run has fetched for the same question.")
  var clobber = false

  /// The folder as an absolute path.
  var folder: String { output.folder }
}

/// Kinds of files, several with commas or blanks between them.
struct ESATypesOptions: ParsableArguments {
  @Option(
    name: .customLong("product-type"), parsing: .upToNextOption,
    help: "Only files of these kinds: info, thumbnail, auxiliary, science, preview.")
  var productTypes: [String] = []

  var types: [ArtifactType] {
    productTypes.flatMap { $0.split(separator: ",") }.map { ArtifactType(rawValue: $0.lowercased()) }
  }
}

struct ESAProduct: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "product", abstract: "Download one file, by its name or by its key in the archive.",
    discussion: """
      Length, and the checksum where the archive knows one, are verified before the file gets its name. Its path is printed.

        webb esa product --file-name jw00601004001_02102_00001_nrcb1_uncal.fits
        webb esa product --artifact-id 00000000-0000-0000-9335-09ff0e02f06b
      """)

  @Option(name: .customLong("artifact-id"), help: "Key of the file, from webb esa products.") var artifactID: String?
  @Option(name: .customLong("file-name"), help: "Name of the file; together with a key, the name to give it.")
  var fileName: String?
  @OptionGroup(title: "Files") var output: ESAFolderOptions
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if artifactID == nil, fileName == nil { throw ValidationError("Give --file-name or --artifact-id.") }
  }

  func run() async throws {
    let (id, name, folder, display) = (artifactID, fileName, output.folder, ArrivalDisplay(talk: talk))
    let file = try await service.withArchive(talk: talk) {
      try await $0.downloadProduct(artifactID: id, fileName: name, into: folder) { display.show($0) }
    }
    display.finish()
    DeliveredFiles.tell([file], talk: talk)
  }
}

struct ESADownload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "download", abstract: "Download the files of an observation into a folder of its own.",
    discussion: """
      Archives are unpacked while they arrive, and a file gets its name only when all are complete. The files' paths are printed.

        webb esa download jw00777011001_02104_00001_nrcblong --product-type science
      """)

  @Argument(help: "Identifier of the observation.") var observation: String
  @OptionGroup(title: "Files") var options: ESAProductOptions
  @OptionGroup(title: "Files") var types: ESATypesOptions
  @OptionGroup(title: "Files") var download: ESADownloadOptions
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let (observation, level, types, download) = (observation, try options.level(), types.types, download)
    let display = ArrivalDisplay(talk: talk)
    let done = try await service.withArchive(talk: talk) {
      try await $0.downloadObservation(
        observation, level: level, types: types, into: download.folder, refetches: download.clobber
      ) { display.show($0) }
    }
    display.finish()
    if done.wasThere { talk.say("All was there already; --clobber fetches it again.") }
    DeliveredFiles.tell(done.files, talk: talk)
  }
}

struct ESAProgram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "program", abstract: "Download the files of all observations of a programme, a folder for each.",
    discussion: """
      An observation that fails, because its data are private for example, does not stop the others; the exit code is 1 then.
      Run again, it fetches only what is not there yet.

        webb esa program 6651 --product-type preview --output-dir data
      """)

  @Argument(help: "Programme number.") var proposal: String
  @OptionGroup(title: "Files") var options: ESAProductOptions
  @OptionGroup(title: "Files") var types: ESATypesOptions
  @OptionGroup(title: "Files") var download: ESADownloadOptions
  @Option(help: "Observations fetched at once.") var jobs = 2
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if !(1...16).contains(jobs) { throw ValidationError("--jobs \(jobs) is not between 1 and 16.") }
  }

  func run() async throws {
    let (proposal, level, types, download, jobs) = (proposal, try options.level(), types.types, download, jobs)
    let (talk, display) = (talk, ArrivalDisplay(talk: talk))
    let outcomes = try await service.withArchive(talk: talk) {
      try await $0.downloadProgramme(
        proposal, level: level, types: types, into: download.folder, concurrency: jobs, refetches: download.clobber
      ) { event in
        switch event {
        case .found(let ids):
          talk.say("Programme \(proposal) has \(ids.count) observation\(ids.count == 1 ? "" : "s").")
        case .transfer(let event): display.show(event)
        case .finished(let outcome, let done, let total):
          display.clear()
          let end = outcome.error.map { "failed: \(Failure.sentence($0))" } ?? (outcome.wasThere ? "was there" : "done")
          outcome.error == nil
            ? talk.say("[\(done)/\(total)] \(outcome.observationID) \(end)")
            : Console.report("[\(done)/\(total)] \(outcome.observationID) \(end)")
        }
      }
    }
    display.finish()
    if outcomes.isEmpty { throw Failure(message: "The archive knows no observation of programme \(proposal).") }
    DeliveredFiles.tell(outcomes.flatMap { (try? $0.result.get().files) ?? [] }, talk: talk)
    let failed = outcomes.filter { $0.error != nil }
    if failed.isEmpty { return }
    let hidden = failed.filter(\.isPrivate).count
    throw Failure(
      message: "\(failed.count) of \(outcomes.count) observation\(outcomes.count == 1 ? "" : "s") failed"
        + (hidden > 0
          ? ", \(hidden) of them because their data are private: log in (webb esa login) and give your MAST token (webb esa token)."
          : "; run the command again."))
  }
}

/// The list of what was fetched.
enum DeliveredFiles {
  static func tell(_ files: [DeliveredFile], talk: TalkOptions) {
    if talk.json {
      Console.print(JSONValue.array(files.map(object)).jsonText)
    } else {
      for file in files { Console.print(Console.safe(file.path)) }
    }
    let bytes = files.reduce(0) { $0 + $1.size }
    let verified = files.filter(\.isVerified).count
    talk.say(
      "\(files.count) file\(files.count == 1 ? "" : "s"), \(ByteCount.text(bytes))"
        + (verified > 0 ? ", \(verified) of them verified by checksum." : "."))
  }

  private static func object(_ file: DeliveredFile) -> JSONValue {
    .object([
      "path": .string(file.path), "size": .integer(file.size),
      "checksum": file.checksum.map { .string("\($0)") } ?? .null,
      "verified": .boolean(file.isVerified),
    ])
  }
}

/// The progress of transfers whose number and size nobody knows beforehand: bytes received.
final class ArrivalDisplay: Sendable {
  private let held = Mutex<[String: Int64]>([:])
  private let progress: CountProgress

  init(talk: TalkOptions) { progress = CountProgress(label: "Kilobytes received", isSilent: talk.quiet) }

  func show(_ event: DownloadEvent) {
    guard case .received(let id, let bytes) = event else { return }
    let total = held.withLock { held in
      held[id] = bytes
      return held.values.reduce(0, +)
    }
    progress.show(Int(total / 1000))
  }

  func clear() { progress.finish() }

  func finish() { progress.finish() }
}
