public import TableIO

/// A table that goes with a query. Source: TAP 1.1, section 2.7.6.
public struct TAPUpload: Sendable, Hashable {
  /// Where the table is.
  public enum Content: Sendable, Hashable {
    /// A file of any format that `TableIO` reads, plain or gzip; what is no VOTable is made one.
    case file(path: String)
    /// The content of such a file.
    case bytes([UInt8], fileName: String)
    /// A table in memory.
    case table(Table)
    /// An address from which the service itself fetches a VOTable.
    case url(String)
  }

  /// The name that the query uses behind `TAP_UPLOAD.`: a regular identifier.
  public var name: String
  /// Where the table is.
  public var content: Content

  /// Describes a table to send.
  public init(name: String, content: Content) {
    self.name = name
    self.content = content
  }
}
