import TAP
import TestSupport
import Testing

@Suite struct PlusUserTableTests {
  static let table = "GET /server/tap/tables?tables=user_jdoe.mytable"
  static let tool = "POST /server/TableTool"

  static func column(_ name: String, flags: Int, ucd: String = "", words: String...) -> String {
    """
    <column std="false" esatapplus:flags="\(flags)"><name>\(name)</name><description></description><unit></unit>
    <ucd>\(ucd)</ucd><utype></utype><dataType xsi:type="vod:VOTableType">double</dataType>\
    \(words.map { "<flag>\($0)</flag>" }.joined())</column>
    """
  }

  static let tableset = """
    <?xml version="1.0" encoding="UTF-8"?>
    <vod:tableset xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:vod="http://www.ivoa.net/xml/VODataService/v1.1" xsi:type="vod:TableSet" xmlns:esatapplus="http://esa.int/xml/EsaTapPlus">
    <schema esatapplus:public="true"><name>user_jdoe</name>
    <table type="base_table" esatapplus:size="100" esatapplus:flags="1"><name>user_jdoe.mytable</name><description>mine</description>
    \(column("mytable_oid", flags: 16, words: "indexed", "primary"))\(column("ra", flags: 0))\(column("dec", flags: 0))
    \(column("mag", flags: 8, ucd: "phot.mag"))
    </table></schema></vod:tableset>
    """

  /// The form for the four columns of the table: UCD, UTYPE, INDEXED, FLAGS of each.
  static func form(_ columns: [(name: String, values: [String])]) -> [[String]] {
    [["ACTION", "edit"], ["NUMTABLES", "1"], ["TABLE0_NUMCOLS", "4"], ["TABLE0", "user_jdoe.mytable"]]
      + columns.enumerated().flatMap { index, column in
        [["TABLE0_COL\(index)", column.name]]
          + zip(["UCD", "UTYPE", "INDEXED", "FLAGS"], column.values).map { ["TABLE0_COL\(index)_\($0)", $1] }
      }
  }

