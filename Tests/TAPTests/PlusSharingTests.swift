import TAP
import TestSupport
import Testing

@Suite struct PlusSharingTests {
  static let groups = "GET /server/tap/share?action=GetGroups"
  static let items = "GET /server/tap/share?action=GetSharedItems"
  static let table = "GET /server/tap/tables?tables=user_jdoe.mytable"
  static let post = "POST /server/tap/share"

  static let answers: [String: PlusService.Answer] = [
    groups: .init(text: PlusSharingDocumentTests.groups),
    items: .init(
      text: """
        <sharedItems><sharedItem id="54" type="0"><title>user_jdoe.mytable</title><description/><sharedToItems>
        <sharedToItem shareTo="8" shareType="User" shareMode="Read"/></sharedToItems></sharedItem>
        <sharedItem id="55" type="0"><title>user_jdoe.mytable</title><description>d</description><sharedToItems>
        <sharedToItem shareTo="7" shareType="Group" shareMode="Read"/></sharedToItems></sharedItem></sharedItems>
        """),
    table: .init(text: PlusUserTableTests.tableset),
    "GET /server/tap/tables?tables=user_jdoe.nothere": .init(text: "<v:tableset xmlns:v='urn:v'/>"),
    "GET /server/tap/users?USER=zed": .init(text: "zed:Zed Zedson\nzed2:Other\n"),
    "GET /server/tap/users?USER=ze": .init(text: "zed:Zed Zedson\n"),
    "GET /server/tap/users?USER=nobody": .init(),
    "GET /server/tap/users?USER=a%26b%20c": .init(text: "a&b c:x"),
    post: .init(),
  ]

  @Test func listsOfGroupsAndItems() async throws {
    let service = try PlusService(Self.answers)
    #expect(try await service.client.groups().map(\.title) == ["team", "empty"])
    #expect(try await service.client.group(titled: "team").members.map(\.id) == ["jdoe", "mroe"])
    #expect(try await service.client.sharedItems().map(\.id) == ["54", "55"])
    #expect(service.requests == [Self.groups, Self.groups, Self.items])
  }

