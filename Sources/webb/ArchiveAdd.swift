import ArgumentParser
import Foundation
import LocalArchive
import TableIO

struct ArchiveAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Take JWST files on disk into a local archive.",
    discussion: """
      Copies FITS files of JWST into the archive, with their keywords, their footprints (S_REGION, or the outline of the image
      from its world coordinates) and their MD5. Adding a file again replaces it. What cannot be taken is named, and the
      others are added all the same.

        webb archive add --archive DIR jw01410020001_02101_00001_nrca1_cal.fits
        webb archive add --archive DIR downloads/*.fits
      """)

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  @Argument(help: "FITS files; their names are those that the archive gave them.")
  var files: [String]

  func run() throws {
    if location.archive == "sample" {
      throw Failure.usage("The sample archive is made, not added to: name a folder of your own with --archive.")
    }
    let store = try ArchiveStore.create(at: Environment.absolutePath(location.archive))
    let progress = CountProgress(label: "Files", total: files.count, isSilent: talk.quiet)
    let today = try location.clock.date()
    var added: [StoredFile] = []
    var refused: [String] = []
    for (index, path) in files.map(Environment.absolutePath).enumerated() {
      do throws(LocalArchiveError) {
        added.append(try store.addFITSFile(path: path, on: today))
      } catch {
        refused.append(error.description)
      }
      progress.show(index + 1)
    }
    progress.finish()
    for reason in refused { Console.report("Skipped \(reason)") }
    Console.print(talk.json ? json(added, refused).jsonText : "\(added.count) files added, \(refused.count) skipped.")
    if !refused.isEmpty { throw ExitCode(1) }
  }

  private func json(_ added: [StoredFile], _ refused: [String]) -> JSONValue {
    .object([
      "added": .array(
        added.map {
          .object(["name": .string($0.name), "size": .integer($0.size), "md5": $0.md5.map { .string($0) } ?? .null])
        }),
      "skipped": .array(refused.map { .string($0) }),
    ])
  }
}