  @Test func aPositionIsMarked() async throws {
    let service = try PlusService([Self.table: .init(text: Self.tableset), Self.tool: .init()])
    try await service.client.updateTable(
      "user_jdoe.mytable", [TableChange("ra", .flags(.ra)), TableChange("dec", .flags(.dec))])
    #expect(service.requests == [Self.table, Self.tool])
    #expect(
      service.lastForm
        == Self.form([
          ("mytable_oid", ["", "", "True", "PK"]), ("ra", ["", "", "False", "Ra"]), ("dec", ["", "", "False", "Dec"]),
          ("mag", ["phot.mag", "", "False", "Mag"]),
        ]))
  }

  @Test func allFieldsAreChanged() async throws {
    let service = try PlusService([Self.table: .init(text: Self.tableset), Self.tool: .init()])
    try await service.client.updateTable(
      "user_jdoe.mytable",
      [
        TableChange("mag", .ucd("phot.mag;em.IR")), TableChange("mag", .utype("x.y")),
        TableChange("mag", .indexed(true)),
        TableChange("mytable_oid", .flags(.none)),
      ])
    #expect(
      service.lastForm
        == Self.form([
          ("mytable_oid", ["", "", "False", ""]), ("ra", ["", "", "False", "None"]),
          ("dec", ["", "", "False", "None"]),
          ("mag", ["phot.mag;em.IR", "x.y", "True", "Mag"]),
        ]))
  }

  @Test func changesAreCheckedBeforeAnythingIsSent() async throws {
    let service = try PlusService([Self.table: .init(text: Self.tableset)])
    for changes in [[], [TableChange("ra", .flags(.ra))], [TableChange("dec", .flags(.dec))]] {
      let error = try await PlusService.failure { try await service.client.updateTable("user_jdoe.mytable", changes) }
      #expect(error?.kind == .badRequest)
    }
    #expect(service.requests.isEmpty)
    let error = try await PlusService.failure {
      try await service.client.updateTable("user_jdoe.mytable", [TableChange("nocol", .ucd("x"))])
    }
    #expect(error?.kind == .notFound)
    #expect(service.requests == [Self.table])
  }

  @Test(arguments: [
    "<vod:tableset xmlns:vod='urn:v'/>",
    "<tableset><schema><name>s</name><table><name>a</name></table><table><name>b</name></table></schema></tableset>",
  ])
  func aTableThatIsNotThere(text: String) async throws {
    let service = try PlusService(["GET /server/tap/tables?tables=s.x": .init(text: text)])
    let error = try await PlusService.failure {
      try await service.client.updateTable("s.x", [TableChange("c", .ucd("x"))])
    }
    #expect(error?.kind == .notFound)
  }

  @Test func aTableAmongMany() async throws {
    let text =
      "<tableset><schema><name>s</name><table><name>a</name></table><table><name>X</name><column><name>c</name></column></table></schema></tableset>"
    let service = try PlusService(["GET /server/tap/tables?tables=s.x": .init(text: text), Self.tool: .init()])
    try await service.client.updateTable("s.x", [TableChange("c", .ucd("x"))])
    #expect(service.lastForm.suffix(5).map { $0[1] } == ["c", "x", "", "False", "None"])
  }

  @Test func tablesAreRenamed() async throws {
    let service = try PlusService([Self.tool: .init()])
    try await service.client.renameTable("user_jdoe.a", to: "user_jdoe.b")
    #expect(
      service.lastForm == [["action", "rename"], ["new_table_name", "user_jdoe.b"], ["table_name", "user_jdoe.a"]])
    try await service.client.renameTable(
      "user_jdoe.a", to: "user_jdoe.b", columns: [("ra", "alpha"), ("dec", "delta")])
    #expect(
      service.lastForm == [
        ["action", "rename"], ["new_column_names", "ra:alpha,dec:delta"], ["new_table_name", "user_jdoe.b"],
        ["table_name", "user_jdoe.a"],
      ])
    try await service.client.renameTable("user_jdoe.a", columns: [("r&a", "alpha")])
    #expect(
      service.lastForm == [
        ["action", "rename"], ["new_column_names", "r&a:alpha"], ["new_table_name", "user_jdoe.a"],
        ["table_name", "user_jdoe.a"],
      ])
  }

  @Test func anEmptyRenameIsNotSent() async throws {
    let service = try PlusService([:])
    let calls: [(TAPPlusClient) async throws -> Void] = [
      { try await $0.renameTable("user_jdoe.a") }, { try await $0.renameTable("", to: "b") },
      { try await $0.renameTable("a", to: "") }, { try await $0.renameTable("a", columns: [("a,b", "c")]) },
      { try await $0.renameTable("a", columns: [("a", "")]) }, { try await $0.deleteTable("") },
      { try await $0.setRADec(of: "", ra: "a", dec: "b") }, { try await $0.setRADec(of: "t", ra: "", dec: "b") },
      { try await $0.setRADec(of: "t", ra: "a", dec: "") },
    ]
    for call in calls {
      #expect(try await PlusService.failure { try await call(service.client) }?.kind == .badRequest)
    }
    #expect(service.requests.isEmpty)
  }

  @Test func tablesAreDeleted() async throws {
    let service = try PlusService(["POST /server/Upload": .init()])
    try await service.client.deleteTable("my table")
    #expect(service.lastForm == [["TABLE_NAME", "my table"], ["DELETE", "TRUE"], ["FORCE_REMOVAL", "FALSE"]])
    try await service.client.deleteTable("t", force: true)
    #expect(service.lastForm == [["TABLE_NAME", "t"], ["DELETE", "TRUE"], ["FORCE_REMOVAL", "TRUE"]])
  }

  @Test func positionColumnsAreNamed() async throws {
    let service = try PlusService([Self.tool: .init()])
    try await service.client.setRADec(of: "user_jdoe.mytable", ra: "ra", dec: "dec")
    #expect(
      service.lastForm == [["ACTION", "radec"], ["TABLE_NAME", "user_jdoe.mytable"], ["RA", "ra"], ["DEC", "dec"]])
  }

  @Test func theServicesErrors() async throws {
    let service = try PlusService([
      Self.table: .init(text: Self.tableset), Self.tool: PlusService.page(500, "not allowed"),
      "POST /server/Upload": PlusService.page(403, "not yours"),
    ])
    let calls: [(TAPPlusClient) async throws -> Void] = [
      { try await $0.renameTable("user_jdoe.a", to: "b") }, { try await $0.setRADec(of: "t", ra: "ra", dec: "dec") },
      { try await $0.updateTable("user_jdoe.mytable", [TableChange("ra", .ucd("x"))]) },
    ]
    for call in calls {
      let error = try await PlusService.failure { try await call(service.client) }
      #expect(error?.message == "not allowed")
      #expect(error?.status == 500)
    }
    let error = try await PlusService.failure { try await service.client.deleteTable("t") }
    #expect(error?.kind == .notAuthorized)
    #expect(error?.message == "not yours")
  }

  @Test func otherContexts() async throws {
    var contexts = TAPPlusContexts()
    contexts.tableTool = "tools/edit"
    let service = try PlusService(["POST /server/tools/edit": .init()], contexts: contexts)
    try await service.client.setRADec(of: "t", ra: "a", dec: "b")
    #expect(service.requests == ["POST /server/tools/edit"])
  }
}
