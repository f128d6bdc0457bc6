import Downloads
import Holdings
import MASTArchive
import Mirroring
import SkyGeometry

/// What the archive lists for the questions of a directory. Only here does sync ask MAST.
struct MirrorCatalogue {
  var entries: [MirrorEntry] = []
  /// What went wrong: refused names, services that did not answer.
  var problems: [String] = []

  /// Asks all questions.
  /// - Throws: when a question is not answered in full; there is no catalogue then.
  static func asking(
    _ questions: [SearchOptions], layout: OutputLayout, client: MASTClient, talk: TalkOptions, now: ModifiedJulianDate
  ) async throws -> MirrorCatalogue {
    var catalogue = MirrorCatalogue()
    for question in questions {
      let plan = try await MASTSearch(search: question, layout: layout, talk: talk, now: now).run(client)
      catalogue.problems += plan.refusals.values.map(\.description).sorted()
      let (versions, failure) = await FileVersions.asking(plan, client: client)
      if let failure {
        try Task.checkCancellation()
        catalogue.problems.append(
          "The archive did not say which versions its files have, so reprocessed ones may go unnoticed: \(Failure.sentence(failure))"
        )
      }
      for (index, entry) in plan.selection.products.enumerated() where plan.refusals[index] == nil {
        let name = entry.product.productFilename ?? ""
        let version = versions[name]
        var mark = version?.mark ?? FileMark()
        mark.size = mark.size ?? entry.product.size
        catalogue.entries.append(
          MirrorEntry(
            name: name, path: String(plan.destinations[index].dropFirst(layout.root.count + 1)),
            uri: entry.product.dataURI ?? "mast:JWST/product/" + name, mark: mark, rights: entry.product.dataRights,
            releaseDate: version?.releaseDate))
      }
    }
    return catalogue
  }
}

/// Which versions of FITS files the keyword services have, by file name.
struct FileVersions {
  var mark: FileMark
  /// When the file becomes public, MJD UTC.
  var releaseDate: Double?

  private init(_ row: [String: Cell]) {
    mark = FileMark(
      size: row["fileSize"]?.integerValue.flatMap { (0...(1 << 42)).contains($0) ? $0 : nil },
      md5: row["checksum"]?.textValue, archiveFileID: row["ArchiveFileID"]?.integerValue,
      ingestDate: row["ingestCompletionDate_mjd"]?.realValue)
    releaseDate = row["publicReleaseDate_mjd"]?.realValue
  }

  /// Asks the services of a plan's products one after the other.
  /// - Returns: the versions, and the first reason why a service gave none.
  static func asking(
    _ plan: DownloadPlan, client: MASTClient
  ) async -> (versions: [String: FileVersions], failure: (any Error)?) {
    var versions: [String: FileVersions] = [:]
    var failure: (any Error)?
    for source in plan.checksumSources(Array(plan.selection.products.indices)) {
      let request = InvokeRequest(
        service: source.service.serviceName,
        columns: [
          source.service.filenameColumn, "checksum", "fileSize", "ArchiveFileID", "ingestCompletionDate_mjd",
          "publicReleaseDate_mjd",
        ],
        filters: [InvokeFilter("program", .values([String(source.program)]))])
      do {
        for row in try await client.rows(answering: request) {
          if let name = row[source.service.filenameColumn]?.textValue { versions[name] = FileVersions(row) }
        }
      } catch { failure = failure ?? error }
    }
    return (versions, failure)
  }
}
