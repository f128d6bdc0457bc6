internal import Holdings
internal import TableIO

/// Where the columns of a keyword service stand in one CSV file.
struct KeywordLayout {
  var service: KeywordService
  /// The service's columns that the file has, and their places among the file's fields.
  var columns: [(column: ArchiveTable.Column, field: Int)] = []

  init(_ service: KeywordService, header: [String]) {
    self.service = service
    var fields: [String: Int] = [:]
    for (index, name) in header.enumerated() where fields[name] == nil { fields[name] = index }
    for column in ArchiveTable.keywords(service).columns {
      if let field = fields[column.name] { columns.append((column, field)) }
    }
  }
}

/// The fields that decide what happens to a row, whatever its service.
struct KeywordHeader {
  var filename: Int
  var instrume: Int?
  private var archiveFileID: Int?
  private var ingestDate: Int?
  private var ingestDateMJD: Int?
  private var checksum: Int?
  private var fileSize: Int?
  private var cal_ver: Int?
  private var crds_ctx: Int?
  var isGuideStar: Bool

  /// Reads the header of a file; `nil` when no column holds file names.
  init?(_ header: [String]) {
    let science = header.firstIndex(of: "filename")
    guard let filename = science ?? header.firstIndex(of: KeywordService.guideStar.filenameColumn) else { return nil }
    self.filename = filename
    isGuideStar = science == nil
    instrume = header.firstIndex(of: "instrume")
    archiveFileID = header.firstIndex(of: "ArchiveFileID")
    ingestDate = header.firstIndex(of: "ingestCompletionDate")
    ingestDateMJD = header.firstIndex(of: "ingestCompletionDate_mjd")
    checksum = header.firstIndex(of: "checksum")
    fileSize = header.firstIndex(of: "fileSize")
    cal_ver = header.firstIndex(of: "cal_ver")
    crds_ctx = header.firstIndex(of: "crds_ctx")
  }

  func mark(_ reader: CSVReader) -> FileVersionMark {
    FileVersionMark(
      archiveFileID: archiveFileID.flatMap { KeywordText.integer(reader.bytes(at: $0)) },
      ingestCompletionDate: date(reader))
  }

  /// The version of the file a row tells of; `nil` when it lacks number, checksum or size.
  func version(_ reader: CSVReader, filename: String) -> FileVersion? {
    guard let archiveFileID, let checksum, let fileSize,
      let number = KeywordText.integer(reader.bytes(at: archiveFileID)),
      let size = KeywordText.integer(reader.bytes(at: fileSize))
    else { return nil }
    let md5 = reader.text(at: checksum)
    guard !md5.isEmpty else { return nil }
    return FileVersion(
      filename: filename, archiveFileID: number, checksum: md5, size: size, cal_ver: text(cal_ver, reader),
      crds_ctx: text(crds_ctx, reader), ingestCompletionDate_mjd: date(reader))
  }

  /// The day of ingest, from whichever of its two spellings the file has.
  private func date(_ reader: CSVReader) -> Double? {
    if let ingestDateMJD, let day = Double(reader.text(at: ingestDateMJD)) { return day }
    guard let ingestDate, let milliseconds = MASTDate.milliseconds(reader.text(at: ingestDate)) else { return nil }
    return Double(milliseconds) / 86_400_000 + 40587
  }

  private func text(_ field: Int?, _ reader: CSVReader) -> String? {
    guard let field else { return nil }
    let text = reader.text(at: field)
    return text.isEmpty ? nil : text
  }
}
