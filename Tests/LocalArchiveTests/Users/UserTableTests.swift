import FoundationEssentials
import GRDB
import TableIO
import Testing

@testable import LocalArchive

@Suite struct UserTableTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore
  private let cheap = PasswordHash.Cost(logRounds: 4, blockSize: 1, lanes: 1)

  init() throws {
    store = try ArchiveStore.create(at: folder.path)
    for name in ["jdoe", "mroe", "zed"] {
      try store.add(
        ArchiveUser(name: name, quota: 100_000), password: "correct horse", salt: [UInt8](1...16), cost: cheap)
    }
  }

  private func table(_ columns: [TableIO.Column], _ rows: [[(any TableValue)?]]) throws -> TableIO.Table {
    var table = TableIO.Table(columns: columns)
    for row in rows { try table.append(row: row) }
    return table
  }

  @discardableResult
  private func keep(_ table: TableIO.Table, as name: String, of user: String = "jdoe") throws -> UserTable {
    var rows: TableBatch? = table.rows
    return try store.addUserTable(name, description: "mine", of: user, columns: table.metadata.columns) {
      defer { rows = nil }
      return rows
    }
  }

  private func simple() throws -> TableIO.Table {
    try table(
      [.init("ra", .double, unit: "deg", ucd: "pos.eq.ra"), .init("dec", .double), .init("mag", .float)],
      [
        [10.5, -20.25, Float(0.1)], [nil, Double.nan, nil],
      ])
  }

  private func kind(_ body: () throws -> Void) -> LocalArchiveError.Kind? {
    #expect(throws: LocalArchiveError.self, performing: body)?.kind
  }

  @Test func rowsAndDescriptionsAreKept() throws {
    let columns: [TableIO.Column] = [
      .init("flag", .boolean), .init("n", .long),
      .init("x", .float, unit: "mag", utype: "a:b", description: "a number"),
      .init("name", .unicodeChar, shape: .variable), .init("p", .double, shape: .init(dimensions: [2]), xtype: "point"),
      .init("b", .bit),
    ]
    let stored = try keep(
      table(
        columns,
        [
          [true, Int64.min, Float(0.1), "ö'\"; DROP TABLE users", [1.5, -2.0], 1 as Int64],
          [nil, nil, nil, nil, nil, nil],
        ]), as: "Everything")
    #expect(stored.rowCount == 2)
    #expect(stored.qualifiedName == "user_jdoe.Everything")
    let listed = try #require(try store.userTables(visibleTo: "jdoe").first)
    #expect(listed == stored)
    #expect(listed.columns.map(\.field.name) == ["everything_oid", "flag", "n", "x", "name", "p", "b"])
    #expect(listed.columns[0].flagCode == 48)
    #expect(listed.columns[3].field.unit == "mag")
    #expect(listed.columns[3].field.utype == "a:b")
    #expect(listed.columns[3].field.description == "a number")
    #expect(listed.columns[5].field.xtype == "point")
    #expect(listed.columns[5].field.shape.text == "2")
    #expect(listed.columns[6].field.datatype == .boolean)
    let rows = try store.read { try Row.fetchAll($0, sql: "SELECT * FROM \"user_jdoe.Everything\"") }
    let first: [DatabaseValue] = [
      1.databaseValue, 1.databaseValue, Int64.min.databaseValue, Double(Float(0.1)).databaseValue,
      "ö'\"; DROP TABLE users".databaseValue, Data(SkyValue.blob(numbers: [1.5, -2])).databaseValue, 1.databaseValue,
    ]
    #expect(Array(rows[0].databaseValues) == first)
    #expect(Array(rows[1].databaseValues) == [2.databaseValue] + [DatabaseValue](repeating: .null, count: 6))
  }

  @Test func oddNamesOfColumnsAreMendedOrQuoted() throws {
    let names = [
      "", "a", "A", "a", "two words", "quo\"te", "semi;colon'", "line\nend", "\u{0}",
      String(repeating: "n", count: 300),
    ]
    let stored = try keep(
      table(names.map { .init($0, .int) }, [names.indices.map { Int64($0) }]), as: "odd")
    let kept = stored.columns.dropFirst().map(\.field.name)
    #expect(
      kept == [
        "col1", "a", "A_2", "a_3", "two words", "quo_te", "semi;colon'", "line end", "col9",
        String(repeating: "n", count: 128),
      ])
    let row = try #require(try store.read { try Row.fetchOne($0, sql: "SELECT * FROM \"user_jdoe.odd\"") })
    #expect(Array(row.columnNames.dropFirst()) == kept)
    #expect(row.databaseValues.dropFirst().compactMap { Int.fromDatabaseValue($0) } == Array(names.indices))
  }

  @Test(arguments: [
    "", "1a", "a.b", "user_mroe.t", "a b", "a\"b", "a;--", "ä", "../x", "a\u{0}b", "_a",
    String(repeating: "a", count: 101),
  ])
  func namesThatAreNoIdentifiersAreRefused(name: String) throws {
    let table = try simple()
    #expect(kind { try keep(table, as: name) } == .invalidName)
    #expect(try store.userTables(visibleTo: "jdoe").isEmpty)
  }

  @Test func aNameIsGivenOnceInAnyCase() throws {
    try keep(simple(), as: "stars")
    let table = try simple()
    #expect(kind { try keep(table, as: "STARS") } == .alreadyExists)
    try keep(simple(), as: "stars", of: "mroe")
    #expect(try store.userTables(visibleTo: "jdoe").map(\.qualifiedName) == ["user_jdoe.stars"])
  }

  @Test func whatIsTooLargeLeavesNothing() throws {
    let large = try table(
      [.init("text", .char, shape: .variable)], (0..<200).map { _ in [String(repeating: "x", count: 600)] })
    #expect(kind { try keep(large, as: "large") } == .quotaExceeded)
    #expect(try store.userTables(visibleTo: "jdoe").isEmpty)
    #expect(try store.read { try $0.tableExists("user_jdoe.large") } == false)
    let half = try table(
      [.init("text", .char, shape: .variable)], (0..<100).map { _ in [String(repeating: "x", count: 600)] })
    try keep(half, as: "first")
    #expect(kind { try keep(half, as: "second") } == .quotaExceeded)
    try store.deleteUserTable("first", of: "jdoe", force: false)
    try keep(half, as: "second")
    let wide = try table((0..<1001).map { .init("c\($0)", .int) }, [])
    #expect(kind { try keep(wide, as: "wide") } == .unsuitableTable)
    #expect(kind { try keep(TableIO.Table(columns: []), as: "none") } == .unsuitableTable)
  }

  @Test func othersTablesAreOutOfReach() throws {
    try keep(simple(), as: "stars")
    #expect(try store.userTables(visibleTo: "mroe").isEmpty)
    #expect(try store.userTables(visibleTo: nil).isEmpty)
    for name in [
      "stars", "user_jdoe.stars", "USER_JDOE.STARS", "user_mroe.stars", "users", "main.users", "user_mroe.",
      "x.user_mroe.stars",
    ] {
      #expect(kind { try store.deleteUserTable(name, of: "mroe", force: true) } == .unknownItem, "\(name)")
      #expect(kind { try store.renameUserTable(name, of: "mroe", to: "mine", columns: []) } == .unknownItem, "\(name)")
      #expect(kind { try store.editUserTable(name, of: "mroe") { $0.removeAll() } } == .unknownItem, "\(name)")
      #expect(kind { try store.share(name, of: "mroe", with: 1, description: "") } == .unknownItem, "\(name)")
    }
    #expect(kind { try store.renameUserTable("stars", of: "jdoe", to: "user_mroe.stars", columns: []) } == .notAllowed)
    #expect(try store.userTables(visibleTo: "jdoe").map(\.name) == ["stars"])
  }

  @Test func tablesAndColumnsAreRenamed() throws {
    try keep(simple(), as: "stars")
    try keep(simple(), as: "others")
    try store.renameUserTable(
      "user_jdoe.stars", of: "jdoe", to: "user_jdoe.Suns", columns: [("RA", "alpha"), ("\"dec\"", "del'ta; x")])
    let table = try #require(try store.userTables(visibleTo: "jdoe").first { $0.name == "Suns" })
    #expect(table.columns.map(\.field.name) == ["stars_oid", "alpha", "del'ta; x", "mag"])
    #expect(table.columns[1].field.unit == "deg")
    #expect(try store.read { try Double.fetchOne($0, sql: "SELECT alpha FROM \"user_jdoe.Suns\"") } == 10.5)
    #expect(kind { try store.renameUserTable("Suns", of: "jdoe", to: "OTHERS", columns: []) } == .alreadyExists)
    #expect(kind { try store.renameUserTable("Suns", of: "jdoe", to: "a b", columns: []) } == .invalidName)
    #expect(
      kind { try store.renameUserTable("Suns", of: "jdoe", to: nil, columns: [("alpha", "MAG")]) } == .alreadyExists)
    #expect(kind { try store.renameUserTable("Suns", of: "jdoe", to: nil, columns: [("none", "x")]) } == .unknownItem)
    #expect(kind { try store.renameUserTable("Suns", of: "jdoe", to: nil, columns: [("alpha", "")]) } == .invalidName)
    #expect(
      kind { try store.renameUserTable("Suns", of: "jdoe", to: nil, columns: [("alpha", "a\"b")]) } == .invalidName)
    // Only the case changes.
    try store.renameUserTable("Suns", of: "jdoe", to: "SUNS", columns: [("alpha", "ALPHA")])
    #expect(try store.userTables(visibleTo: "jdoe").map(\.name) == ["others", "SUNS"])
    #expect(try store.read { try $0.columns(in: "user_jdoe.SUNS").map(\.name) }.contains("ALPHA"))
  }

  @Test func descriptionsFlagsAndIndexesChange() throws {
    try keep(simple(), as: "stars")
    try store.editUserTable("stars", of: "jdoe") { columns in
      columns[1].flag = .ra
      columns[1].isIndexed = true
      columns[1].field.ucd = "pos.eq.ra;meta.main"
      columns[1].field.name = "not this way"
      columns[3].flag = .flux
      columns[3].isIndexed = true
    }
    let table = try #require(try store.userTables(visibleTo: "jdoe").first)
    #expect(table.columns.map(\.flagCode) == [48, 33, 0, 38])
    #expect(table.columns[1].field.name == "ra")
    #expect(table.columns[1].field.ucd == "pos.eq.ra;meta.main")
    let indexes = "SELECT name FROM pragma_index_list('user_jdoe.stars') ORDER BY name"
    #expect(
      try store.read { try String.fetchAll($0, sql: indexes) } == [
        "\(table.id).1@user_index", "\(table.id).3@user_index",
      ])
    try store.editUserTable("stars", of: "jdoe") { $0[1].isIndexed = false }
    #expect(try store.read { try String.fetchAll($0, sql: indexes) } == ["\(table.id).3@user_index"])
    #expect(kind { try store.editUserTable("stars", of: "jdoe") { $0.removeLast() } } == .unsuitableTable)
  }

  @Test func sharingOpensATableToAGroupForReading() throws {
    try keep(simple(), as: "stars")
    try store.addGroup("team", description: "ours", of: "jdoe")
    let group = try #require(try store.groups(of: "jdoe").first)
    #expect(group.members.map(\.name) == ["jdoe"])
    try store.changeGroup(group.id, of: "jdoe", title: nil, description: "all of us", members: ["mroe"])
    #expect(try store.groups(of: "mroe").first?.members.map(\.name) == ["jdoe", "mroe"])
    #expect(try store.groups(of: "mroe").first?.description == "all of us")
    try store.share("stars", of: "jdoe", with: group.id, description: "look")
    try store.share("user_jdoe.stars", of: "jdoe", with: group.id, description: "look here")
    #expect(try store.userTables(visibleTo: "mroe").map(\.qualifiedName) == ["user_jdoe.stars"])
    #expect(try store.userTables(visibleTo: "zed").isEmpty)
    let shared = try store.sharedTables(of: "mroe")
    #expect(shared.map(\.description) == ["look here"])
    #expect(try store.sharedTables(of: "zed").isEmpty)
    // Reading is all.
    #expect(kind { try store.deleteUserTable("user_jdoe.stars", of: "mroe", force: true) } == .notAllowed)
    #expect(kind { try store.renameUserTable("user_jdoe.stars", of: "mroe", to: "x", columns: []) } == .notAllowed)
    #expect(kind { try store.endShare(shared[0].id, of: "mroe") } == .unknownItem)
    #expect(
      kind { try store.changeGroup(group.id, of: "mroe", title: "mine", description: nil, members: nil) } == .notAllowed
    )
    #expect(kind { try store.removeGroup(group.id, of: "mroe") } == .notAllowed)
    #expect(kind { try store.removeGroup(group.id, of: "zed") } == .unknownItem)
    try keep(simple(), as: "secret", of: "zed")
    #expect(kind { try store.share("secret", of: "zed", with: group.id, description: "") } == .unknownItem)
    // A member that does not exist leaves the group as it was.
    #expect(
      kind { try store.changeGroup(group.id, of: "jdoe", title: "new", description: nil, members: ["nobody"]) }
        == .unknownItem)
    #expect(try store.groups(of: "jdoe").first?.title == "team")
    #expect(kind { try store.deleteUserTable("stars", of: "jdoe", force: false) } == .notAllowed)
    try store.endShare(shared[0].id, of: "jdoe")
    #expect(try store.userTables(visibleTo: "mroe").isEmpty)
    try store.share("stars", of: "jdoe", with: group.id, description: "")
    try store.changeGroup(group.id, of: "jdoe", title: nil, description: nil, members: [])
    #expect(try store.userTables(visibleTo: "mroe").isEmpty)
    try store.deleteUserTable("stars", of: "jdoe", force: true)
    #expect(try store.sharedTables(of: "jdoe").isEmpty)
    #expect(kind { try store.addGroup("team", description: "", of: "jdoe") } == .alreadyExists)
    #expect(kind { try store.addGroup("a\nb", description: "", of: "jdoe") } == .invalidName)
    try store.removeGroup(group.id, of: "jdoe")
    #expect(try store.groups(of: "jdoe").isEmpty)
  }

  @Test func noticesAreLines() throws {
    let id = try store.addNotice("down on\nMonday", type: "warning")
    #expect(try store.notices().map(\.text) == ["down on Monday"])
    #expect(kind { try store.addNotice(" ") } == .unsuitableValue)
    #expect(kind { try store.addNotice("x", type: "a]=b") } == .unsuitableValue)
    try store.removeNotice(id)
    #expect(try store.notices().isEmpty)
    #expect(kind { try store.removeNotice(id) } == .unknownItem)
  }
}
