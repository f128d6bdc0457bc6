import TAP
import Testing

@Suite struct PlusStatusMessageTests {
  @Test func theUsualLines() {
    let messages = StatusMessage.messages(
      in: """
        notification_id1[type: warning,banner]=The archive will be down on Monday
        notification_id2[type: info,news]=New data = more science

        """)
    #expect(
      messages == [
        StatusMessage(
          id: "notification_id1", type: "warning", subtype: "banner", text: "The archive will be down on Monday"),
        StatusMessage(id: "notification_id2", type: "info", subtype: "news", text: "New data = more science"),
      ])
  }

  @Test(arguments: [
    ("Service is fine", StatusMessage(text: "Service is fine")),
    ("In an hour: a = b", StatusMessage(text: "In an hour: a = b")),
    ("id=text", StatusMessage(id: "id", text: "text")),
    ("=text", StatusMessage(text: "text")),
    ("id[type: warning]=text", StatusMessage(id: "id", type: "warning", text: "text")),
    ("id[type: a=b, c,d ]= text ", StatusMessage(id: "id", type: "a=b", subtype: "c,d", text: "text")),
    ("id[]=", StatusMessage(id: "id", text: "")),
    ("id[type: a=text", StatusMessage(text: "id[type: a=text")),
  ])
  func unusualLines(line: String, expected: StatusMessage) {
    #expect(StatusMessage.messages(in: line) == [expected])
  }

  @Test func lineEndsOfEverySystem() {
    #expect(StatusMessage.messages(in: "a=1\r\nb=2\rc=3\n\n").map(\.text) == ["1", "2", "3"])
    #expect(StatusMessage.messages(in: " \n ").isEmpty)
  }

  @Test func anEndlessAnswerIsCut() {
    #expect(StatusMessage.messages(in: String(repeating: "a=b\n", count: 5000)).count == 1000)
  }
}
