import Downloads
import TableIO

/// What the archive's table tells of files, by their names.
struct ListedFiles: Sendable, Hashable {
  /// The digests of contents.
  private(set) var checksums: [String: Checksum] = [:]
  /// The sizes, bytes.
  private(set) var sizes: [String: Int64] = [:]

  /// Nothing is told.
  init() {}

  /// Reads the rows, with whichever columns they have. A name with two contents tells nothing of either.
  init(_ table: Table) {
    var seen: [String: (checksum: Checksum?, size: Int64?)] = [:]
    var ambiguous: Set<String> = []
    for row in table {
      guard let name: String = row["filename"], !name.isEmpty else { continue }
      let text: String? = row["contentchecksum"]
      let entry = (checksum: text.flatMap(ArchiveProduct.checksum), size: row["contentlength"] as Int64?)
      if let other = seen[name], other != entry { ambiguous.insert(name) }
      seen[name] = entry
    }
    for (name, entry) in seen where !ambiguous.contains(name) {
      checksums[name] = entry.checksum
      sizes[name] = entry.size
    }
  }

  /// What is told of a file, by its name without folders.
  func entry(for path: String) -> (checksum: Checksum?, size: Int64?) {
    let name = DestinationPath(path).name
    return (checksums[name], sizes[name])
  }
}
