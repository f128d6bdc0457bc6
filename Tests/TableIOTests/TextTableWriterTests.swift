import Testing

@testable import TableIO

@Suite struct TextTableWriterTests {
  private let table = SampleTable([
    (Column("target", .char, shape: .variable), ["NGC 1365", "山田", nil, "a\u{1B}[2J\nb\u{202E}"]),
    (Column("ra", .double, unit: "deg"), [53.4, 1e-7, nil, .real(.nan)]),
    (Column("box", .short, shape: .variable), [[1, nil], [], nil, [3]]),
  ])

  @Test func columnsAreAligned() throws {
    let expected = """
      target       ra  box
                  deg
      --------  -----  --------
      NGC 1365   53.4  [1,null]
      山田      1e-07  []

      a␛[2J␊b\u{FFFD}    NaN  [3]

      """
    #expect(try table.text { TextTableWriter(sink: $0) } == expected)
  }

  @Test func whatDoesNotFitIsNamed() throws {
    let infos = [Info(name: "QUERY_STATUS", value: "OVERFLOW", content: "cut")]
    let text = try table.text(infos: infos) { TextTableWriter(sink: $0, width: 12, cellWidth: 6, showsUnits: false) }
    let expected = """
      target
      ------
      NGC 1…
      山田

      a␛[2J…
      (2 more columns: ra, box)
      (QUERY_STATUS OVERFLOW: cut)

      """
    #expect(text == expected)
  }

  struct Room: Sendable {
    let widths: [Int]
    let room: Int?
    let shown: [Int]
    let elided: [Int]
  }

  @Test(arguments: [
    Room(widths: [3, 3, 3], room: 13, shown: [0, 1, 2], elided: []),
    Room(widths: [3, 3, 3], room: 12, shown: [0, 1], elided: [2]),
    Room(widths: [30, 3], room: 5, shown: [0], elided: [1]),
    Room(widths: [3, 30, 3], room: 20, shown: [0, 1, 2], elided: []),
    Room(widths: [3, 9, 3], room: 8, shown: [0], elided: [1, 2]),
    Room(widths: [3, 3], room: nil, shown: [0, 1], elided: []),
    Room(widths: [], room: 10, shown: [], elided: []),
  ])
  func columnsAreTakenFromTheLeft(_ given: Room) {
    let layout = TextTableLayout(widths: given.widths, limit: 9, room: given.room)
    let (shown, elided) = (given.shown, given.elided)
    #expect(layout.places.map(\.column) == shown)
    #expect(layout.elided == elided)
    if let room = given.room, !shown.isEmpty {
      #expect(layout.places.map(\.width).reduce(0, +) + 2 * (shown.count - 1) <= room)
    }
  }

  @Test func rowsAfterTheSampleKeepTheWidths() throws {
    let column = Column("n", .long)
    let sink = MemoryByteSink()
    var writer = TextTableWriter(sink: sink)
    try writer.begin(TableMetadata(columns: [column]))
    try writer.write(SampleTable([(column, (0..<1000).map { .integer($0) })]).batch)
    try writer.write(SampleTable([(column, [123_456, 7])]).batch)
    try writer.end(infos: [])
    let lines = String(decoding: sink.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 1004)
    #expect(lines[2] == "  0" && lines[1002] == "12…" && lines[1003] == "  7")
  }

  @Test(arguments: [("abc", 3), ("山田", 4), ("e\u{301}", 1), ("\u{200B}", 0), ("🔭", 2)])
  func widthsAreThoseOfATerminal(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }
}
