import ArgumentParser
import LocalArchive
import MASTArchive
import SkyGeometry
import TableIO

struct ArchiveStats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show what a local archive holds.",
    discussion: "  webb archive stats --archive DIR")

  @OptionGroup var location: ArchiveOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() throws {
    let path = try location.resolve(talk: talk)
    let statistics = try ArchiveStore.open(at: path).statistics()
    if talk.json { Console.print(json(statistics).jsonText) } else { show(statistics, path) }
  }

  private func show(_ statistics: ArchiveStatistics, _ path: String) {
    Console.print("Archive       \(path)")
    Console.print("Observations  \(statistics.observations)\(dates(statistics))")
    Console.print(
      "Products      \(statistics.productRows) rows, \(statistics.distinctFiles) files, \(ByteCount.text(statistics.distinctFileBytes))"
    )
    Console.print("On disk       \(statistics.storedFiles) files, \(ByteCount.text(statistics.storedBytes))")
    Console.print("Versions      \(statistics.fileVersions)")
    list("Instrument", "observations", statistics.instruments)
    list("Level", "observations", statistics.levels)
    list("Rights", "observations", statistics.rights)
    list("Keyword service", "rows", statistics.keywordRows)
    list("Programme", "observations", statistics.programs)
  }

  private func dates(_ statistics: ArchiveStatistics) -> String {
    guard let first = statistics.firstStart, let last = statistics.lastEnd else { return "" }
    return " from \(day(first)) to \(day(last))"
  }

  private func day(_ mjd: Double) -> String {
    String(ModifiedJulianDate(rawValue: mjd).isoText(fractionDigits: 0).prefix(10))
  }

  private func list(_ heading: String, _ what: String, _ counts: [ArchiveStatistics.Count]) {
    guard !counts.isEmpty else { return }
    let table = TextTable(columns: [
      .texts(heading, counts.map(\.name)), .integers(what, counts.map { Int64($0.count) }),
    ])
    Console.print("\n" + table.text)
  }

  private func json(_ statistics: ArchiveStatistics) -> JSONValue {
    func object(_ counts: [ArchiveStatistics.Count]) -> JSONValue {
      .object(JSONObject(members: counts.map { .init(name: $0.name, value: .integer(Int64($0.count))) }))
    }
    return .object([
      "observations": .integer(Int64(statistics.observations)),
      "first_start_mjd": statistics.firstStart.map(JSONValue.real) ?? .null,
      "last_end_mjd": statistics.lastEnd.map(JSONValue.real) ?? .null,
      "product_rows": .integer(Int64(statistics.productRows)),
      "files": .integer(Int64(statistics.distinctFiles)),
      "file_bytes": .integer(statistics.distinctFileBytes),
      "stored_files": .integer(Int64(statistics.storedFiles)),
      "stored_bytes": .integer(statistics.storedBytes),
      "file_versions": .integer(Int64(statistics.fileVersions)),
      "instruments": object(statistics.instruments), "programs": object(statistics.programs),
      "levels": object(statistics.levels),
      "rights": object(statistics.rights), "keyword_rows": object(statistics.keywordRows),
    ])
  }
}
