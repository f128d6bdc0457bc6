import Downloads
import TAP
public import TableIO

/// The files of an observation.
public struct ProductListing: Sendable {
  /// The planes they belong to.
  public var planes: PlaneSelection
  /// The files.
  public var products: [ArchiveProduct]
  /// The archive's rows about them; `nil` when the observation has no plane of the wanted level and nothing was asked.
  public var table: Table?
}

extension ESAArchive {
  /// Chooses the planes of an observation whose files are wanted.
  ///
  /// The first question finds the planes of the highest level. When others are wanted, two more find those of the same
  /// observation and of its members, however many planes there are.
  /// - Parameters:
  ///   - observationID: the observation, compared exactly.
  ///   - level: the levels that are wanted.
  /// - Throws: ``ESAArchiveError``: `.badCriteria`, `.notFound`, `.levelTooHigh`; `TAPError`; `CancellationError`.
  public func planes(of observationID: String, level: ProductLevel = .all) async throws -> PlaneSelection {
    try CriteriaText.check(observationID, "observationID")
    try level.validate()
    let found = try await withLayout { try await lookUp(ArchiveStatement.planes(of: observationID, layout: $0)) }
    let rows: [PlaneRow] = try zip(
      column("planeid", of: found, as: String.self), column("calibrationlevel", of: found, as: Int.self)
    ).compactMap { id, level in
      guard let id, !id.isEmpty, let level else { return nil }
      return PlaneRow(id: id, level: level)
    }
    var selection = try PlaneSelection(observationID: observationID, level: level, planes: rows)
    if selection.isComplete { return selection }
    let siblings = try await lookUp(ArchiveStatement.siblings(of: selection.planeIDs, level: level))
    let members = try await lookUp(ArchiveStatement.memberPlanes(of: selection.planeIDs, level: level))
    let ids = try [siblings, members].flatMap {
      try column("product_planeid", of: $0, as: String.self).compactMap(\.self)
    }
    selection.planeIDs = ids.filter { !$0.isEmpty }.withoutRepetition
    return selection
  }

  /// Lists the files of an observation.
  ///
  ///     let listing = try await archive.products(of: "jw01063107001_02101_00001_nrca3", level: .level(2), type: .science)
  ///     for product in listing.products { print(product.fileName ?? product.artifactID) }
  ///
  /// - Parameters:
  ///   - observationID: the observation, compared exactly.
  ///   - level: the levels that are wanted.
  ///   - type: what the files must be for; anything when `nil`.
  /// - Throws: ``ESAArchiveError``: `.badCriteria` before anything is asked, `.notFound`, `.levelTooHigh`; `TAPError`;
  ///   `CancellationError`.
  public func products(
    of observationID: String, level: ProductLevel = .all, type: ArtifactType? = nil
  ) async throws -> ProductListing {
    try ArtifactType.validate(type.map { [$0] } ?? [])
    let planes = try await planes(of: observationID, level: level)
    if planes.planeIDs.isEmpty { return ProductListing(planes: planes, products: [], table: nil) }
    let table = try await lookUp(ArchiveStatement.products(of: planes.planeIDs, type: type))
    return ProductListing(planes: planes, products: table.compactMap { ArchiveProduct($0) }, table: table)
  }

  /// What the archive knows of a file.
  /// - Parameter artifactID: its database key.
  /// - Throws: ``ESAArchiveError``: `.badCriteria`, `.notFound`; `TAPError`; `CancellationError`.
  public func product(artifactID: String) async throws -> ArchiveProduct {
    try CriteriaText.check(artifactID, "artifactID")
    return try await product("artifactid", artifactID)
  }

  /// What the archive knows of a file.
  /// - Parameter fileName: its name.
  /// - Throws: ``ESAArchiveError``: `.badCriteria`, `.notFound`; `TAPError`; `CancellationError`.
  public func product(fileName: String) async throws -> ArchiveProduct {
    try CriteriaText.check(fileName, "fileName")
    return try await product("filename", fileName)
  }

  /// Asks once what the archive tells of the files of planes. One that does not tell is no fault: fewer files are verified.
  func listedFiles(of planes: [String]) async throws -> ListedFiles {
    guard configuration.asksForChecksums else { return ListedFiles() }
    do {
      return ListedFiles(try await lookUp(ArchiveStatement.checksums(of: planes)))
    } catch  where error is TAPError || error is ESAArchiveError {
      try Task.checkCancellation()
      return ListedFiles()
    }
  }

  private func product(_ column: String, _ value: String) async throws -> ArchiveProduct {
    let table = try await lookUp(ArchiveStatement.artifact(column, value))
    guard let product = table.lazy.compactMap({ ArchiveProduct($0) }).first else {
      throw ESAArchiveError(
        .notFound,
        "The archive has no file whose \(column) is '\(value)'; list the observation's products to see its files.",
        subject: value)
    }
    return product
  }
}

extension ArchiveProduct {
  /// Reads a row about a file, with whichever columns it has; `nil` without a key.
  init?(_ row: TableRow) {
    guard let id: String = row["artifactid"], !id.isEmpty else { return nil }
    func text(_ name: String) -> String? {
      let text: String? = row[name]
      return text.flatMap { $0.isEmpty ? nil : $0 }
    }
    self.init(
      artifactID: id, fileName: text("filename"), uri: text("uri"), contentType: text("contenttype"),
      productType: text("producttype").map(ArtifactType.init(rawValue:)), calibrationLevel: row["calibrationlevel"],
      isPublic: row["public"], size: row["contentlength"], checksum: text("contentchecksum").flatMap(Self.checksum))
  }

  /// A checksum as the archive writes it, `md5:…`. Source: CAOM 2.4, class Artifact.
  static func checksum(_ text: String) -> Checksum? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[0].lowercased() == "md5", parts[1].utf8.count == 32,
      parts[1].allSatisfy({ $0.isASCII && $0.isHexDigit })
    else { return nil }
    return .md5(parts[1])
  }
}
