public import HTTPTransport

/// Fetches many files at once: each into `NAME.part`, checked, and only then under its final name.
///
/// A file that fails does not stop the others, and a run that is cancelled, or killed, goes on where it was when it is run again.
public struct DownloadQueue: Sendable {
  /// How to fetch.
  public struct Configuration: Sendable {
    /// How many files at a time.
    public var concurrency = 4
    /// How often and when to try again; attempts that bring a file forward do not count as failed.
    public var retryPolicy = RetryPolicy()
    /// How long to wait for what.
    public var timeouts = Timeouts(responseHead: .seconds(120))
    /// Time and chance.
    public var pacing = Pacing.system
    /// Whether known digests are compared.
    public var verifiesChecksums = true
    /// Bytes that may still be written on the disk of a folder; `nil` when it cannot be told.
    public var freeSpace: @Sendable (_ folder: String) -> Int64? = { FileSystem.freeSpace($0) }
    /// A fault to act on before each write (bytes, offset), as an `errno`; for tests.
    package var writeFault: @Sendable (_ count: Int, _ offset: Int64) -> Int32? = { _, _ in nil }

    /// Four files at a time, five attempts each, everything checked.
    public init() {}
  }

  private let transport: any Transport
  private let configuration: Configuration

  /// A queue that fetches through a transport.
  public init(transport: any Transport, configuration: Configuration = Configuration()) {
    self.transport = transport
    self.configuration = configuration
  }

  /// Checks that what is still to fetch has room on its disk, as far as sizes are known.
  /// - Throws: `DownloadsError` of kind `.diskFull` with the numbers.
  public func checkSpace(_ items: [DownloadItem]) throws(DownloadsError) {
    var needs: [UInt64: (folder: String, bytes: Int64)] = [:]
    for item in items {
      let place = DestinationPath(item.destination)
      guard let size = item.expectedSize, let disk = FileSystem.nearestDirectory(place.directory) else { continue }
      let missing = max(0, size - FileSystem.size(of: place.part))
      let sum = needs[disk.device, default: (disk.path, 0)].bytes.addingReportingOverflow(missing)
      needs[disk.device] = (disk.path, sum.overflow ? .max : sum.partialValue)
    }
    for (folder, bytes) in needs.values {
      guard let free = configuration.freeSpace(folder), bytes > free else { continue }
      throw DownloadsError(
        .diskFull, file: folder,
        "The files need \(bytes) bytes more and the disk has room for \(free); make room or choose fewer files.")
    }
  }

  /// Fetches files.
  /// - Parameters:
  ///   - items: the files; no two may have the same destination.
  ///   - events: told what happens, from several threads; it must be quick.
  /// - Returns: what became of each item, in their order.
  public func run(
    _ items: [DownloadItem], events: @escaping @Sendable (DownloadEvent) -> Void = { _ in }
  ) async -> [DownloadOutcome] {
    let items = items.map { item in
      var item = item
      if !configuration.verifiesChecksums { item.checksum = nil }
      return item
    }
    var outcomes: [DownloadOutcome?] = refusals(of: items)
    let accepted = items.indices.filter { outcomes[$0] == nil }
    for outcome in outcomes { if let outcome { events(.finished(outcome)) } }

    // Told once, and from then on no further file is begun.
    let fullDisk = Locked<DownloadsError?>(nil)
    @Sendable func note(_ error: DownloadsError) {
      let isNews = fullDisk.withLock { known in
        defer { known = known ?? error }
        return known == nil
      }
      if isNews { events(.diskFull(error)) }
    }
    do throws(DownloadsError) { try checkSpace(accepted.map { items[$0] }) } catch { note(error) }

    let addresses = AddressBook()
    await withTaskGroup(of: (Int, DownloadOutcome).self) { group in
      var next = accepted.makeIterator()
      func add() {
        guard let index = next.next() else { return }
        let item = items[index]
        group.addTask {
          let outcome: DownloadOutcome
          if var error = fullDisk.withLock({ $0 }) {
            (error.file, error.url) = (item.destination, item.url)
            outcome = DownloadOutcome(item: item, result: .failed(error), attempts: 0, duration: .zero)
          } else {
            outcome = await FileFetch(
              item: item, transport: transport, configuration: configuration, events: events, addresses: addresses
            ).run()
          }
          if let error = outcome.error, error.kind == .diskFull { note(error) }
          events(.finished(outcome))
          return (index, outcome)
        }
      }
      for _ in 0..<max(1, configuration.concurrency) { add() }
      for await (index, outcome) in group {
        outcomes[index] = outcome
        add()
      }
    }
    return outcomes.compactMap { $0 }
  }

  /// The outcomes of items that cannot be fetched at all.
  private func refusals(of items: [DownloadItem]) -> [DownloadOutcome?] {
    var taken: Set<String> = []
    return items.map { item in
      guard let error = objection(to: item, &taken) else { return nil }
      return DownloadOutcome(item: item, result: .failed(error), attempts: 0, duration: .zero)
    }
  }

  private func objection(to item: DownloadItem, _ taken: inout Set<String>) -> DownloadsError? {
    let place = DestinationPath(item.destination)
    do throws(DownloadsError) {
      _ = try SafeFileName(place.name)
    } catch { return error }
    if !taken.insert(place.normal).inserted {
      return DownloadsError(
        .duplicateDestination, file: item.destination, url: item.url,
        "An earlier file of this run has the same destination; choose another name or folder for one of them.")
    }
    if FileSystem.isDirectory(place.path) {
      return DownloadsError(
        .fileSystem, file: item.destination, url: item.url, "A folder has the name of the file; move it away.")
    }
    if let checksum = item.checksum, !checksum.isWellFormed {
      return DownloadsError(
        .wrongChecksum, file: item.destination, url: item.url,
        "What the catalogue gives as the file's checksum is none; run without verification to fetch it all the same.")
    }
    return nil
  }
}
