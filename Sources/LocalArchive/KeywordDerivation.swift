internal import GRDB
internal import Holdings
internal import SkyGeometry

/// Derives products and observations from keyword rows, at the end of an import and whenever many have gathered.
///
/// An observation's values come from all its files, so that the order in which they arrived does not matter. A value that
/// none of them gives any more keeps what was known. So do rights: a file that says nothing about its own has those that are known of
/// it, a new one those of its observation, and an observation the strictest of its files'.
struct KeywordDerivation {
  private let db: Database
  private let day: ModifiedJulianDate
  private let observations: ObservationWriter
  private let products: ProductWriter
  private let catalogue: CAOMDerivation
  /// Files to look at, by observation.
  private var pending: [String: [(filename: String, service: KeywordService)]] = [:]
  private var pendingCount = 0
  private var statements: [KeywordService: (ofFile: Statement, ofObservation: Statement)] = [:]

  init(_ db: Database, day: ModifiedJulianDate) throws {
    self.db = db
    self.day = day
    observations = try ObservationWriter(db, onConflict: .keepKnown)
    products = try ProductWriter(db, onConflict: .keepKnown)
    catalogue = try CAOMDerivation(db)
  }

  /// Remembers that a file's keywords have changed.
  mutating func note(_ filename: String, name: JWSTName, service: KeywordService) throws {
    pending[name.root, default: []].append((filename, service))
    pendingCount += 1
    if pendingCount >= 100_000 { try finish() }
  }

  /// Derives everything that is pending.
  mutating func finish() throws {
    var touched: [Int64] = []
    for (root, files) in pending.sorted(by: { $0.key < $1.key }) {
      var number = try observations.number(of: root)
      let isNew = number == nil
      if isNew {
        // The products need a number before the observation can be made from them.
        var observation = Observation()
        observation.obs_id = root
        number = try observations.write(observation)
      }
      let found = try files.compactMap { file in try facts(of: file.filename, file.service) }
      // Those that tell their rights come first, for the others to follow them.
      for facts in found.filter(\.saysRights) + found.filter({ !$0.saysRights }) {
        let rights = try DataRights.rights(facts, on: day, known: knownRights(of: facts, number!))
        var product = Product(facts, root: root, rights: rights)
        product.obsID = number
        product.parent_obsid = number
        try products.write(product)
      }
      let services = Set(files.map(\.service)).sorted { $0.rawValue < $1.rawValue }
      var all: [KeywordFacts] = []
      for service in services { all += try facts(ofObservation: number!, service) }
      touched.append(number!)
      let rights = try rights(ofObservation: number!, includingItsOwn: !all.contains(where: \.saysRights))
      guard var observation = Observation(all, root: root, rights: rights) else { continue }
      observation.obsid = number
      if isNew { observation.objID = number }
      _ = try observations.write(observation)
    }
    try catalogue.derive(touched)
    pending = [:]
    pendingCount = 0
  }

  /// The strictest right that is known of a file; of a file that is new, that of its observation.
  private func knownRights(of facts: KeywordFacts, _ number: Int64) throws -> String? {
    let statement = try db.cachedStatement(
      sql: "SELECT dataRights FROM products WHERE productFilename = ? AND dataRights IS NOT NULL")
    let known = try String.fetchAll(statement, arguments: [facts.text("filename")])
    return try DataRights.strictest(known) ?? rights(ofObservation: number, includingItsOwn: true)
  }

  /// The strictest right of an observation's own files.
  /// - Parameter includingItsOwn: whether what the observation's row says counts too.
  private func rights(ofObservation number: Int64, includingItsOwn: Bool) throws -> String? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT dataRights FROM products WHERE parent_obsid = ?1 AND obsID = parent_obsid AND dataRights IS NOT NULL
        UNION SELECT dataRights FROM observations WHERE obsid = ?1 AND dataRights IS NOT NULL AND ?2
        """)
    return DataRights.strictest(try String.fetchAll(statement, arguments: [number, includingItsOwn]))
  }

  private mutating func facts(of filename: String, _ service: KeywordService) throws -> KeywordFacts? {
    try Row.fetchOne(try queries(service).ofFile, arguments: [filename]).map(KeywordFacts.init)
  }

  /// The keywords of all files of an observation, the best calibrated first.
  private mutating func facts(ofObservation number: Int64, _ service: KeywordService) throws -> [KeywordFacts] {
    try Row.fetchAll(try queries(service).ofObservation, arguments: [number]).map(KeywordFacts.init)
  }

  private mutating func queries(_ service: KeywordService) throws -> (ofFile: Statement, ofObservation: Statement) {
    if let known = statements[service] { return known }
    let table = ArchiveTable.keywords(service).quotedName
    let name = "k." + ArchiveTable.quoted(service.filenameColumn)
    let selection = KeywordFacts.selection(service)
    let made = (
      ofFile: try db.makeStatement(sql: "SELECT \(selection) FROM \(table) k WHERE \(name) = ?"),
      ofObservation: try db.makeStatement(
        sql: """
          SELECT \(selection) FROM products p CROSS JOIN \(table) k ON \(name) = p.productFilename
          WHERE p.parent_obsid = ? AND p.obsID = p.parent_obsid ORDER BY k.productLevel DESC, p.productFilename
          """)
    )
    statements[service] = made
    return made
  }
}
