/// Reads a table from comma- or tab-separated text (RFC 4180), in bounded memory.
///
/// The first row names the columns. What is in them is inferred from the first rows (``Options/sampleRowCount``):
///
/// | all fields of the sample | type |
/// |---|---|
/// | `true`, `false` in any case | boolean |
/// | whole numbers that fit 64 bits | long |
/// | decimal numbers, `nan`, `inf` | double |
/// | anything else, mixtures, nothing at all | text: char when all of it is ASCII, otherwise unicodeChar |
///
/// Numbers with leading zeros, such as the programme `01410`, stay text, and so do whole numbers beyond 64 bits, so that nothing is
/// lost. A field further down that does not fit its column's type is an error that names its line and column; switch the inference
/// off (``Options/infersTypes``) and all columns are text, or name the type of a column (``Options/types``).
///
/// An empty field is a missing value; `""` is an empty string, and a missing value in a column of numbers or truth values. Empty
/// lines are passed over, except in a table of one column, where they are missing values.
public struct CSVTableReader: TableReader {
  /// How the text is to be read.
  public struct Options: Sendable, Hashable {
    /// What separates fields: a comma, or a tab for TSV.
    public var delimiter: UInt8
    /// Whether types are inferred; otherwise all columns are text.
    public var infersTypes: Bool
    /// How many rows types are inferred from, at most: a sample ends earlier when it has 2 MiB.
    public var sampleRowCount: Int
    /// Types of columns by name, which go before inferred ones.
    public var types: [String: Datatype]
    /// Whether rows with too many or too few fields are passed over with a warning; otherwise they are errors.
    public var skipsRaggedRows: Bool
    /// Bytes one record may have.
    public var maximumRecordSize: Int
    /// The most columns.
    public var columnLimit = Int.max

    /// Describes how to read.
    public init(
      delimiter: UInt8 = UInt8(ascii: ","), infersTypes: Bool = true, sampleRowCount: Int = 10_000,
      types: [String: Datatype] = [:], skipsRaggedRows: Bool = false, maximumRecordSize: Int = 64 << 20
    ) {
      self.delimiter = delimiter
      self.infersTypes = infersTypes
      self.sampleRowCount = sampleRowCount
      self.types = types
      self.skipsRaggedRows = skipsRaggedRows
      self.maximumRecordSize = maximumRecordSize
    }

    /// Tab-separated text.
    public static let tabSeparated = Options(delimiter: UInt8(ascii: "\t"))
  }

  /// What was odd but could be read.
  public var diagnostics: [Diagnostic] { rows?.diagnostics ?? [] }
  /// None: delimited text has no notes.
  public var trailingInfos: [Info] { [] }

  private let options: Options
  private let text: DelimitedText
  private var rows: DelimitedRows?

  /// Reads text in UTF-8.
  public init(source: any ByteSource, options: Options = Options()) {
    self.options = options
    text = DelimitedText(
      source: source, delimiter: options.delimiter, maximumRecordSize: options.maximumRecordSize)
  }

  /// Reads the names of the columns and the sample.
  /// - Returns: `nil` on the second call: such text holds one table.
  /// - Throws: ``TableIOError``, also for text without a row of names.
  public mutating func nextTable() throws(TableIOError) -> TableMetadata? {
    guard rows == nil else { return nil }
    try text.skipByteOrderMark()
    guard try text.readRecords(1, byteLimit: .max, keepsEmptyLines: false) else {
      throw TableIOError(.malformed, "The text is empty; it must begin with a row of column names.", line: 1)
    }
    guard text.fields.count <= options.columnLimit else {
      throw TableIOError(.limit, "The table has more than \(options.columnLimit) columns.", line: 1)
    }
    let names = text.fields.map { String(decoding: text.bytes($0), as: UTF8.self) }
    text.removeAll()
    var rows = DelimitedRows(
      text: text, columnCount: names.count, skipsRaggedRows: options.skipsRaggedRows)
    rows.keepsEmptyLines = names.count == 1
    rows.diagnostics = names.indices.filter { names[$0].isEmpty }.map {
      Diagnostic(.warning, "Column \($0 + 1) has no name and is called column_\($0 + 1).", line: 1)
    }
    let types = options.infersTypes ? try rows.sampleTypes(rowLimit: options.sampleRowCount) : []
    let columns = names.indices.map { index in
      let name = names[index].isEmpty ? "column_\(index + 1)" : names[index]
      let type = options.types[name] ?? (options.infersTypes ? types[index] : .unicodeChar)
      return Column(name, type, shape: type.isText ? .variable : .scalar)
    }
    rows.columns = columns
    rows.advice = "Switch type inference off, or name the type of the column."
    self.rows = rows
    return TableMetadata(columns: columns)
  }

  /// Reads rows.
  public mutating func read(into batch: inout TableBatch, rowLimit: Int) throws(TableIOError) -> Bool {
    guard rows != nil else {
      batch.removeAll()
      return false
    }
    return try rows!.read(into: &batch, rowLimit: rowLimit)
  }
}
