import Mirroring
import SkyGeometry
import TableIO

/// What a round of sync came to, as text or as JSON; docs/SYNC.md describes the JSON.
struct SyncReport {
  var folder: String
  var archive: String
  var report: MirrorReport

  func print(_ talk: TalkOptions) {
    for problem in report.problems { Console.report("Problem: \(problem)") }
    if talk.json { return Console.print(json.jsonText) }
    for change in report.changes where isTold(change, talk) { Console.print(Console.safe(line(change))) }
    if talk.verbose == 0 { for line in withheld { Console.print(line) } }
    Console.print(summary)
  }

  /// What has been told before, what is only remembered and each single file that is withheld is told with `--verbose`.
  private func isTold(_ change: MirrorChange, _ talk: TalkOptions) -> Bool {
    talk.verbose > 0 || (change.isNews && change.kind != .adopted && change.kind != .withheld)
  }

  /// The exclusive files, by the day of their release: a programme's have mostly one.
  private var withheld: [String] {
    let days = report.changes.filter { $0.kind == .withheld }.map { until($0) }
    let counts = Dictionary(grouping: days) { $0 }.mapValues(\.count)
    return counts.sorted { $0.key < $1.key }.map { day, count in
      padded("withheld") + "\(count) \(count == 1 ? "file" : "files"), exclusive until \(day)"
    }
  }

  // MARK: Text

  private func line(_ change: MirrorChange) -> String {
    var text = padded(change.kind.rawValue) + change.path
    var notes: [String] = []
    switch change.kind {
    case .new, .mended: if let size = change.mark?.size { notes.append(ByteCount.text(size)) }
    case .reprocessed:
      if let size = change.mark?.size {
        notes.append(ByteCount.text(size) + (size == change.previous?.size ? ", the size it had" : ""))
      }
      if let kept = change.keptAs { notes.append("the version before is \(kept)") }
    case .withheld: notes.append("exclusive until \(until(change))")
    default: break
    }
    if change.kind != .withheld, let reason = change.reason { notes.append(reason) }
    if !notes.isEmpty { text += "  (" + notes.joined(separator: "; ") + ")" }
    return text
  }

  private func padded(_ kind: String) -> String { kind + String(repeating: " ", count: max(0, 13 - kind.count)) }

  private func until(_ change: MirrorChange) -> String {
    change.releaseDate.map { String(ModifiedJulianDate(rawValue: $0).isoText(fractionDigits: 0).prefix(10)) }
      ?? "a day that the archive does not say"
  }

  private var summary: String {
    let words: [(MirrorChange.Kind, String)] = [
      (.new, "new"), (.reprocessed, "reprocessed"), (.mended, "mended"), (.adopted, "taken over as they were"),
      (.deleted, "withdrawn and removed"), (.gone, "no longer in the archive"), (.withheld, "exclusive and not ours"),
      (.failed, "failed"),
    ]
    var parts = words.compactMap { kind, word in report.count(kind) > 0 ? "\(report.count(kind)) \(word)" : nil }
    let present = report.present.values.reduce(0, +)
    if present > 0 || parts.isEmpty { parts.append("\(present) as before" + (present > 0 ? " (\(sureness))" : "")) }
    let state =
      report.isDryRun
      ? "To do" : report.isInStep ? "In step" : report.wasInterrupted ? "Interrupted" : "Not in step"
    let net = report.isDryRun ? "" : " \(ByteCount.text(report.bytes)) fetched."
    let advice = report.wasInterrupted ? " Run it again to go on." : ""
    return "\(state): \(parts.joined(separator: ", ")).\(net)\(advice)"
  }

  /// How sure it is that files are the archive's present versions.
  private var sureness: String {
    let words: [(Certainty, String)] = [
      (.checksum, "by MD5"), (.version, "by the archive's number"), (.size, "by size alone"),
      (.unknown, "unknown version"),
    ]
    return words.compactMap { certainty, word in
      report.present[certainty].flatMap { $0 > 0 ? "\($0) \(word)" : nil }
    }.joined(separator: ", ")
  }

  // MARK: JSON

  private var json: JSONValue {
    var counts = JSONObject(
      members: MirrorChange.Kind.allCases.map { .init(name: $0.rawValue, value: .integer(Int64(report.count($0)))) })
    counts.members.append(
      .init(name: "present", value: .integer(Int64(report.present.values.reduce(0, +)))))
    return .object([
      "schema": .integer(1), "directory": .string(folder), "archive": .string(archive),
      "is_dry_run": .boolean(report.isDryRun), "is_in_step": .boolean(report.isInStep),
      "was_interrupted": .boolean(report.wasInterrupted), "bytes_fetched": .integer(report.bytes),
      "counts": .object(counts),
      "present": .object(
        JSONObject(
          members: Certainty.allCases.reversed().map {
            .init(name: $0.rawValue, value: .integer(Int64(report.present[$0] ?? 0)))
          })),
      "changes": .array(report.changes.map(json)), "problems": .array(report.problems.map(JSONValue.string)),
    ])
  }

  private func json(_ change: MirrorChange) -> JSONValue {
    .object([
      "kind": .string(change.kind.rawValue), "path": .string(change.path), "name": .string(change.name),
      "uri": .string(change.uri), "is_news": .boolean(change.isNews), "version": json(change.mark),
      "previous": json(change.previous), "kept_as": change.keptAs.map(JSONValue.string) ?? .null,
      "release_date_mjd": change.releaseDate.map(JSONValue.real) ?? .null,
      "bytes_fetched": .integer(change.bytes), "reason": change.reason.map(JSONValue.string) ?? .null,
    ])
  }

  private func json(_ mark: FileMark?) -> JSONValue {
    guard let mark else { return .null }
    return .object([
      "size": mark.size.map(JSONValue.integer) ?? .null, "md5": mark.md5.map(JSONValue.string) ?? .null,
      "archive_file_id": mark.archiveFileID.map(JSONValue.integer) ?? .null,
      "ingest_date_mjd": mark.ingestDate.map(JSONValue.real) ?? .null,
    ])
  }
}
