import Foundation
import LocalArchive
import TableIO
import TestSupport
import Testing

@testable import ArchiveServer

@Suite struct UserTableServiceTests {
  private let archive: PlusArchive
  private let jdoe: String
  private let mroe: String

  private static let table = """
    <?xml version="1.0"?><VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
    <FIELD name="ra" datatype="double" unit="deg" ucd="pos.eq.ra"/><FIELD name="dec" datatype="double"/>
    <FIELD name="mag" datatype="float"/><FIELD name="name" datatype="char" arraysize="*"/>
    <DATA><TABLEDATA><TR><TD>10.5</TD><TD>-2</TD><TD>21.5</TD><TD>a</TD></TR>
    <TR><TD>11</TD><TD>-3</TD><TD/><TD>'; DROP TABLE users; --</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
    """

  init() throws {
    archive = try PlusArchive()
    jdoe = try archive.login("jdoe")
    mroe = try archive.login("mroe")
  }

  private func upload(_ name: String, as session: String? = nil, file: String? = Self.table) -> ServerResponse {
    archive.upload(
      [("TASKID", "-1"), ("TABLE_NAME", name), ("TABLE_DESC", "my data"), ("FORMAT", "votable")], file: file,
      as: session ?? jdoe)
  }

  private func tables(_ user: String) throws -> [UserTable] { try archive.sample.store.userTables(visibleTo: user) }

  @Test func aTableIsStoredAndDeleted() async throws {
    #expect(upload("mytable").status == 200)
    let table = try #require(try tables("jdoe").first)
    #expect(table.qualifiedName == "user_jdoe.mytable")
    #expect(table.description == "my data")
    #expect(table.rowCount == 2)
    #expect(table.columns.map(\.field.name) == ["mytable_oid", "ra", "dec", "mag", "name"])
    #expect(upload("mytable").status == 409)
    let form = [("TABLE_NAME", "mytable"), ("DELETE", "TRUE"), ("FORCE_REMOVAL", "FALSE")]
    #expect(archive.post("/server/Upload", form, as: mroe).status == 404)
    #expect(archive.post("/server/Upload", form, as: jdoe).status == 200)
    #expect(archive.post("/server/Upload", form, as: jdoe).status == 404)
    #expect(try tables("jdoe").isEmpty)
  }

  @Test func onlyUsersStoreTables() {
    #expect(archive.upload([("TABLE_NAME", "t")], file: Self.table, as: nil).status == 401)
    #expect(upload("t", as: String(repeating: "0", count: 64)).status == 401)
    #expect(archive.post("/server/TableTool", [("ACTION", "radec"), ("TABLE_NAME", "t")]).status == 401)
    for target in [
      "/server/tap/share?action=GetGroups", "/server/tap/share?action=GetSharedItems", "/server/tap/users?USER=jdoe",
    ] {
      #expect(archive.get(target).status == 401)
    }
  }

  @Test(arguments: [
    "a.b", "user_mroe.t", "a\"b", "t; DROP TABLE users", "../../etc/passwd", "t\u{0}", " ", "sqlite_master--",
  ])
  func namesThatAreNoneAreRefused(name: String) async throws {
    let response = upload(name)
    #expect(response.status == 400)
    #expect(try await text(of: response).contains("<li><b>Message: </b>"))
    #expect(try tables("jdoe").isEmpty)
    #expect(try archive.sample.store.users().count == 3)
  }

  @Test(arguments: [
    "", "<html>no table</html>", "<VOTABLE><RESOURCE><TABLE><FIELD name='a' datatype='int'/><DATA><TABLEDATA><TR><TD>x",
  ])
  func whatIsNoTableIsRefused(file: String) throws {
    #expect(upload("t", file: file).status == 400)
    #expect(try tables("jdoe").isEmpty)
  }

  @Test func quotasHold() throws {
    let rows = (0..<3000).map {
      "<TR><TD>\($0)</TD><TD>1</TD><TD>2</TD><TD>\(String(repeating: "x", count: 100))</TD></TR>"
    }
    let large = Self.table.replacing("<TABLEDATA>", with: "<TABLEDATA>" + rows.joined())
    #expect(upload("large", file: large).status == 413)
    #expect(try tables("jdoe").isEmpty)
  }

