import Testing

@testable import TAP

@Suite struct PlusSharingDocumentTests {
  static let groups = """
    <?xml version="1.0" encoding="UTF-8"?>
    <sharedGroups><sharedGroup id="7" owner="jdoe"><title>team</title><description><![CDATA[our team]]></description><users><user id="jdoe" name="John Doe"/><user id="mroe" name="Mary Roe"/></users></sharedGroup>
    <sharedGroup id="8" owner="jdoe"><title>empty</title><description></description><users></users></sharedGroup></sharedGroups>
    """

  @Test func groups() throws {
    #expect(
      try SharingDocument.groups(in: Array(Self.groups.utf8)) == [
        Group(
          id: "7", owner: "jdoe", title: "team", description: "our team",
          members: [GroupMember(id: "jdoe", name: "John Doe"), GroupMember(id: "mroe", name: "Mary Roe")]),
        Group(id: "8", owner: "jdoe", title: "empty"),
      ])
  }

  @Test func anyNameSpaceAndReferences() throws {
    let text =
      "<e:shares xmlns:e='urn:x'><e:sharedGroup id='1' extra='2'><e:title>A &amp; <![CDATA[<B>]]></e:title><e:news/></e:sharedGroup></e:shares>"
    #expect(try SharingDocument.groups(in: Array(text.utf8)) == [Group(id: "1", title: "A & <B>")])
  }

  @Test func items() throws {
    let text = """
      <sharedItems><sharedItem id="55" type="0"><title>user_jdoe.mytable</title><description>d</description><sharedToItems>
      <sharedToItem shareTo="7" shareType="Group" shareMode="Read"/><sharedToItem shareTo="mroe" shareType="User" shareMode="Read"/>
      </sharedToItems></sharedItem></sharedItems>
      """
    #expect(
      try SharingDocument.items(in: Array(text.utf8)) == [
        SharedItem(
          id: "55", title: "user_jdoe.mytable", description: "d",
          shares: [.init(id: "7", type: "Group", mode: "Read"), .init(id: "mroe", type: "User", mode: "Read")])
      ])
    #expect(try SharingDocument.items(in: Array("<sharedItems/>".utf8)) == [])
  }

  @Test(arguments: ["", "<html><body>Log in</body></html>", "<sharedGroups><sharedGroup id='7'>", "no XML"])
  func whatIsNoListIsAnError(text: String) throws {
    let error = try #require(throws: TAPError.self) { try SharingDocument.groups(in: Array(text.utf8)) }
    #expect(error.kind == .badAnswer)
  }
}
