public import Downloads
import HTTPTransport
import TableIO
import Unpacking

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension ESAArchive {
  /// Fetches the products of an observation into a folder of its own.
  ///
  /// The archive packs several files into one, which is unpacked while it arrives; a single file comes as it is, and keeps
  /// its name. Files appear only when all are complete, in the place of older ones of the same name. Compressed files stay
  /// compressed.
  ///
  /// The archive is asked once for the checksums of the files, and what it tells is compared while they are unpacked. A hidden
  /// record beside the files tells a later run that they are complete; it fetches them again when one is missing or has another
  /// size, and when the archive now tells another checksum or size than it did.
  ///
  ///     let download = try await archive.downloadObservation(
  ///       "jw01063107001_02101_00001_nrca3", level: .level(2), types: [.science, .preview], into: "data")
  ///     for file in download.files { print(file.path) }
  ///
  /// - Parameters:
  ///   - observationID: the observation, compared exactly; also the name of the folder made for it.
  ///   - level: the levels that are wanted.
  ///   - types: what the files must be for; anything when empty.
  ///   - folder: where the observation's folder is, or will be.
  ///   - checksums: what is known of files, by name; goes before what the archive tells. One that differs makes the whole
  ///     download fail.
  ///   - refetches: whether files are fetched that an earlier run has left complete.
  ///   - events: told what happens, from several threads; the observation is the `id`.
  /// - Throws: ``ESAArchiveError``: `.badCriteria` and `.unsafeName` before anything is asked, `.notFound`, `.levelTooHigh`,
  ///   `.privateData` with the archive's words, `.download`; `TAPError`; `CancellationError`.
  public func downloadObservation(
    _ observationID: String, level: ProductLevel = .all, types: [ArtifactType] = [], into folder: String,
    checksums: [String: Checksum] = [:], refetches: Bool = false,
    events: @escaping @Sendable (DownloadEvent) -> Void = { _ in }
  ) async throws -> ObservationDownload {
    let name = try Self.safeName(observationID)
    let target = DestinationPath(folder + "/" + name).path
    try ArtifactType.validate(types)
    let planes = try await planes(of: observationID, level: level)
    guard !planes.planeIDs.isEmpty else {
      throw ESAArchiveError(
        .notFound, "Observation '\(observationID)' has no products of level \(level).", subject: observationID)
    }
    let known = try await listedFiles(of: planes.planeIDs)
    if let record = ObservationRecord(in: target), record.question == ObservationRecord.Question(planes, types) {
      if !refetches, let files = record.completeFiles(in: target, listed: known) {
        return ObservationDownload(planes: planes, folder: target, files: files, wasThere: true)
      }
      ObservationRecord.remove(from: target)
    }
    var form = FormBody([
      "RETRIEVAL_TYPE": "OBSERVATION", "TAPCLIENT": configuration.clientTag,
      "planeid": planes.planeIDs.joined(separator: ","), "calibrationlevel": planes.levelWord,
    ])
    if !types.isEmpty { form.append("product_type", types.map(\.word).joined(separator: ",")) }
    // What is under way is called so, which no folder of the archive is.
    let packed = name + "_all_products"
    let item = DownloadItem(
      id: observationID, url: dataURL, form: form, destination: target + "/" + packed,
      contentRule: .notHTML, label: observationID)
    let fetch = ArchiveFetch(
      queue: downloads, unpacker: ArchiveUnpacker(checksums: known.checksums.merging(checksums) { $1 }))
    do {
      let unpacked = try await fetch.run(item, into: target, events: events)
      guard !unpacked.isEmpty else {
        throw UnpackingError(.notAnArchive, file: target, "The archive holds no files.")
      }
      let files = try unpacked.map { file in
        var file = DeliveredFile(
          path: file.path, size: file.size, checksum: file.checksum, isVerified: file.isVerified)
        // Only a single file that the archive does not name is still called so.
        if unpacked.count == 1, file.name.hasPrefix(packed) {
          try file.rename(DeliveredName.ended(name, firstBytes: file.firstBytes()))
        }
        return file
      }
      ObservationRecord(question: .init(planes, types), files: files, in: target, listed: known).write(to: target)
      return ObservationDownload(planes: planes, folder: target, files: files, wasThere: false)
    } catch {
      // Goes away only when it is empty.
      rmdir(target)
      throw ESAArchiveError.delivery(error, of: observationID)
    }
  }

  /// Fetches data from the archive, with the login.
  var downloads: DownloadQueue {
    var settings = DownloadQueue.Configuration()
    settings.retryPolicy = configuration.retry
    settings.pacing = configuration.pacing
    settings.timeouts = configuration.dataTimeouts
    return DownloadQueue(transport: transport, configuration: settings)
  }

  /// A name from the user or the archive that becomes one of a file or folder.
  static func safeName(_ name: String) throws(ESAArchiveError) -> String {
    do throws(DownloadsError) { return try SafeFileName(name).text } catch {
      throw ESAArchiveError(.unsafeName, error.message, subject: name, cause: error)
    }
  }
}
