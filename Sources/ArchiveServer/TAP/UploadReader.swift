internal import LocalArchive
internal import TableIO

/// Reads the tables that come with a query. Source: TAP 1.1, section 2.7.6.
struct UploadReader: Sendable {
  /// What a table may hold.
  var limits = TableLimits()

  /// Reads a table, VOTable or any other format that its content tells.
  /// - Parameters:
  ///   - name: the table's name in the query.
  ///   - source: its bytes, plain or compressed.
  ///   - fileName: the client's file name, if it gave one.
  /// - Throws: ``TAPFault``.
  func table(named name: String, _ source: any ByteSource, fileName: String? = nil) throws(TAPFault) -> UploadedTable {
    do throws(TableIOError) {
      var (_, reader) = try TableFormat.detect(
        source: source, fileName: fileName.flatMap { $0.isEmpty ? nil : $0 }, limits: limits)
      let table = try Table(reading: &reader, within: limits)
      var rows = table.rows
      let tellsMissing = (reader as? VOTableReader)?.marksMissingCells == true
      // An empty time or region is none in any serialisation.
      for (index, column) in table.metadata.columns.enumerated() where !tellsMissing || column.xtype != nil {
        rows.columns[index].takeEmptyTextsAsMissing()
      }
      return UploadedTable(name: name, table: Table(metadata: table.metadata, rows: rows))
    } catch {
      var place = ""
      if let line = error.line { place = " (line \(line))" }
      throw TAPFault("The uploaded table \(name) cannot be read\(place): \(error.message)")
    }
  }
}

extension ColumnBuffer {
  /// Marks cells with empty text as missing: an empty TD is null since VOTable 1.3, and BINARY, CSV and FITS have nothing else to say it
  /// with. Clients mean null by it, above all in columns of times.
  fileprivate mutating func takeEmptyTextsAsMissing() {
    guard case .text(let texts) = elements, cellEnds == nil, elementsPerCell == 1 else { return }
    for row in 0..<count where texts.range(at: row).isEmpty { nullCells[row] = true }
  }
}
