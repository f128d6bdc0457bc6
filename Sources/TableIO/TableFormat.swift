/// A format of tables. More may come.
public struct TableFormat: RawRepresentable, Sendable, Hashable {
  /// The format's name, as commands and options spell it.
  public var rawValue: String

  /// A format by its name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// VOTable; written as TABLEDATA.
  public static let votable = TableFormat(rawValue: "votable")
  /// VOTable with BINARY.
  public static let votableBinary = TableFormat(rawValue: "votable-binary")
  /// VOTable with BINARY2.
  public static let votableBinary2 = TableFormat(rawValue: "votable-binary2")
  /// Comma-separated values.
  public static let csv = TableFormat(rawValue: "csv")
  /// Tab-separated values.
  public static let tsv = TableFormat(rawValue: "tsv")
  /// Enhanced character-separated values.
  public static let ecsv = TableFormat(rawValue: "ecsv")
  /// JSON as ESA's archive and MAST send it; written as ESA does.
  public static let json = TableFormat(rawValue: "json")
  /// JSON lines: an object a row. An array of objects is read as well.
  public static let jsonLines = TableFormat(rawValue: "jsonl")
  /// FITS binary tables.
  public static let fits = TableFormat(rawValue: "fits")
  /// Aligned text for people; cannot be read.
  public static let text = TableFormat(rawValue: "text")

  /// The formats there are, in the order of their listing.
  public static let all: [TableFormat] = [
    .votable, .votableBinary, .votableBinary2, .csv, .tsv, .ecsv, .json, .jsonLines, .fits, .text,
  ]

  /// The format that a file's name tells, `.gz` left aside.
  public init?(fileName: String) {
    var words = fileName.lowercased().split(separator: "/").last.map { $0.split(separator: ".") } ?? []
    if let last = words.last, last == "gz" || last == "gzip" { words.removeLast() }
    guard words.count > 1, let ending = words.last else { return nil }
    switch ending {
    case "vot", "votable", "xml": self = .votable
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "ecsv": self = .ecsv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonLines
    case "fits", "fit", "fts": self = .fits
    case "txt": self = .text
    default: return nil
    }
  }

  /// The format that the first bytes of a table tell, compression left aside.
  /// - Parameter head: the beginning; 4096 bytes are enough.
  public init?(content head: some Collection<UInt8>) {
    var text = Array(head)
    if text.starts(with: [0xef, 0xbb, 0xbf]) { text.removeFirst(3) }
    if text.starts(with: "SIMPLE  =".utf8) {
      self = .fits
    } else if text.starts(with: "# %ECSV".utf8) {
      self = .ecsv
    } else if Self.beginsAsUTF16XML(text) {
      self = .votable
    } else if let format = Self.structured(text.drop(while: isJSONSpace)) ?? Self.delimited(text) {
      self = format
    } else {
      return nil
    }
  }

  private static func beginsAsUTF16XML(_ text: [UInt8]) -> Bool {
    [[0xfe, 0xff], [0xff, 0xfe], [0x00, 0x3c], [0x3c, 0x00]].contains { text.starts(with: $0) }
  }

  /// XML and JSON by their first bracket.
  private static func structured(_ text: ArraySlice<UInt8>) -> TableFormat? {
    switch text.first {
    case UInt8(ascii: "<"): return .votable
    case UInt8(ascii: "["): return .jsonLines
    case UInt8(ascii: "{"):
      // A line that is a whole object is JSON lines; the archives' documents have their lists inside.
      var end = JSONValueEnd()
      let line = text.prefix { $0 != 0x0a }
      let isWhole = Array(line).withUnsafeBufferPointer { end.advance($0) } != nil
      let isArchive = ["\"data\"", "\"metadata\"", "\"fields\"", "\"Tables\"", "\"status\""].contains { name in
        contains(text, Array(name.utf8))
      }
      return isWhole && !isArchive ? .jsonLines : .json
    default: return nil
    }
  }

  /// CSV and TSV by what separates the words of the first line.
  private static func delimited(_ text: [UInt8]) -> TableFormat? {
    let line = text.prefix { $0 != 0x0a }
    guard !line.isEmpty, !text.contains(0) else { return nil }
    if line.contains(0x09) { return .tsv }
    return line.contains(UInt8(ascii: ",")) ? .csv : nil
  }

  private static func contains(_ text: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    text.indices.contains { text[$0...].starts(with: word) }
  }
}

extension TableFormat {
  /// A reader of this format.
  /// - Parameters:
  ///   - source: the bytes, inflated; see ``PeekableByteSource/init(inflating:)``.
  ///   - limits: what the table may hold. Columns, and bytes that are compressed once more within the format, are counted here.
  /// - Throws: ``TableIOError``; `.unsupported` for a format that cannot be read.
  public func reader(source: any ByteSource, limits: TableLimits = .none) throws(TableIOError) -> any TableReader {
    var fits = FITSTableReader.Options()
    fits.byteLimit = limits.bytes
    switch self {
    case .votable, .votableBinary, .votableBinary2:
      var options = VOTableReader.Options()
      options.limits = limits
      options.fitsReader = { [fits] source throws(TableIOError) in try FITSTableReader(source: source, options: fits) }
      return try VOTableReader(source: source, options: options)
    case .csv, .tsv:
      var options = self == .tsv ? CSVTableReader.Options.tabSeparated : CSVTableReader.Options()
      options.columnLimit = limits.columns
      return CSVTableReader(source: source, options: options)
    case .ecsv: return ECSVTableReader(source: source)
    case .json: return JSONTableReader(source: source)
    case .jsonLines: return JSONLinesTableReader(source: source)
    case .fits: return try FITSTableReader(source: source, options: fits)
    default: throw TableIOError(.unsupported, "Tables of the format \"\(rawValue)\" cannot be read.")
    }
  }

  /// The format of a table and a reader of it, told by the content, and by the file's name where the content leaves it open.
  /// - Parameters:
  ///   - source: the bytes, plain or gzip.
  ///   - fileName: the file's name, if it has one.
  ///   - limits: what the table may hold; the reader stops with `.limit` at more bytes or columns.
  /// - Throws: ``TableIOError``; `.unknownFormat` when neither tells.
  public static func detect(
    source: any ByteSource, fileName: String? = nil, limits: TableLimits = .none
  ) throws(TableIOError) -> (format: TableFormat, reader: any TableReader) {
    var content = try PeekableByteSource(inflating: source)
    if limits.bytes < .max { content = PeekableByteSource(BoundedByteSource(content, byteLimit: limits.bytes)) }
    let head = try content.peek(4096)
    let named = fileName.flatMap(TableFormat.init(fileName:))
    guard let format = choose(told: TableFormat(content: head), named: named) else {
      throw TableIOError(
        .unknownFormat, "Neither name nor content tells the table's format. Name it.", file: fileName)
    }
    return (format, try format.reader(source: content, limits: limits))
  }

  /// What the content says for sure goes before a name that is wrong, such as that of an error document in a .csv file.
  private static func choose(told: TableFormat?, named: TableFormat?) -> TableFormat? {
    guard let named, named != .text else { return told }
    switch told {
    case .votable, .fits, .ecsv: return told
    case .json: return named == .jsonLines ? named : told
    case .jsonLines: return named == .json ? told : named
    default: return named
    }
  }
}
