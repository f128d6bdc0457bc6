public import Downloads

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Fetches an archive and unpacks it while it arrives.
///
/// The archive goes to `NAME.part` with all that a transfer has: attempts, resuming, verification. Its members get their places only when the
/// whole archive is there and proper. A run that is cut off goes on where the archive's bytes ended when it is run again; one that could not
/// unpack for want of room or the like goes on with the archive that it has left.
public struct ArchiveFetch: Sendable {
  /// How to unpack.
  public var unpacker: ArchiveUnpacker
  /// Whether the archive stays beside its files; otherwise it is removed.
  public var keepsArchive: Bool
  /// Whether an answer that is one file and no archive is good too.
  public var acceptsSingleFile: Bool
  private let queue: DownloadQueue

  /// Describes a fetch.
  /// - Parameters:
  ///   - queue: what fetches.
  ///   - unpacker: how to unpack.
  ///   - keepsArchive: whether the archive stays beside its files.
  ///   - acceptsSingleFile: whether an answer that is one file and no archive is good too. It gets the name that the server gives it, or that of
  ///     the item's destination.
  public init(
    queue: DownloadQueue, unpacker: ArchiveUnpacker = ArchiveUnpacker(), keepsArchive: Bool = false,
    acceptsSingleFile: Bool = true
  ) {
    self.queue = queue
    self.unpacker = unpacker
    self.keepsArchive = keepsArchive
    self.acceptsSingleFile = acceptsSingleFile
  }

  /// Fetches an archive and unpacks it.
  /// - Parameters:
  ///   - item: the archive; its destination is where it is kept while it is needed.
  ///   - folder: where the files go; made where it is missing.
  ///   - events: told of the transfer, from several threads; it must be quick. An archive that an earlier run has left counts as transferred.
  /// - Returns: the files in the order of the archive.
  /// - Throws: `DownloadsError` when the archive did not come, `UnpackingError` when it cannot be unpacked. No file of the archive has then got its
  ///   place. What is fault of the archive removes it; a fault here (a full disk) leaves what was fetched, for the next run.
  public func run(
    _ item: DownloadItem, into folder: String, events: @escaping @Sendable (DownloadEvent) -> Void = { _ in }
  ) async throws -> [UnpackedFile] {
    if let files = try await unpackKept(item, into: folder, events) { return files }
    let part = GrowingFile(path: item.destination + ".part")
    let (outcome, unpacked) = await both(item, part, folder, events)
    do throws(UnpackingError) {
      let files = try unpacked.get()
      removeArchive(of: item, besides: files)
      return files
    } catch {
      if let failure = outcome.error {
        // The unpacking may have ended because the transfer did, or the other way round.
        if [.source, .cancelled].contains(error.kind) || isSingleFile(error) { throw failure }
        if error.isFaultOfArchive { PartFile.discard(for: item.destination) }
        throw error
      }
      if isSingleFile(error) { return [try await placeSingleFile(item, outcome.fileName, folder)] }
      if error.isFaultOfArchive { removeArchive(of: item) }
      throw error
    }
  }

  /// Unpacks an archive that an earlier run has fetched and could not unpack.
  /// - Returns: its files; `nil` when there is no such archive, or it is of no use and has been removed.
  private func unpackKept(
    _ item: DownloadItem, into folder: String, _ events: @Sendable (DownloadEvent) -> Void
  ) async throws -> [UnpackedFile]? {
    guard let kept = KeptArchive(of: item) else {
      if KeptArchive.isNoted(for: item) { removeArchive(of: item) }
      return nil
    }
    events(.started(id: item.id, label: item.label, held: kept.size))
    events(
      .finished(
        DownloadOutcome(
          item: item, result: .downloaded(bytes: kept.size, checksumVerified: false, resumedFrom: kept.size),
          fileName: kept.fileName, attempts: 0, duration: .zero)))
    do throws(UnpackingError) {
      let files = try await unpacker.unpack(GrowingFile(completeAt: item.destination), into: folder)
      removeArchive(of: item, besides: files)
      return files
    } catch {
      if isSingleFile(error) { return [try await placeSingleFile(item, kept.fileName, folder)] }
      guard error.isFaultOfArchive else { throw error }
      removeArchive(of: item)
      return nil
    }
  }

  private enum Ending: Sendable {
    case fetched(DownloadOutcome)
    case unpacked(Result<[UnpackedFile], UnpackingError>)
  }

  /// Fetches and unpacks side by side; what fails first ends the other.
  private func both(
    _ item: DownloadItem, _ part: GrowingFile, _ folder: String, _ events: @escaping @Sendable (DownloadEvent) -> Void
  ) async -> (DownloadOutcome, Result<[UnpackedFile], UnpackingError>) {
    await withTaskGroup(of: Ending.self) { group in
      group.addTask { .fetched(await fetch(item, part, events)) }
      group.addTask {
        do throws(UnpackingError) {
          return .unpacked(.success(try await unpacker.unpack(part, into: folder)))
        } catch {
          return .unpacked(.failure(error))
        }
      }
      let notRun = DownloadsError(.cancelled, file: item.destination, url: item.url, "The transfer was not run.")
      var outcome = DownloadOutcome(item: item, result: .failed(notRun), attempts: 0, duration: .zero)
      var unpacked: Result<[UnpackedFile], UnpackingError> = .failure(.cancelled)
      for await ending in group {
        switch ending {
        case .fetched(let ended): outcome = ended
        case .unpacked(let ended):
          unpacked = ended
          // There is no use for the rest of an archive that is refused.
          if case .failure(let error) = ended, !isSingleFile(error) { group.cancelAll() }
        }
      }
      return (outcome, unpacked)
    }
  }

  private func fetch(
    _ item: DownloadItem, _ part: GrowingFile, _ events: @escaping @Sendable (DownloadEvent) -> Void
  ) async -> DownloadOutcome {
    let outcome = await queue.run([item]) { event in
      switch event {
      case .started(_, _, let held), .received(_, let held): part.grow(to: held)
      case .restarting: part.restart()
      default: break
      }
      events(event)
    }[0]
    switch outcome.result {
    case .failed(let error): part.fail(error)
    case .downloaded(let bytes, _, _):
      KeptArchive(item: item, size: bytes, fileName: outcome.fileName).write(for: item)
      part.finish()
    }
    return outcome
  }

  private func isSingleFile(_ error: UnpackingError) -> Bool { acceptsSingleFile && error.kind == .notAnArchive }

  private func placeSingleFile(
    _ item: DownloadItem, _ fileName: String?, _ folder: String
  ) async throws -> UnpackedFile {
    let path = item.destination
    var status = stat()
    if lstat(path, &status) == 0, status.st_size == 0 {
      removeArchive(of: item)
      throw UnpackingError(.notAnArchive, file: path, "The server sent an empty file in place of an archive.")
    }
    let name = try SafeFileName(fileName ?? path.split(separator: "/").last.map(String.init) ?? "")
    let file = try await unpacker.place(GrowingFile(completeAt: path), as: name, into: folder)
    removeArchive(of: item, besides: [file])
    return file
  }

  /// Removes the archive and its note, unless one of its own files has got its place.
  private func removeArchive(of item: DownloadItem, besides files: [UnpackedFile] = []) {
    KeptArchive.forget(item)
    var archive = stat()
    guard !keepsArchive, lstat(item.destination, &archive) == 0 else { return }
    for file in files {
      var status = stat()
      if lstat(file.path, &status) == 0, status.st_ino == archive.st_ino, status.st_dev == archive.st_dev { return }
    }
    unlink(item.destination)
  }
}
