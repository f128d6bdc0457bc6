extension VOTableReader {
  /// Reads a TABLE up to its rows.
  mutating func readTable() throws(TableIOError) -> TableMetadata {
    var table = TableMetadata(
      name: xml.attribute("name"), id: xml.attribute("ID"), ucd: xml.attribute("ucd"), utype: xml.attribute("utype"))
    table.infos = scopes.flatMap(\.infos)
    table.params = scopes.flatMap(\.params)
    table.groups = scopes.flatMap(\.groups)
    table.links = scopes.flatMap(\.links)
    if let count = xml.attribute("nrows") {
      table.rowCount = Int(count).flatMap { $0 >= 0 ? $0 : nil }
      if table.rowCount == nil { try log.report("nrows=\"\(count)\" is no number of rows.", xml.position) }
    }
    var traits: [ColumnTraits] = []
    let place = xml.position
    if let reference = xml.attribute("ref") {
      if let other = catalogue.tables[reference] {
        table.columns = other.metadata.columns
        table.params += other.metadata.params
        table.groups += other.metadata.groups
        traits = other.traits
      } else {
        try log.report("The table refers to a table '\(reference)' that does not come before it.", xml.position)
      }
    }
    rows = .ended
    let depth = xml.depth
    scan: while let event = try xml.next(), xml.depth >= depth {
      if event == .text { try checkBlank("TABLE") }
      guard event == .start else { continue }
      switch xml.name.local {
      case "FIELD":
        let (column, columnTraits) = try readField(number: table.columns.count + 1)
        table.columns.append(column)
        try options.limits.check(columnCount: table.columns.count)
        traits.append(columnTraits)
      case "PARAM": table.params.append(try readParam())
      case "GROUP": table.groups.append(try readGroup())
      case "LINK": table.links.append(try readLink())
      case "INFO": table.infos.append(try readInfo())
      case "COOSYS": try readCoordinateSystem()
      case "TIMESYS": try readTimeSystem()
      case "DESCRIPTION": table.description = try readText()
      case "DATA":
        try readDataStart(&table, traits)
        break scan
      default:
        try log.report("TABLE must not hold the element '\(xml.name.qualified)'.", xml.position)
        try skipElement()
      }
    }
    if table.columns.isEmpty { try log.report("The table has no FIELD.", place) }
    table.coordinateSystems = catalogue.coordinateSystems
    table.timeSystems = catalogue.timeSystems
    if let id = table.id {
      try charge(table.columns.count * 100)
      catalogue.tables[id] = (table, traits)
    }
    return table
  }

  /// Finds out how the rows are written and goes to their start.
  private mutating func readDataStart(_ table: inout TableMetadata, _ traits: [ColumnTraits]) throws(TableIOError) {
    while let event = try xml.next(), event != .end {
      if event == .text { try checkBlank("DATA") }
      guard event == .start else { continue }
      switch xml.name.local {
      case "TABLEDATA":
        let tags = PlainRowTags(row: "TR", cell: "TD", prefix: xml.name.prefix)
        rows = try planned(table, traits) { plans in .text(tags, TextCellDecoder(plans: plans)) }
        return
      case "BINARY", "BINARY2", "FITS":
        try readStreamStart(&table, traits)
        return
      case "PARQUET":
        rows = .unreadable(xml.failure("Rows in a Parquet file beside the VOTable are not supported.", .unsupported))
        return
      default:
        try log.report("DATA must not hold the element '\(xml.name.qualified)'.", xml.position)
        try skipElement()
      }
    }
  }

  private mutating func planned(
    _ table: TableMetadata, _ traits: [ColumnTraits], _ make: ([ColumnPlan]) -> Rows
  ) throws(TableIOError) -> Rows {
    var plans: [ColumnPlan] = []
    for (column, traits) in zip(table.columns, traits) {
      do throws(TableIOError) {
        plans.append(try ColumnPlan(column, nullText: traits.nullText, binaryProblem: traits.binaryProblem))
      } catch {
        return .unreadable(error)
      }
    }
    return make(plans)
  }

  private mutating func readStreamStart(
    _ table: inout TableMetadata, _ traits: [ColumnTraits]
  ) throws(TableIOError) {
    let serialisation = xml.name.local
    while let event = try xml.next(), event != .end {
      guard event == .start else { continue }
      guard xml.name.local == "STREAM" else {
        try log.report("\(serialisation) must not hold the element '\(xml.name.qualified)'.", xml.position)
        try skipElement()
        continue
      }
      if let address = xml.attribute("href") {
        rows = .unreadable(
          xml.failure(
            "The rows are elsewhere, at '\(address)'; fetch them and put them into the document.", .unsupported))
        return
      }
      let encoding = xml.attribute("encoding") ?? "none"
      if encoding == "dynamic" {
        rows = .unreadable(xml.failure("A STREAM in the encoding '\(encoding)' is not supported.", .unsupported))
        return
      }
      // Compressed bytes can stand in XML only as base64.
      let isGzip = encoding == "gzip"
      if encoding != "base64", !isGzip {
        try log.report("STREAM has the encoding '\(encoding)' and is read as base64.", xml.position)
      }
      let stream = Base64Stream(xml, isGzip: isGzip, byteLimit: options.limits.bytes)
      if serialisation == "FITS" {
        try startFITS(stream, &table)
        return
      }
      for trait in traits {
        if let problem = trait.binaryProblem {
          rows = .unreadable(xml.failure(problem, .unsupported))
          return
        }
      }
      let (limit, hasFlags) = (options.cellByteLimit, serialisation == "BINARY2")
      marksMissingCells = hasFlags
      rows = try planned(table, traits) { plans in
        .binary(stream, BinaryCellDecoder(plans: plans, hasNullFlags: hasFlags, cellByteLimit: limit))
      }
      return
    }
  }

  /// The FITS file's own columns hold, as its rows are made for them.
  private mutating func startFITS(_ stream: Base64Stream, _ table: inout TableMetadata) throws(TableIOError) {
    guard let make = options.fitsReader else {
      rows = .unreadable(
        xml.failure("The rows are a FITS file inside the VOTable, and no reader for it was given.", .unsupported))
      return
    }
    var reader = try make(stream)
    if let inner = try reader.nextTable(), inner.columns.map(\.datatype) != table.columns.map(\.datatype) {
      if !table.columns.isEmpty { try log.report("FIELDs and the columns of the FITS file differ.", xml.position) }
      table.columns = inner.columns
    }
    rows = .fits(stream, reader)
  }
}