  @Test func aJobsResultBecomesATableOfItsOwnerOnly() throws {
    try Data("a,b\n1,x\n2,y\n".utf8).write(to: URL(filePath: archive.sample.store.filesPath + "/job.csv"))
    let fields = [("TASKID", "-1"), ("JOBID", "7"), ("TABLE_NAME", "t7"), ("FORMAT", "<built-in function format>")]
    #expect(archive.upload(fields, file: nil, as: mroe).status == 404)
    #expect(archive.upload(fields, file: nil, as: jdoe).status == 200)
    #expect(try tables("jdoe").map(\.rowCount) == [2])
    #expect(archive.upload([("JOBID", "../8"), ("TABLE_NAME", "x")], file: nil, as: jdoe).status == 404)
  }

  @Test func tablesAreFetchedWhereTheArchiveMay() async throws {
    let fields = [("TASKID", "-1"), ("URL", "https://example.org/t.vot"), ("TABLE_NAME", "remote")]
    #expect(archive.upload(fields, file: nil, as: jdoe).status == 501)
    let request = ServerRequest(
      method: "POST", target: "/server/Upload",
      headers: ["cookie": "JSESSIONID=\(jdoe)", "content-type": "application/x-www-form-urlencoded"],
      body: Array("URL=https://example.org/t.vot&TABLE_NAME=remote".utf8))
    struct Refusal: Error {}
    let refuse = UploadFetch(bytes: { _, _ in throw Refusal() }, byteLimit: 1000)
    #expect(await archive.users.upload(request, refuse).settled().status == 400)
    let large = UploadFetch(bytes: { _, _ in [UInt8](repeating: 0x20, count: 1001) }, byteLimit: 1000)
    #expect(await archive.users.upload(request, large).settled().status == 413)
    let fetch = UploadFetch(bytes: { _, _ in Array(Self.table.utf8) }, byteLimit: 10_000)
    #expect(await archive.users.upload(request, fetch).settled().status == 200)
    #expect(try tables("jdoe").map(\.name) == ["remote"])
  }

  @Test func descriptionsChangeAsESAsClientSendsThem() async throws {
    _ = upload("mytable")
    let columns = [
      ("mytable_oid", "", "", "True", "PK"), ("ra", "", "", "False", "Ra"), ("dec", "None", "", "False", "Dec"),
      ("mag", "phot.mag;em.IR", "x.y", "True", "Mag"), ("name", "None", "None", "False", "None"),
    ]
    var form = [("ACTION", "edit"), ("NUMTABLES", "1"), ("TABLE0_NUMCOLS", "5"), ("TABLE0", "user_jdoe.mytable")]
    for (index, column) in columns.enumerated() {
      form += [
        ("TABLE0_COL\(index)", column.0), ("TABLE0_COL\(index)_UCD", column.1), ("TABLE0_COL\(index)_UTYPE", column.2),
        ("TABLE0_COL\(index)_INDEXED", column.3), ("TABLE0_COL\(index)_FLAGS", column.4),
      ]
    }
    #expect(archive.post("/server/TableTool", form, as: mroe).status == 404)
    #expect(archive.post("/server/TableTool", form, as: jdoe).status == 200)
    let table = try #require(try tables("jdoe").first)
    #expect(table.columns.map(\.flagCode) == [48, 33, 34, 40, 0])
    #expect(table.columns[3].field.ucd == "phot.mag;em.IR")
    #expect(table.columns[3].field.utype == "x.y")
    #expect(table.columns[2].field.ucd == nil)
    let listed = try await text(of: archive.get("/server/tap/tables?tables=user_jdoe.mytable", as: jdoe))
    #expect(listed.contains("esatapplus:flags=\"33\"") && listed.contains("esatapplus:flags=\"48\""))
    #expect(try await !text(of: archive.get("/server/tap/tables?tables=user_jdoe.mytable")).contains("mytable_oid"))
    let two = [
      ("ACTION", "edit"), ("NUMTABLES", "1"), ("TABLE0_NUMCOLS", "1"), ("TABLE0", "mytable"), ("TABLE0_COL0", "mag"),
      ("TABLE0_COL0_FLAGS", "Ra"),
    ]
    #expect(archive.post("/server/TableTool", two, as: jdoe).status == 400)
    #expect(try tables("jdoe").first == table)
    for (name, status) in [("nothere", 404), ("", 400)] {
      var wrong = two
      wrong[4].1 = name
      #expect(archive.post("/server/TableTool", wrong, as: jdoe).status == status)
    }
  }

