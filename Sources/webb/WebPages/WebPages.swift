import Foundation
import Holdings
import MASTArchive
import Reports
import SkyGeometry

/// The last step of a run: the pages of the programmes selected, and the page over all programmes of the tree.
enum WebPages {
  /// Makes the pages, whether files were downloaded, were there already, or are only listed. What cannot be made is told and
  /// does not stop the rest.
  /// - Parameters:
  ///   - options: what the pages show.
  ///   - plan: the products selected; what is on disk is looked at anew.
  ///   - root: the root of the download tree, an absolute path.
  ///   - now: when the pages are made.
  ///   - talk: how much to say.
  /// - Returns: whether every page could be made.
  static func make(
    _ options: WebPageOptions, plan: DownloadPlan, root: String, now: ModifiedJulianDate, talk: TalkOptions
  ) -> Bool {
    let folder = PageFolder(root: root, options: options, date: now)
    var isWhole = true
    func make(_ work: () throws -> Void) {
      do { try work() } catch {
        isWhole = false
        Console.report("Failed: web page: \(error)")
      }
    }
    for record in ProgrammeRecord.records(of: plan, root: root) where !Task.isCancelled {
      make {
        let progress = CountProgress(
          label: "Web page of programme \(record.program)", total: record.files.count, isSilent: talk.quiet)
        defer { progress.finish() }
        let outcome = try folder.add(record) {
          PageFile(found: $0, program: record.program)
        } progress: { done, total in
          progress.show(done, of: total)
          return !Task.isCancelled
        }
        progress.finish()
        tell(outcome.problems, talk)
        try writeTable(outcome.record, in: folder, talk)
        talk.say("Web page: \(outcome.page)")
      }
    }
    make {
      let (page, problems) = try folder.writeTopPage()
      tell(problems, talk)
      talk.say("All programmes: \(page)")
    }
    return isWhole
  }

  private static func writeTable(_ record: ProgrammeRecord, in folder: PageFolder, _ talk: TalkOptions) throws {
    let place = folder.folder(of: record.program)
    let path = place + "/" + record.program + ".products.txt"
    let table = ProgrammeTable(record: record, options: folder.options, folder: place)
    do { try Data(table.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw ReportsError(.unwritable, "It cannot be written (\(error.localizedDescription)).", file: path)
    }
  }

  /// Files that could not be looked into: a few by name, the others by their number.
  private static func tell(_ problems: [ReportsError], _ talk: TalkOptions) {
    let shown = talk.verbose > 0 ? problems.count : 5
    for problem in problems.prefix(shown) { talk.say("Note: no picture or keywords of \(problem)") }
    if problems.count > shown {
      talk.say("Note: the same of \(problems.count - shown) more files; -v names them.")
    }
  }
}

extension MASTClient {
  /// The observations that match, with titles, names and footprints for the pages.
  ///
  /// An archive that does not have these columns is asked again without them.
  func observationsForPages(matching criteria: ObservationCriteria) async throws -> [Observation] {
    var wider = criteria
    wider.furtherColumns += ["target_name", "proposal_pi", "obs_title", "filters", "s_region"]
    do { return try await observations(matching: wider) } catch let error as MASTArchiveError
      where error.kind == .refused
    {
      return try await observations(matching: criteria)
    }
  }
}

extension WebPageArguments {
  /// Makes the pages, if they are asked for.
  /// - Returns: whether every page could be made.
  func make(plan: DownloadPlan, root: String, now: ModifiedJulianDate, talk: TalkOptions) -> Bool {
    guard makewebpages, !plan.selection.products.isEmpty else { return true }
    return WebPages.make(options, plan: plan, root: root, now: now, talk: talk)
  }
}
