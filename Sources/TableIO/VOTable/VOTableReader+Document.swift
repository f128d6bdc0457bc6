/// What an open VOTABLE or RESOURCE element has said so far.
struct VOTableScope {
  var infos: [Info] = []
  var params: [Param] = []
  var groups: [Group] = []
  var links: [Link] = []
  /// Whether it was open when the last table's rows ended, so that its notes are about that table.
  var isPastTable = false
}

/// What later parts of the document refer to.
struct VOTableCatalogue {
  var coordinateSystems: [CoordinateSystem] = []
  var timeSystems: [TimeSystem] = []
  var tables: [String: (metadata: TableMetadata, traits: [ColumnTraits])] = [:]
  var nullTexts: [String: String] = [:]
}

/// What a FIELD says that is only for reading its cells.
struct ColumnTraits {
  var nullText: String?
  var binaryProblem: String?
}

extension VOTableReader {
  /// Reads what stands around tables, up to the next TABLE or the end.
  mutating func readScopes() throws(TableIOError) {
    while let event = try xml.next() {
      switch event {
      case .start:
        if scopes.isEmpty { try checkRoot() }
        switch xml.name.local {
        case "VOTABLE" where scopes.isEmpty, "RESOURCE", "DEFINITIONS":
          scopes.append(VOTableScope())
        case "TABLE":
          isTableStartPending = true
          return
        default: try readScopeElement()
        }
      case .end: scopes.removeLast()
      case .text: try checkBlank("RESOURCE")
      case .comment, .instruction: break
      }
    }
  }

  private mutating func checkRoot() throws(TableIOError) {
    let root = xml.name.local
    guard root == "VOTABLE" else {
      let hint = root.lowercased() == "html" ? " It is a web page, perhaps an error message of the service." : ""
      throw xml.failure("The root element is '\(root)', so this is no VOTable.\(hint)")
    }
    if let version = xml.attribute("version"), !["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6"].contains(version) {
      try log.report("The version '\(version)' is not one that is known.", xml.position)
    }
  }

  private mutating func readScopeElement() throws(TableIOError) {
    let last = scopes.count - 1
    switch xml.name.local {
    case "INFO":
      let info = try readInfo()
      if scopes[last].isPastTable { trailingInfos.append(info) } else { scopes[last].infos.append(info) }
    case "PARAM": scopes[last].params.append(try readParam())
    case "GROUP": scopes[last].groups.append(try readGroup())
    case "LINK": scopes[last].links.append(try readLink())
    case "COOSYS": try readCoordinateSystem()
    case "TIMESYS": try readTimeSystem()
    case "DESCRIPTION": try skipElement()
    default:
      // Annotations of other vocabularies belong in a resource.
      if xml.name.namespace.isEmpty || xml.name.namespace.contains("VOTable") {
        try log.report("The element '\(xml.name.qualified)' is not known here.", xml.position)
      }
      try skipElement()
    }
  }

  /// Passes over rows that nobody has read.
  mutating func skipRows() throws(TableIOError) {
    switch rows {
    case .none: return
    case .ended: break
    case .text, .unreadable: try skipElement()
    case .binary(let stream, _), .fits(let stream, _):
      while try stream.pull() { stream.take(stream.availableCount) }
      expectedRowCount = nil
    }
    if case .ended = rows {} else { expectedRowCount = nil }
    try finishTable()
  }

  /// Reads what stands between the rows and the next table.
  mutating func finishTable() throws(TableIOError) {
    if case .none = rows { return }
    rows = .none
    if let expectedRowCount, expectedRowCount != rowNumber {
      try log.report("The table was to have \(expectedRowCount) rows and has \(rowNumber).", xml.position)
    }
    // Up to here the data element (TABLEDATA or STREAM) has ended; its parents are still open.
    while xml.depth > tableDepth {
      switch try xml.next() {
      case .start where xml.name.local == "INFO": trailingInfos.append(try readInfo())
      case .start: try skipElement()
      case nil: return
      default: break
      }
    }
    for index in scopes.indices { scopes[index].isPastTable = true }
    try readScopes()
  }

  /// Number of elements that are open around the present TABLE.
  private var tableDepth: Int { scopes.count }

  /// Skips the rest of the element whose start was read last.
  mutating func skipElement() throws(TableIOError) {
    let depth = xml.depth
    while try xml.next() != nil, xml.depth >= depth {}
  }

  /// The text of the element whose start was read last, also that of elements inside, without white space around it.
  mutating func readText() throws(TableIOError) -> String {
    let depth = xml.depth
    var bytes: [UInt8] = []
    while let event = try xml.next(), xml.depth >= depth {
      guard event == .text else { continue }
      bytes.append(contentsOf: xml.text)
      guard bytes.count <= xml.limits.textLength else {
        throw xml.failure("A text is longer than \(xml.limits.textLength) bytes.", .limit)
      }
    }
    try charge(bytes.count)
    return bytes.withUnsafeBufferPointer { String(decoding: NumberParsing.trimmed($0), as: UTF8.self) }
  }
}
