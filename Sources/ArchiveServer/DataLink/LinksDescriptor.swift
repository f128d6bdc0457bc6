internal import TableIO

/// Tells clients in a query's result which column leads to the links of its rows, so that they can ask for those of many rows at once.
/// Source: DataLink 1.1, section 4.
enum LinksDescriptor {
  /// The columns that the links service takes as identifiers, the first one first.
  private static let names = ["obs_publisher_did", "planeid"]

  /// The place of the column whose values the links service knows.
  static func place(in columns: [Column]) -> Int? {
    for name in names {
      if let place = columns.firstIndex(where: { $0.name == name && $0.datatype.isText }) { return place }
    }
    return nil
  }

  /// Describes the links service.
  /// - Parameters:
  ///   - metadata: the result's description; the column gets an identifier, its name.
  ///   - column: the place of the column with the identifiers.
  ///   - address: the address below which the archive is served.
  static func add(to metadata: inout TableMetadata, column: Int, address: String) {
    let id = metadata.columns[column].id ?? metadata.columns[column].name
    metadata.columns[column].id = id
    metadata.services.append(
      ServiceDescriptor(
        name: "links", description: "What belongs to a row: files, previews, what it was made from.",
        params: [
          text("standardID", "ivo://ivoa.net/std/DataLink#links-1.1"),
          text("accessURL", address + "/datalink/links"),
          text("contentType", LinksDocument.mediaType),
        ],
        inputs: [text("ID", "", ref: id)]))
  }

  private static func text(_ name: String, _ value: String, ref: String? = nil) -> Param {
    Param(Column(name, .char, shape: .variable, ref: ref), value: value)
  }
}
