import GRDB
import SkyGeometry

@testable import LocalArchive
@testable import SampleData

/// The rows of the sample archive; its files hold their names alone.
struct SampleCatalogue {
  private let folder = ArchiveFolder()
  let store: ArchiveStore
  let contents = rows

  /// Puts the sample into an archive.
  /// - Parameter add: how; all at once unless given.
  init(add: (ArchiveStore, ArchiveContents) throws -> Void = { try $0.add($1) }) throws {
    store = try ArchiveStore.create(at: folder.path)
    try add(store, contents)
  }

  private static let rows: ArchiveContents = {
    let folder = ArchiveFolder()
    let sample = try! SampleArchive(.init(epoch: ModifiedJulianDate(iso: "2026-01-15")!))
      .write(to: folder.path, programmes: nil, isSketch: true)
    return ArchiveContents(
      observations: sample.observations, products: sample.products, keywordRows: sample.keywordRows,
      files: sample.files.map {
        StoredFile(name: $0.name, relativePath: $0.relativePath, size: $0.size, md5: $0.md5)
      }, previousVersions: sample.previousVersions)
  }()
}

extension ArchiveStore {
  func int(_ sql: String) throws -> Int { try read { try Int.fetchOne($0, sql: sql) ?? -1 } }
  func texts(_ sql: String) throws -> [String?] { try read { try (String?).fetchAll($0, sql: sql) } }

  /// All rows of a table as text, without keys of the database's own.
  func dump(_ table: ArchiveSchema.Table) throws -> [String] {
    let columns = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    return try read { db in
      try Row.fetchAll(db, sql: "SELECT \(columns) FROM \"\(table.name)\"").map { row in
        row.databaseValues.map(\.description).joined(separator: "|")
      }.sorted()
    }
  }
}
