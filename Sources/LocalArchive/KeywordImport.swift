internal import GRDB
internal import Holdings
internal import SkyGeometry
internal import TableIO

/// Takes one CSV file of keyword rows into the database, inside one transaction.
final class KeywordImport {
  private let db: Database
  private let reader: CSVReader
  private let header: KeywordHeader
  private let path: String
  private let keywords: KeywordWriter
  private let versions: FileVersionWriter
  private var binders: [KeywordService: KeywordRowBinder] = [:]
  private var derivation: KeywordDerivation

  init(_ db: Database, reader: CSVReader, path: String, day: ModifiedJulianDate) throws {
    guard let header = KeywordHeader(reader.header) else {
      throw LocalArchiveError(
        .unreadableImport, "The file has no column 'filename', so its rows are not MAST keyword rows.", path: path)
    }
    self.db = db
    self.reader = reader
    self.header = header
    self.path = path
    keywords = KeywordWriter(db)
    versions = try FileVersionWriter(db)
    derivation = try KeywordDerivation(db, day: day)
  }

  /// Reads all rows; `tick` is called every thousand.
  func run(report: inout ImportReport, tick: (ImportReport) -> Void) throws {
    while try reader.next() {
      report.rowCount += 1
      if let reason = try take(report: &report) { report.addIssue(file: path, line: reader.line, reason: reason) }
      if report.rowCount % 1000 == 0 { tick(report) }
    }
    try derivation.finish()
    tick(report)
  }

  /// Takes the current record.
  /// - Returns: why it cannot be kept, `nil` when it was.
  private func take(report: inout ImportReport) throws -> String? {
    guard !reader.isRagged else {
      return "The row has \(reader.fieldCount) fields where the header has \(reader.header.count)."
    }
    let filename = reader.text(at: header.filename)
    guard !filename.isEmpty else { return "The row has no file name." }
    guard let name = JWSTName(filename) else { return "'\(filename.prefix(80))' is not the name of a JWST file." }
    let service: KeywordService?
    if header.isGuideStar {
      service = .guideStar
    } else if let instrume = header.instrume {
      let word = reader.text(at: instrume)
      guard let instrument = Instrument(rawValue: word.lowercased()) else {
        return "Unknown instrument '\(word.prefix(20))'."
      }
      service = KeywordService(instrument)
    } else {
      service = nil
    }
    let version = header.version(reader, filename: filename)
    guard let service else {
      // Without instrument the row is a page of the file's history.
      guard let version else { return "The row has neither instrument nor file version." }
      try versions.write(version)
      report.historyCount += 1
      return nil
    }
    let relation = try keywords.relation(of: filename, service: service, mark: header.mark(reader))
    if relation != .older {
      let binder = try binder(service)
      if let reason = try binder.bind(reader) { return reason }
      if relation == .newer { try keywords.remove(filename, service: service) }
      try binder.write()
    }
    if let version { try versions.write(version) }
    switch relation {
    case .older:
      report.historyCount += 1
      return nil
    case .same: report.knownCount += 1
    case .newer, nil: report.newCount += 1
    }
    try derivation.note(filename, name: name, service: service)
    return nil
  }

  private func binder(_ service: KeywordService) throws -> KeywordRowBinder {
    if let binder = binders[service] { return binder }
    let binder = try KeywordRowBinder(KeywordLayout(service, header: reader.header), db)
    binders[service] = binder
    return binder
  }
}