  @Test func aTableIsShared() async throws {
    let service = try PlusService(Self.answers)
    try await service.client.shareTable("user_jdoe.mytable", withGroup: "team", description: "a & b=c")
    #expect(service.requests == [Self.groups, Self.table, Self.post])
    #expect(
      service.lastForm == [
        ["action", "CreateOrUpdateItem"], ["resource_type", "0"], ["title", "user_jdoe.mytable"],
        ["description", "a & b=c"], ["items_list", "7|Group|Read"],
      ])
  }

  @Test func itsSharingEnds() async throws {
    let service = try PlusService(Self.answers)
    try await service.client.stopSharingTable("user_jdoe.mytable", withGroup: "team")
    #expect(service.requests == [Self.groups, Self.items, Self.post])
    #expect(
      service.lastForm == [
        ["action", "RemoveItem"], ["resource_type", "0"], ["resource_id", "55"], ["resource_type", "0"],
      ])
  }

  @Test func aGroupIsMadeAndRemoved() async throws {
    let service = try PlusService(Self.answers)
    try await service.client.createGroup(titled: "new", description: "fresh")
    #expect(
      service.lastForm == [
        ["action", "CreateOrUpdateGroup"], ["resource_type", "0"], ["title", "new"], ["description", "fresh"],
      ])
    try await service.client.createGroup(titled: "new2")
    #expect(service.lastForm.last == ["description", ""])
    try await service.client.deleteGroup(titled: "team")
    #expect(service.lastForm == [["action", "RemoveGroup"], ["resource_type", "0"], ["group_id", "7"]])
    #expect(service.requests == [Self.groups, Self.post, Self.groups, Self.post, Self.groups, Self.post])
  }

  @Test func usersComeAndGo() async throws {
    let service = try PlusService(Self.answers)
    try await service.client.addUser("zed", toGroup: "team")
    #expect(service.requests == [Self.groups, "GET /server/tap/users?USER=zed", Self.post])
    #expect(
      service.lastForm == [
        ["action", "CreateOrUpdateGroup"], ["group_id", "7"], ["title", "team"], ["description", "our team"],
        ["users_list", "jdoe,mroe,zed"],
      ])
    try await service.client.removeUser("jdoe", fromGroup: "team")
    #expect(
      service.lastForm == [
        ["action", "CreateOrUpdateGroup"], ["group_id", "7"], ["title", "team"], ["description", "our team"],
        ["users_list", "mroe"],
      ])
    #expect(service.requests.suffix(2) == [Self.groups, Self.post])
  }

  @Test func aUserIsKnownByTheWholeName() async throws {
    let service = try PlusService(Self.answers)
    #expect(try await service.client.isValidUser("zed"))
    #expect(try await !service.client.isValidUser("ze"))
    #expect(try await !service.client.isValidUser("nobody"))
    #expect(try await service.client.isValidUser("a&b c"))
  }

  @Test func whatIsNotThere() async throws {
    let service = try PlusService(Self.answers)
    func kind(_ call: (TAPPlusClient) async throws -> Void) async throws -> TAPError.Kind? {
      try await PlusService.failure { try await call(service.client) }?.kind
    }
    #expect(try await kind { try await $0.shareTable("user_jdoe.mytable", withGroup: "nobody") } == .notFound)
    #expect(try await kind { try await $0.shareTable("user_jdoe.nothere", withGroup: "team") } == .notFound)
    #expect(try await kind { try await $0.stopSharingTable("user_jdoe.mytable", withGroup: "empty") } == .notFound)
    #expect(try await kind { try await $0.stopSharingTable("user_jdoe.other", withGroup: "team") } == .notFound)
    #expect(try await kind { try await $0.createGroup(titled: "team") } == .badRequest)
    #expect(try await kind { try await $0.deleteGroup(titled: "nobody") } == .notFound)
    #expect(try await kind { try await $0.addUser("jdoe", toGroup: "team") } == .badRequest)
    #expect(try await kind { try await $0.addUser("nobody", toGroup: "team") } == .notFound)
    #expect(try await kind { try await $0.addUser("zed", toGroup: "nobody") } == .notFound)
    #expect(try await kind { try await $0.removeUser("zed", fromGroup: "team") } == .notFound)
    #expect(!service.requests.contains(Self.post))
  }

  @Test func emptyNamesAreNotSent() async throws {
    let service = try PlusService([:])
    let calls: [(TAPPlusClient) async throws -> Void] = [
      { try await $0.shareTable("", withGroup: "team") }, { try await $0.shareTable("a.b", withGroup: " ") },
      { try await $0.stopSharingTable("", withGroup: "team") }, { try await $0.createGroup(titled: "") },
      { try await $0.deleteGroup(titled: "") }, { try await $0.addUser("", toGroup: "team") },
      { try await $0.addUser("a,b", toGroup: "team") }, { try await $0.removeUser("a", fromGroup: "") },
      { _ = try await $0.isValidUser("") }, { _ = try await $0.isValidUser("a\nb") },
    ]
    for call in calls {
      #expect(try await PlusService.failure { try await call(service.client) }?.kind == .badRequest)
    }
    #expect(service.requests.isEmpty)
  }

  @Test func theServicesErrors() async throws {
    let refused = try PlusService([
      Self.groups: .init(
        status: 401, headers: [("Content-Type", "text/html")],
        text:
          "<!doctype html><html><head><title>HTTP Status 401</title></head><body><h1>HTTP Status 401 – Unauthorized</h1></body></html>"
      )
    ])
    let error = try await PlusService.failure { _ = try await refused.client.groups() }
    #expect(error?.kind == .notAuthorized)
    #expect(error?.message == "HTTP Status 401 – Unauthorized")
    let broken = try PlusService([
      Self.groups: .init(text: PlusSharingDocumentTests.groups), Self.post: PlusService.page(500, "quota &lt; 1"),
    ])
    let failure = try await PlusService.failure { try await broken.client.deleteGroup(titled: "team") }
    #expect(failure?.message == "quota < 1")
    #expect(failure?.status == 500)
  }
}
