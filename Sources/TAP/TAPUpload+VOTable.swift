import TableIO

extension TAPUpload {
  /// The table as a VOTable: as it is when it is one, inflated, otherwise converted.
  /// - Parameter limit: the most bytes it may have.
  /// - Throws: ``TAPError``: `.table` when it cannot be read, `.badRequest` when it is too large.
  func votable(limit: Int) throws(TAPError) -> (fileName: String, bytes: [UInt8]) {
    do throws(TableIOError) {
      switch content {
      case .file(let path): return try Self.votable(FileByteSource(path: path), path: path, limit: limit)
      case .bytes(let bytes, let fileName):
        return try Self.votable(MemoryByteSource(bytes), path: fileName, limit: limit)
      case .table(let table):
        let sink = BoundedSink(limit: limit)
        var writer: any TableWriter = VOTableWriter(sink: sink)
        try table.write(to: &writer)
        return (name + ".vot", sink.bytes)
      case .url: return ("", [])
      }
    } catch {
      throw TAPError(
        error.kind == .limit ? .badRequest : .table, "The table \"\(name)\" cannot be sent: \(error)", cause: error)
    }
  }

  private static func votable(
    _ source: any ByteSource, path: String, limit: Int
  ) throws(TableIOError) -> (fileName: String, bytes: [UInt8]) {
    let content = try PeekableByteSource(inflating: source)
    let sink = BoundedSink(limit: limit)
    if TableFormat(content: try content.peek(4096)) == .votable {
      try sink.copy(content)
      return (plainName(path, isVOTable: true), sink.bytes)
    }
    var reader = try TableFormat.detect(source: content, fileName: path).reader
    var writer: any TableWriter = VOTableWriter(sink: sink)
    try TableConversion().run(from: &reader, to: &writer)
    return (plainName(path, isVOTable: false), sink.bytes)
  }

  /// The file's own name without its folder and what its bytes no longer are.
  private static func plainName(_ path: String, isVOTable: Bool) -> String {
    var words = (path.split(separator: "/").last.map(String.init) ?? "").split(separator: ".")
    if let last = words.last?.lowercased(), last == "gz" || last == "gzip" { words.removeLast() }
    if !isVOTable {
      if words.count > 1 { words.removeLast() }
      words.append("vot")
    }
    return words.isEmpty ? "table.vot" : words.joined(separator: ".")
  }
}

/// Keeps bytes in memory, up to a limit.
private final class BoundedSink: ByteSink {
  private(set) var bytes: [UInt8] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func write(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    guard self.bytes.count + bytes.count <= limit else {
      throw TableIOError(.limit, "as a VOTable it is larger than the \(limit) bytes that are left for what is sent.")
    }
    self.bytes.append(contentsOf: bytes)
  }

  func flush() throws(TableIOError) {}

  func copy(_ source: any ByteSource) throws(TableIOError) {
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = try source.read(into: &piece), count > 0 { try write(Array(piece[..<count])) }
  }
}
