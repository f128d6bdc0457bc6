public import TableIO

/// The whole answer to a query, put aside: complete by all that can be told of it, and no error document.
///
/// A body shorter than announced, cut gzip data and a VOTable without its end are errors before there is a result.
/// A text format over a connection that announces no length has no mark of its end: there a cut cannot be noticed.
public struct TAPResult: Sendable {
  /// The type that the service declares, in lower case: `application/x-votable+xml`.
  public let mediaType: String?
  /// The file name that the service proposes, reduced to a harmless one.
  public let fileName: String?
  /// Whether the bytes as they are stored are gzip.
  public let isGzip: Bool
  /// The address that answered.
  public let url: String
  /// Whether the service says that it cut the table at its row limit or at the query's MAXREC. Only VOTables can say so.
  public let isOverflow: Bool
  /// The job whose result this is.
  public private(set) var jobID: String?

  private let body: SpooledBytes
  /// A file name by which the format is known where the content leaves it open.
  private let formatName: String?

  init(
    body: SpooledBytes, mediaType: String?, fileName: String?, formatName: String?, url: String, isGzip: Bool,
    isOverflow: Bool
  ) {
    self.body = body
    self.mediaType = mediaType
    self.fileName = fileName
    self.formatName = formatName
    self.url = url
    self.isGzip = isGzip
    self.isOverflow = isOverflow
  }

  /// Number of bytes as they came.
  public var byteCount: Int { body.count }

  /// The bytes as they came, from the first on; there may be several sources at a time.
  public func source() -> any ByteSource { body.source() }

  /// A reader of the table, whatever its format, inflated on the way.
  /// - Throws: `TableIOError`.
  public func reader() throws(TableIOError) -> any TableReader {
    try TableFormat.detect(source: body.source(), fileName: formatName).reader
  }

  /// The table in memory, whole.
  /// - Throws: `TableIOError`.
  public func table() throws(TableIOError) -> Table {
    var reader = try reader()
    return try Table(reading: &reader)
  }

  /// Writes the bytes as they came.
  /// - Parameters:
  ///   - sink: where they go.
  ///   - inflating: whether gzip is taken off.
  /// - Throws: `TableIOError`.
  public func write(to sink: any ByteSink, inflating: Bool = false) throws(TableIOError) {
    let source: any ByteSource = inflating ? try PeekableByteSource(inflating: body.source()) : body.source()
    var piece = [UInt8](repeating: 0, count: 256 << 10)
    while case let count = try source.read(into: &piece), count > 0 { try sink.write(Array(piece[..<count])) }
    try sink.flush()
  }

  /// Writes the bytes as they came to a file, which gets its name when it is complete.
  /// - Throws: `TableIOError`.
  public func save(to path: String) throws(TableIOError) {
    let sink = try FileByteSink(path: path)
    try write(to: sink)
    try sink.finish()
  }

  func with(jobID: String) -> TAPResult {
    var result = self
    result.jobID = jobID
    return result
  }
}
