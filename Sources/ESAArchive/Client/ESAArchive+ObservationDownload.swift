public import Downloads
import HTTPTransport
import TableIO
import Unpacking

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The data of an observation, fetched.
public struct ObservationDownload: Sendable, Hashable {
  /// The planes whose files were asked for.
  public var planes: PlaneSelection
  /// The folder of the observation.
  public var folder: String
  /// The files in it that were fetched, in the archive's order.
  public var files: [DeliveredFile]
}

extension ESAArchive {
  /// Fetches the products of an observation into a folder of its own.
  ///
  /// The archive packs several files into one, which is unpacked while it arrives; a single file comes as it is, and keeps
  /// its name. Files appear only when all are complete, in the place of older ones of the same name. Compressed files stay
  /// compressed.
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
  ///   - checksums: what is known of files, by name; one that differs makes the whole download fail.
  ///   - events: told what happens, from several threads; the observation is the `id`.
  /// - Throws: ``ESAArchiveError``: `.badCriteria` and `.unsafeName` before anything is asked, `.notFound`, `.levelTooHigh`,
  ///   `.privateData` with the archive's words, `.download`; `TAPError`; `CancellationError`.
  public func downloadObservation(
    _ observationID: String, level: ProductLevel = .all, types: [ArtifactType] = [], into folder: String,
    checksums: [String: Checksum] = [:], events: @escaping @Sendable (DownloadEvent) -> Void = { _ in }
  ) async throws -> ObservationDownload {
    let name = try Self.safeName(observationID)
    let target = DestinationPath(folder + "/" + name).path
    try ArtifactType.validate(types)
    let planes = try await planes(of: observationID, level: level)
    guard !planes.planeIDs.isEmpty else {
      throw ESAArchiveError(
        .notFound, "Observation '\(observationID)' has no products of level \(level).", subject: observationID)
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
    let fetch = ArchiveFetch(queue: downloads, unpacker: ArchiveUnpacker(checksums: checksums))
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
      return ObservationDownload(planes: planes, folder: target, files: files)
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
