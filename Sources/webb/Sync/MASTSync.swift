import ArgumentParser
import MASTArchive
import Mirroring
import SkyGeometry

struct MASTSync: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring a directory in step with the archive, and keep it so.",
    discussion: """
      Fetches what is new, replaces what was reprocessed (told by MD5, ArchiveFileID and ingest date, not by size) and mends
      what is damaged. The directory remembers what was asked: later runs need no search options, and further ones add
      to it. Files that another download has left are taken over; files of your own are never touched. The exit code is 0 when the directory is in
      step; exclusive files are told with their day of release and count as failed only when there is nothing else.

        webb mast sync /data/jwst --propID 2731 --filetypes cal i2d
        webb mast sync /data/jwst
        webb mast sync /data/jwst --watch 6h --keep-versions
        webb mast sync /data/jwst --into ~/jwst-archive
      """)

  @Argument(help: "The directory; it is made where it is missing.")
  var directory: String

  @OptionGroup(title: "Sync") var options: SyncOptions
  @OptionGroup var question: SyncQuestion
  @OptionGroup(title: "Files") var layout: LayoutOptions
  @OptionGroup(title: "Archive") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if directory.isEmpty { throw ValidationError("The name of the directory is empty.") }
    if layout.outrootdir != nil || layout.outsubdir != nil {
      throw ValidationError("The files go into the directory itself: leave out --outrootdir and --outsubdir.")
    }
    if layout.savetables != nil || layout.skipCheckFilesize || question.search.planned {
      throw ValidationError(
        "A directory in step holds verified files, neither tables nor plans: leave out --savetables, --skip_check_filesize and --planned."
      )
    }
  }

  func run() async throws {
    let folder = Environment.absolutePath(directory)
    let memory = try SyncMemory(folder: folder, isReadOnly: options.dryRun)
    let connection = try memory.connection(connection, talk: talk)
    let layout = try memory.layout(layout)
    let questions = try memory.questions(question, now: connection.clock.date())
    let round = SyncRound(
      folder: folder, store: memory.writable, questions: questions, layout: layout, options: options, talk: talk)
    let isInStep = try await connection.withClient(talk: talk) { client, _ in
      try await rounds(client) { try await round.run(client, now: try connection.clock.date()) }
    }
    if !isInStep { throw ExitCode(1) }
  }

  /// One round, or with `--watch` one after the other until stopped.
  private func rounds(_ client: MASTClient, _ round: () async throws -> MirrorReport) async throws -> Bool {
    while true {
      var isInStep = false
      do {
        let report = try await round()
        SyncReport(folder: Environment.absolutePath(directory), archive: client.configuration.baseURL, report: report)
          .print(talk)
        isInStep = report.isInStep
      } catch  where options.watch != nil && !Task.isCancelled && Failure.exitCode(error) != 2 {
        Console.report("Error: \(Failure.sentence(error))")
      }
      guard let watch = options.watch, !Task.isCancelled else { return isInStep }
      let next = ModifiedJulianDate(rawValue: Environment.now.rawValue + Double(watch.seconds) / 86_400)
      talk.say("The next round is in \(watch.text), at \(next.isoText(fractionDigits: 0)) UTC; Ctrl-C ends it.")
      do { try await Task.sleep(for: .seconds(watch.seconds)) } catch { return isInStep }
    }
  }
}
