internal import Holdings
internal import SkyGeometry

extension KeywordRow {
  /// The row that MAST's keyword service would have of a file; `nil` where the headers name no instrument of JWST.
  /// - Parameters:
  ///   - scan: what the file's headers say.
  ///   - name: the file's name.
  init?(_ scan: FITSHeaderScan, name: JWSTName, filename: String) {
    guard let word = scan.primary.text("INSTRUME"), let instrument = Instrument(rawValue: word.lowercased()) else {
      return nil
    }
    let service = name.kind == .guideStar ? KeywordService.guideStar : KeywordService(instrument)
    var types: [String: ColumnType] = [:]
    for column in service.columns { types[column.name] = column.type }
    var cells: [String: Cell] = [:]
    for (keyword, value) in scan.primary.all {
      let column = String(keyword.lowercased().map { $0 == "-" ? "_" : $0 })
      guard let type = types[column] else { continue }
      if type == .date {
        guard case .text(let text) = value, let date = ModifiedJulianDate(iso: text) else { continue }
        cells[column] = .integer(date.unixMilliseconds)
        if types[column + "_mjd"] != nil { cells[column + "_mjd"] = .real(date.rawValue) }
      } else if case .boolean(let flag) = value, type == .text {
        // The services declare truth values of headers as text.
        cells[column] = .text(flag ? "t" : "f")
      } else {
        cells[column] = value
      }
    }
    cells[service.filenameColumn] = .text(filename)
    cells["dataURI"] = .text("mast:JWST/product/" + filename)
    cells["fileSize"] = .integer(scan.size)
    cells["checksum"] = .text(scan.md5)
    if let suffix = name.suffix {
      let level: Int64 = name.kind == .level3 ? 3 : suffix == "uncal" ? 1 : 2
      cells["productLevel"] = ProductSuffix(rawValue: suffix).processingLevel(calibrationLevel: level).map(Cell.text)
    }
    if types["s_region"] != nil {
      let region = scan.science.flatMap { $0.text("S_REGION") ?? ImageFootprint.sRegion($0) }
      if let region = region ?? scan.primary.text("S_REGION"), (try? SkyRegion(sRegion: region)) != nil {
        cells["s_region"] = .text(region)
      }
    }
    self.init(service: service, cells: cells)
  }
}
