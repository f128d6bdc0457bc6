import Foundation
import GRDBSQLite
import Synchronization
import TableIO
import Testing

@testable import LocalArchive

/// What a query may not do: run for ever, take all memory, see or change what is not its own.
@Suite struct QueryLimitTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore

  init() throws { store = try ArchiveStore.create(at: folder.path) }

  /// A table of whole numbers from 0.
  private func numbers(_ count: Int) throws -> UploadedTable {
    let columns = [Column("n", .int), Column("name", .char, shape: .variable)]
    var batch = TableBatch(columns: columns)
    batch.columns[0].elements = .int((0..<Int32(count)).map { $0 })
    var texts = TextBuffer()
    for number in 0..<count {
      texts.append("row \(number &* 7919 % 10_007)")
      batch.columns[0].nullCells.append(false)
      batch.columns[1].nullCells.append(false)
    }
    batch.columns[1].elements = .text(texts)
    batch.rowCount = count
    return UploadedTable(name: "n", table: Table(metadata: TableMetadata(columns: columns), rows: batch))
  }

  private func kind(_ query: ArchiveQuery) -> LocalArchiveError.Kind? {
    do {
      let cursor = try store.open(query)
      while try cursor.next() != nil {}
      return nil
    } catch { return error.kind }
  }

  private let endless = "SELECT COUNT(*) AS c FROM TAP_UPLOAD.n a, TAP_UPLOAD.n b, TAP_UPLOAD.n c, TAP_UPLOAD.n d"

  @Test("A cross product ends when its time is over") func time() throws {
    let uploads = [try numbers(2000)]
    #expect(kind(ArchiveQuery(adql: endless, uploads: uploads, timeLimit: .milliseconds(200))) == .timedOut)
    // The connection is whole again, and its next query has a time of its own.
    #expect(kind(ArchiveQuery(adql: "SELECT COUNT(*) AS c FROM TAP_UPLOAD.n", uploads: uploads)) == nil)
    #expect(kind(ArchiveQuery(adql: "SELECT COUNT(*) AS c FROM jwst.main")) == nil)
  }

  @Test("The time of queries is told by who opens the archive") func clock() throws {
    // A second goes by with each look.
    let now = Mutex(Duration.zero)
    let uptime: ArchiveStore.Uptime = {
      now.withLock { now in
        now += .seconds(1)
        return now
      }
    }
    let store = try ArchiveStore.create(at: folder.path + "/other", uptime: uptime)
    let cursor = try store.open(
      ArchiveQuery(adql: endless, uploads: [try numbers(2000)], timeLimit: .seconds(100_000)))
    let error = #expect(throws: LocalArchiveError.self) { try cursor.next() }
    #expect(error?.kind == .timedOut)
  }

  @Test("Only time in which the database works counts") func watch() {
    let now = Mutex(Duration.zero)
    let watch = QueryWatch { now.withLock { $0 } }
    func pass(_ seconds: Int) { now.withLock { $0 += .seconds(seconds) } }
    watch.begin(nil, timeLimit: .seconds(10))
    watch.timing {
      pass(9)
      #expect(!watch.mustStop())
    }
    pass(100)
    watch.timing {
      #expect(!watch.mustStop())
      pass(1)
      #expect(watch.mustStop())
    }
    #expect(watch.error("")?.kind == .timedOut)
    watch.begin(nil, timeLimit: nil)
    watch.timing {
      pass(1000)
      #expect(!watch.mustStop())
    }
  }

  @Test("A query is stopped from another thread") func cancellation() throws {
    let cursor = try store.open(ArchiveQuery(adql: endless, uploads: [try numbers(2000)]))
    let cancellation = cursor.cancellation
    // A thread of its own: the query holds one of the pool's, and other tests may hold the rest.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.1)
      cancellation.cancel()
    }
    let error = #expect(throws: LocalArchiveError.self) { while try cursor.next() != nil {} }
    #expect(error?.kind == .cancelled)
    #expect(try cursor.next() == nil)
  }

  @Test("A query that was cancelled before it began gives nothing") func cancelledBefore() throws {
    let cursor = try store.open(ArchiveQuery(adql: "SELECT * FROM TAP_UPLOAD.n", uploads: [try numbers(10)]))
    cursor.cancellation.cancel()
    let error = #expect(throws: LocalArchiveError.self) { try cursor.next() }
    #expect(error?.kind == .cancelled)
  }

  @Test("MAXREC cuts, and says so only when there was more", arguments: [0, 1, 9, 10, 11]) func overflow(
    maxRows: Int
  ) throws {
    let cursor = try store.open(
      ArchiveQuery(adql: "SELECT n FROM TAP_UPLOAD.n", maxRows: maxRows, uploads: [try numbers(10)]))
    var rows = 0
    while let batch = try cursor.next(maxRows: 4) { rows += batch.rowCount }
    #expect(rows == min(10, maxRows))
    #expect(cursor.isOverflow == (maxRows < 10))
  }

  @Test("TOP is no overflow") func top() throws {
    let cursor = try store.open(
      ArchiveQuery(adql: "SELECT TOP 5 n FROM TAP_UPLOAD.n", maxRows: 5, uploads: [try numbers(10)]))
    #expect(try cursor.next()?.rowCount == 5)
    #expect(try cursor.next() == nil)
    #expect(!cursor.isOverflow)
  }

  @Test("A huge sort goes to files") func sort() throws {
    // What SQLite itself holds, in all its connections; a few megabytes are those of tests beside this one.
    let before = sqlite3_memory_used()
    sqlite3_memory_highwater(1)
    defer { #expect(sqlite3_memory_highwater(0) - before < 64 << 20) }
    // 250,000 texts of some 500 bytes, each of which the sorter and DISTINCT keep.
    let long = (0..<20).map { _ in "a.name || b.name" }.joined(separator: " || ")
    let cursor = try store.open(
      ArchiveQuery(
        adql: "SELECT DISTINCT \(long) AS t, a.n, b.n AS m FROM TAP_UPLOAD.n a, TAP_UPLOAD.n b ORDER BY t DESC",
        uploads: [try numbers(500)]))
    var rows = 0
    while let batch = try cursor.next() { rows += batch.rowCount }
    #expect(rows == 250_000)
  }

  @Test("Text that an aggregate puts together has an end") func aggregate() throws {
    let query = ArchiveQuery(
      adql: "SELECT ivo_string_agg(a.name, b.name) AS t FROM TAP_UPLOAD.n a, TAP_UPLOAD.n b",
      uploads: [try numbers(1500)])
    #expect(kind(query) == .tooLarge)
  }

  /// What the database itself does not do, and a word of what is said of it.
  private static let beyondLimits = [
    ("SELECT \((0..<2001).map { "n AS c\($0)" }.joined(separator: ", ")) FROM TAP_UPLOAD.n", "2000"),
    ("SELECT a0.n FROM \((0..<65).map { "TAP_UPLOAD.n AS a\($0)" }.joined(separator: ", "))", "64 tables"),
    ("SELECT a0.n FROM \((0..<240).map { "TAP_UPLOAD.n AS a\($0)" }.joined(separator: ", "))", "tables"),
    ("SELECT n FROM TAP_UPLOAD.n WHERE name LIKE '\(String(repeating: "%a", count: 2049))'", "4096 bytes"),
    ("SELECT n FROM TAP_UPLOAD.n WHERE name ILIKE '\(String(repeating: "%a", count: 2049))'", "4096 bytes"),
    ("SELECT n FROM TAP_UPLOAD.n WHERE 1 = ivo_hasword(name, '\(String(repeating: "a ", count: 2049))')", "4096 bytes"),
    ("SELECT n FROM TAP_UPLOAD.n ORDER BY \((0..<2001).map { "n + \($0)" }.joined(separator: ", "))", "2000"),
    (
      "SELECT COUNT(*) AS c FROM TAP_UPLOAD.n GROUP BY \((0..<2001).map { "n + \($0)" }.joined(separator: ", "))",
      "2000"
    ),
    ("SELECT SUM(CAST(n AS BIGINT) + 9223372036854775000) AS s FROM TAP_UPLOAD.n", "64 bits"),
  ]

  @Test("What the database itself cannot do is the query's fault", arguments: beyondLimits) func databaseLimits(
    adql: String, word: String
  ) throws {
    do {
      let cursor = try store.open(ArchiveQuery(adql: adql, uploads: [try numbers(10)]))
      while try cursor.next() != nil {}
      Issue.record("answered")
    } catch let error as LocalArchiveError {
      #expect(error.kind == (word == "64 bits" ? .unsuitableValue : .tooLarge), "\(error)")
      #expect(error.message.contains(word), "\(error)")
    }
  }

  @Test(
    "SQLite's words for its bounds are known, and no others",
    arguments: [
      ("too many columns in result set", "7 allowed"), ("too many terms in ORDER BY clause", "7 allowed"),
      ("at most 64 tables in a join", "at most 64"), ("too many terms in compound SELECT", "7 SELECTs"),
      ("too many FROM clause terms, max: 200", "max: 200"),
      ("Expression tree is too large (maximum depth 1000)", "too deep"), ("parser stack overflow", "too deep"),
      ("too many references to \"a\": max 65535", "too deep"), ("too many arguments on function min", "7 arguments"),
      ("LIKE or GLOB pattern too complex", "7 bytes"), ("statement too long", "7 bytes"),
      ("string or blob too big", "7 bytes"), ("no such column: too many columns", nil), ("disk I/O error", nil),
    ] as [(String, String?)]) func databaseWords(message: String, word: String?)
  {
    let reason = DatabaseLimit.reason(message, number: { _ in 7 })
    if let word { #expect(reason?.contains(word) == true, "\(reason ?? "")") } else { #expect(reason == nil) }
  }

  /// A text and a pattern that take the product of their lengths.
  private static let longSearches = [
    "t LIKE '%\(String(repeating: "a", count: 1000))b'", "t ILIKE '%\(String(repeating: "a", count: 1000))b'",
    "ivo_nocasematch(t, '%\(String(repeating: "ä", count: 1000))b') = 1",
    "ivo_hasword(t, '\(String(repeating: "a ", count: 1000))b') = 1",
  ]

  @Test("A search in one long text ends when its time is over", arguments: longSearches) func searches(
    condition: String
  ) throws {
    let text =
      condition.contains("hasword")
      ? String(repeating: "a ", count: 20_000) : String(repeating: condition.contains("ä") ? "ä" : "a", count: 100_000)
    var table = Table(columns: [Column("t", .unicodeChar, shape: .variable)])
    try table.append(row: [text])
    // A second goes by with each look.
    let now = Mutex(Duration.zero)
    let store = try ArchiveStore.create(at: folder.path + "/other") {
      now.withLock { now in
        now += .seconds(1)
        return now
      }
    }
    let cursor = try store.open(
      ArchiveQuery(
        adql: "SELECT COUNT(*) AS n FROM TAP_UPLOAD.long WHERE \(condition)",
        uploads: [UploadedTable(name: "long", table: table)], timeLimit: .seconds(500)))
    let error = #expect(throws: LocalArchiveError.self) { try cursor.next() }
    #expect(error?.kind == .timedOut)
  }

  @Test("Batches end where their cells take much room") func batches() throws {
    var table = Table(columns: [Column("t", .char, shape: .variable)])
    try table.append(row: [String(repeating: "a", count: 1 << 20)])
    let cursor = try store.open(
      ArchiveQuery(
        adql: "SELECT l.t, n.n FROM TAP_UPLOAD.n AS n, TAP_UPLOAD.long AS l",
        uploads: [try numbers(40), UploadedTable(name: "long", table: table)]))
    var counts: [Int] = []
    while let batch = try cursor.next() { counts.append(batch.rowCount) }
    #expect(counts.reduce(0, +) == 40)
    #expect(counts.max() == 8)
  }

  @Test("Only a query that the database takes is kept") func kept() throws {
    let tables = (0..<65).map { "jwst.main AS a\($0)" }.joined(separator: ", ")
    let (bad, good) = ("SELECT a0.planeid FROM \(tables)", "SELECT COUNT(*) AS n FROM jwst.main")
    #expect(kind(ArchiveQuery(adql: bad)) == .tooLarge)
    #expect(kind(ArchiveQuery(adql: good)) == nil)
    #expect(store.queries.checked.query("-1 ADQL \(bad)") == nil)
    #expect(store.queries.checked.query("-1 ADQL \(good)") != nil)
  }

  @Test("Uploads have bounds") func uploads() throws {
    var limits = QueryLimits()
    limits.uploadedRows = 100
    limits.uploadedBytes = 1000
    limits.uploadedTables = 2
    func check(_ uploads: [UploadedTable]) -> LocalArchiveError.Kind? {
      do throws(LocalArchiveError) {
        _ = try UploadTable.tables(of: ArchiveQuery(adql: "", uploads: uploads), limits: limits)
        return nil
      } catch { return error.kind }
    }
    func named(_ name: String, _ count: Int) throws -> UploadedTable {
      UploadedTable(name: name, table: try numbers(count).table)
    }
    #expect(check([try named("a", 40)]) == nil)
    #expect(check([try named("a", 101)]) == .tooLarge)
    #expect(check([try named("a", 50), try named("b", 51)]) == .tooLarge)
    #expect(check([try named("a", 1), try named("b", 1), try named("c", 1)]) == .tooLarge)
    #expect(check([try named("a", 90)]) == .tooLarge)
    #expect(check([try named("a", 1), try named("A", 1)]) == .badQuery)
    for name in ["", "1a", "a b", "a\"; DROP TABLE planes; --", "ä", "a.b", String(repeating: "a", count: 200)] {
      #expect(check([try named(name, 1)]) == .badQuery, "\(name)")
    }
  }

  @Test("A whole number beyond its type is an error, not another number") func range() throws {
    let query = ArchiveQuery(
      adql: "SELECT n * 1000000 AS big FROM TAP_UPLOAD.n WHERE n = 5000", uploads: [try numbers(6000)])
    #expect(kind(query) == .unsuitableValue)
  }

  @Test(
    "Nothing gets past the checks",
    arguments: [
      "SELECT * FROM sqlite_master", "SELECT * FROM \"observations\"", "SELECT * FROM users",
      "SELECT * FROM main.planes",
      "SELECT * FROM temp.sqlite_temp_master", "SELECT * FROM TAP_UPLOAD.n; DROP TABLE planes",
      "SELECT * FROM jwst.main WHERE target_name = '' UNION SELECT * FROM users --'",
      "SELECT load_extension('x') FROM jwst.main", "SELECT readfile('/etc/passwd') FROM jwst.main",
      "SELECT writefile('/tmp/webb', 'x') FROM jwst.main", "SELECT adql_sin(1) FROM jwst.main", "PRAGMA journal_mode",
      "ATTACH DATABASE '/tmp/x' AS x", "SELECT _key FROM jwst.main", "SELECT _zone FROM jwst.main",
      "SELECT rowid FROM jwst.main",
      "SELECT \"_key\" FROM jwst.main", "SELECT * FROM \"user_tables\"", "SELECT * FROM pragma_table_info('users')",
      "WITH planes AS (SELECT * FROM sessions) SELECT * FROM planes", "DELETE FROM jwst.main", "",
    ]) func injection(_ adql: String)
  {
    #expect(kind(ArchiveQuery(adql: adql)) == .badQuery)
  }

  @Test("Quotes in texts and names stay in them") func quotes() throws {
    let adql =
      "SELECT TOP 1 'a''; DROP TABLE planes; --' AS \"x\"\"; DELETE FROM planes\", n AS \"n'\" FROM TAP_UPLOAD.n"
    let cursor = try store.open(ArchiveQuery(adql: adql, uploads: [try numbers(1)]))
    let batch = try #require(try cursor.next())
    #expect(cursor.metadata.columns.map(\.name) == ["x\"; DELETE FROM planes", "n'"])
    #expect(batch.columns[0].cell(at: 0, of: cursor.metadata.columns[0]) == .text("a'; DROP TABLE planes; --"))
  }
}