  @Test func positionsAreSetAndTablesRenamed() throws {
    _ = upload("mytable")
    let radec = { (ra: String, dec: String) in
      archive.post(
        "/server/TableTool", [("ACTION", "radec"), ("TABLE_NAME", "user_jdoe.mytable"), ("RA", ra), ("DEC", dec)],
        as: jdoe)
    }
    #expect(radec("ra", "dec").status == 200)
    #expect(try tables("jdoe").first?.columns.map(\.flagCode) == [48, 33, 34, 0, 0])
    #expect(radec("ra", "name").status == 400)
    #expect(radec("ra", "ra").status == 400)
    #expect(radec("dec", "mag").status == 200)
    #expect(try tables("jdoe").first?.columns.map(\.flagCode) == [48, 0, 33, 34, 0])
    let rename = { (form: [(String, String)]) in
      archive.post("/server/TableTool", [("action", "rename")] + form, as: jdoe).status
    }
    #expect(
      rename([
        ("new_column_names", "ra:alpha,dec:delta"), ("new_table_name", "user_jdoe.b"),
        ("table_name", "user_jdoe.mytable"),
      ]) == 200)
    #expect(try tables("jdoe").first?.qualifiedName == "user_jdoe.b")
    #expect(try tables("jdoe").first?.columns.map(\.field.name) == ["mytable_oid", "alpha", "delta", "mag", "name"])
    #expect(rename([("new_table_name", "user_mroe.b"), ("table_name", "b")]) == 403)
    #expect(rename([("new_table_name", "a b"), ("table_name", "b")]) == 400)
    #expect(rename([("new_column_names", "alpha"), ("table_name", "b")]) == 400)
    #expect(rename([("new_table_name", "c"), ("table_name", "other")]) == 404)
  }

  @Test func groupsAndSharedTablesSpeakESAsForms() async throws {
    _ = upload("mytable")
    #expect(
      archive.post(
        "/server/tap/share",
        [("action", "CreateOrUpdateGroup"), ("resource_type", "0"), ("title", "te<am"), ("description", "our & team")],
        as: jdoe
      ).status == 200)
    #expect(
      archive.post(
        "/server/tap/share",
        [("action", "CreateOrUpdateGroup"), ("resource_type", "0"), ("title", "te<am"), ("description", "")], as: jdoe
      ).status == 409)
    let group = try #require(try archive.sample.store.groups(of: "jdoe").first?.id)
    let members = [
      ("action", "CreateOrUpdateGroup"), ("group_id", "\(group)"), ("title", "te<am"), ("description", "our & team"),
      ("users_list", "jdoe,mroe"),
    ]
    #expect(archive.post("/server/tap/share", members, as: mroe).status == 404)
    #expect(archive.post("/server/tap/share", members, as: jdoe).status == 200)
    let groups = try await text(of: archive.get("/server/tap/share?action=GetGroups", as: mroe))
    #expect(groups.contains("<sharedGroup id=\"\(group)\" owner=\"jdoe\">"))
    #expect(groups.contains("<title>te&lt;am</title>"))
    #expect(groups.contains("<description>our &amp; team</description>"))
    #expect(groups.contains("<user id=\"mroe\" name=\"Mary Roe\"/>"))
    let item = [
      ("action", "CreateOrUpdateItem"), ("resource_type", "0"), ("title", "user_jdoe.mytable"), ("description", "d"),
      ("items_list", "\(group)|Group|Read"),
    ]
    #expect(archive.post("/server/tap/share", item, as: mroe).status == 404)
    #expect(try tables("mroe").isEmpty)
    #expect(archive.post("/server/tap/share", item, as: jdoe).status == 200)
    #expect(try tables("mroe").map(\.qualifiedName) == ["user_jdoe.mytable"])
    for (query, isListed) in [("", false), ("?share_accessible=true", true), ("?tables=user_jdoe.mytable", true)] {
      let list = try await text(of: archive.get("/server/tap/tables" + query, as: mroe))
      #expect(list.contains("user_jdoe.mytable") == isListed, "\(query)")
    }
    let items = try await text(of: archive.get("/server/tap/share?action=GetSharedItems", as: mroe))
    #expect(items.contains("<title>user_jdoe.mytable</title>"))
    #expect(items.contains("<sharedToItem shareTo=\"\(group)\" shareType=\"Group\" shareMode=\"Read\"/>"))
    let share = try #require(try archive.sample.store.sharedTables(of: "jdoe").first?.id)
    let end = [("action", "RemoveItem"), ("resource_type", "0"), ("resource_id", "\(share)"), ("resource_type", "0")]
    #expect(archive.post("/server/tap/share", end, as: mroe).status == 404)
    // Not by a link that somebody is made to follow.
    let link = "/server/tap/share?action=RemoveItem&resource_type=0&resource_id=\(share)"
    #expect(archive.get(link, as: jdoe).status == 405)
    #expect(archive.send("POST", link, as: jdoe).status == 400)
    #expect(archive.post("/server/tap/share", end, as: jdoe).status == 200)
    #expect(try tables("mroe").isEmpty)
    #expect(
      archive.post(
        "/server/tap/share", [("action", "RemoveGroup"), ("resource_type", "0"), ("group_id", "\(group)")], as: mroe
      ).status == 403)
    #expect(
      archive.post(
        "/server/tap/share", [("action", "RemoveGroup"), ("resource_type", "0"), ("group_id", "\(group)")], as: jdoe
      ).status == 200)
    #expect(
      archive.post("/server/tap/share", [("action", "RemoveGroup"), ("group_id", "1 OR 1=1")], as: jdoe).status == 400)
    #expect(try await text(of: archive.get("/server/tap/share?action=GetGroups", as: jdoe)).contains("<sharedGroups"))
  }

  @Test func usersAreLookedUpByName() async throws {
    #expect(try await text(of: archive.get("/server/tap/users?USER=zed", as: jdoe)) == "zed:Zed Zedson")
    for name in ["nobody", "ze%25", "zed%27%20OR%201=1", "ZED"] {
      #expect(try await text(of: archive.get("/server/tap/users?USER=" + name, as: jdoe)) == "")
    }
  }

  @Test func noticesAreLinesForEverybody() async throws {
    #expect(try await text(of: archive.get("/server/tap/notification?action=GetNotifications")) == "")
    try archive.sample.store.addNotice("The archive will be down on Monday", type: "warning")
    let line = try await text(of: archive.get("/server/tap/notification?action=GetNotifications"))
    #expect(line == "notification_id1[type: warning,banner]=The archive will be down on Monday\n")
    #expect(archive.get("/server/tap/notification").status == 400)
  }

  /// Who sends a table slowly keeps nobody from writing.
  @Test func aTableIsReadBeforeItIsStored() async throws {
    let path = archive.sample.store.filesPath + "/job.csv"
    #expect(mkfifo(path, 0o600) == 0)
    let cut = try #require(Self.table.firstRange(of: "</TR>")?.upperBound)
    let padding = "<!--" + String(repeating: " ", count: 9000) + "-->"
    let (archive, jdoe) = (UncheckedArchive(archive), jdoe)
    let stored = Task {
      try await onOwnThread {
        archive.value.post("/server/Upload", [("TABLE_NAME", "slow"), ("JOBID", "7")], as: jdoe).status
      }
    }
    let descriptor = try await onOwnThread { open(path, O_WRONLY) }
    func send(_ text: Substring) async throws {
      let text = String(text)
      try await onOwnThread {
        let bytes = Array(text.utf8)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
      }
    }
    try await send(Self.table[..<cut] + padding)
    // The reader has had all that was sent, and waits for more.
    try await Task.sleep(for: .milliseconds(300))
    let session = try await onOwnThread { try archive.value.login("zed") }
    #expect(session.count == 64)
    try await send(Self.table[cut...])
    close(descriptor)
    #expect(try await stored.value == 200)
    #expect(try tables("jdoe").first?.rowCount == 2)
  }

  /// The archive's parts are all safe to use from any thread; only the class does not say so.
  private struct UncheckedArchive: @unchecked Sendable {
    let value: PlusArchive
    init(_ value: PlusArchive) { self.value = value }
  }
}
