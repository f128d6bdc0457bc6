public import Downloads
import HTTPTransport
import TableIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension ESAArchive {
  /// Fetches one file by its key, its name, or both.
  ///
  ///     let file = try await archive.downloadProduct(fileName: "jw00601004001_02102_00001_nrcb1_uncal.fits", into: "data")
  ///
  /// With one of the two the archive is asked about the file first, and what it tells of size and checksum is verified; with
  /// both nothing is asked, and the file is called as the caller says.
  /// - Parameters:
  ///   - artifactID: the file's key.
  ///   - fileName: the file's name.
  ///   - folder: where it goes; made where it is missing.
  ///   - events: told what happens, from several threads; the key is the `id`.
  /// - Throws: ``ESAArchiveError``: `.badCriteria` without either, `.unsafeName`, `.notFound`, `.privateData` with the
  ///   archive's words, `.download`; `TAPError`; `CancellationError`.
  public func downloadProduct(
    artifactID: String? = nil, fileName: String? = nil, into folder: String,
    events: @escaping @Sendable (DownloadEvent) -> Void = { _ in }
  ) async throws -> DeliveredFile {
    if let fileName { _ = try Self.safeName(fileName) }
    try CriteriaText.check(artifactID, "artifactID")
    let found: ArchiveProduct
    switch (artifactID, fileName) {
    case (let id?, let name?): found = ArchiveProduct(artifactID: id, fileName: name)
    case (let id?, nil): found = try await product(artifactID: id)
    case (nil, let name?):
      found = try await product(fileName: name)
    case (nil, nil):
      throw ESAArchiveError.badCriteria(
        "artifactID", "Neither artifactID nor fileName is given; say which file to fetch.")
    }
    return try await download(found, as: fileName, into: folder, events: events)
  }

  /// Fetches one file.
  ///
  /// The file gets its name when it is complete and agrees with what is known of it. Gzip data keep their form: the ending
  /// `.gz` is added where the name has none, and size and checksum are then compared with the inflated content.
  /// - Parameters:
  ///   - product: the file, from ``products(of:level:type:)`` or ``product(fileName:)``.
  ///   - name: what to call it; as the archive calls it when left out.
  ///   - folder: where it goes; made where it is missing.
  ///   - events: told what happens, from several threads; the key is the `id`.
  /// - Throws: ``ESAArchiveError``: `.unsafeName`, `.notFound`, `.privateData` with the archive's words, `.download`;
  ///   `CancellationError`.
  public func download(
    _ product: ArchiveProduct, as name: String? = nil, into folder: String,
    events: @escaping @Sendable (DownloadEvent) -> Void = { _ in }
  ) async throws -> DeliveredFile {
    let name = try Self.safeName(name ?? product.fileName ?? product.artifactID)
    let item = item(for: product, named: name, in: folder)
    let outcome = await downloads.run([item], events: events)[0]
    switch outcome.result {
    case .downloaded(let bytes, let isVerified, _):
      var file = DeliveredFile(path: item.destination, size: bytes, checksum: item.checksum, isVerified: isVerified)
      try file.rename(DeliveredName.marked(name, firstBytes: try firstBytes(of: file)))
      return file
    case .failed(let error):
      guard [.wrongSize, .wrongChecksum].contains(error.kind), !name.lowercased().hasSuffix(".gz"),
        let file = try await compressed(product, item, events)
      else { throw ESAArchiveError.delivery(error, of: name) }
      return file
    }
  }

  private func item(for product: ArchiveProduct, named name: String, in folder: String) -> DownloadItem {
    let form = FormBody([
      "RETRIEVAL_TYPE": "PRODUCT", "TAPCLIENT": configuration.clientTag, "ARTIFACTID": product.artifactID,
    ])
    var rule = ContentRule(fileName: name)
    rule.allowsGzip = true
    return DownloadItem(
      id: product.artifactID, url: dataURL, form: form, destination: DestinationPath(folder + "/" + name).path,
      expectedSize: product.size, checksum: product.checksum, contentRule: rule, label: name)
  }

  /// A file that is not what the archive says may be gzip of what it says: fetched under that name, inflated, compared.
  private func compressed(
    _ product: ArchiveProduct, _ item: DownloadItem, _ events: @escaping @Sendable (DownloadEvent) -> Void
  ) async throws -> DeliveredFile? {
    var packed = item
    packed.destination += ".gz"
    packed.expectedSize = nil
    packed.checksum = nil
    packed.contentRule = ContentRule(signature: [0x1F, 0x8B])
    let outcome = await downloads.run([packed], events: events)[0]
    guard case .downloaded(let bytes, _, _) = outcome.result else { return nil }
    let agrees = try? InflatedContent.agrees(packed.destination, size: product.size, checksum: product.checksum)
    guard agrees == true else {
      unlink(packed.destination)
      return nil
    }
    return DeliveredFile(path: packed.destination, size: bytes, isVerified: product.checksum != nil)
  }

  private func firstBytes(of file: DeliveredFile) throws(ESAArchiveError) -> [UInt8] {
    do throws(TableIOError) { return try file.firstBytes() } catch {
      throw ESAArchiveError(.download, error.message, subject: file.path, cause: error)
    }
  }
}
