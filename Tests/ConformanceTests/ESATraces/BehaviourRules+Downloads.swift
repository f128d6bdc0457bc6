import Foundation
import TableIO

extension BehaviourRules {
  /// Downloads: unpacked while they come, whole or not at all, in a folder of their own, with the names that belong to them
  /// (weaknesses 49 to 58).
  func downloads(_ expectation: inout StepExpectation) {
    switch step.call.method {
    case "get_obs_products":
      observation(&expectation)
      Self.checksumsAsked(&expectation, answer: .text("Unknown column \"contentchecksum\"", status: 400))
    case "get_product": product(&expectation)
    case "download_files_from_program":
      programme(&expectation)
      Self.checksumsAsked(&expectation, answer: Self.noChecksums)
    default: break
    }
  }

  /// The archive is asked once for the checksums of an observation's files before they are fetched. Here it knows nothing of them,
  /// which must not matter.
  static func checksumsAsked(_ expectation: inout StepExpectation, answer: TraceResponse) {
    for number in expectation.exchanges.indices.reversed() {
      let data = expectation.exchanges[number].request
      guard data.path == "/server/data", let planes = data.field("planeid"), !planes.isEmpty else { continue }
      let list = planes.split(separator: ",").map { "'\($0)'" }.joined(separator: ", ")
      let query =
        "select a.filename, a.contentchecksum, a.contentlength from jwst.artifact a where a.planeid IN (\(list))"
      expectation.optional = Set(expectation.optional.map { $0 >= number ? $0 + 1 : $0 })
      expectation.add("POST", "/server/tap/sync", answer: answer, at: number)
      expectation.exchanges[number].request.cookie = data.cookie
      expectation.exchanges[number].request.form = [
        TracePair(name: "REQUEST", value: "doQuery"), TracePair(name: "LANG", value: "ADQL"),
        TracePair(name: "FORMAT", value: "votable"),
        TracePair(name: "tapclient", value: data.field("TAPCLIENT") ?? ""),
        TracePair(name: "QUERY", value: PeerQuery.withTop(query)),
      ]
      expectation.leavesRecords = true
      expectation.rules.insert(.checksumsAsked)
    }
  }

  private static let noChecksums = TraceResponse.text(
    """
    <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">\
    <INFO name="QUERY_STATUS" value="OK"/><TABLE><FIELD name="filename" datatype="char" arraysize="*"/>\
    <DATA><TABLEDATA/></DATA></TABLE></RESOURCE></VOTABLE>
    """, type: "application/x-votable+xml")

  private func argument(_ name: String) -> JSONValue? { step.call.keywords[name] ?? step.call.arguments.first }

  private func observation(_ expectation: inout StepExpectation) {
    let types = argument("product_type").map { $0.arrayValue ?? [$0] } ?? []
    let known = ["info", "thumbnail", "auxiliary", "science", "preview", ""]
    if step.call.keywords["product_type"] != nil, !types.allSatisfy({ known.contains($0.stringValue ?? "") }) {
      return refuse(&expectation)
    }
    guard let last = expectation.exchanges.last, last.request.path == "/server/data" else { return }
    if last.request.field("planeid") == "" {
      expectation.exchanges.removeLast()
      expectation.outcome = .error(families: [.notFound], texts: [])
      expectation.rules.insert(.nothingAskedForNothing)
    } else if last.response.status == 200 {
      let folder = (step.call.keywords["output_file"]?.stringValue).map { Self.folder(of: $0) } ?? ""
      delivered(last.response, argument("observation_id")?.stringValue ?? "", in: folder, &expectation)
    }
  }

  /// What becomes of the data of an observation.
  private func delivered(
    _ answer: TraceResponse, _ observation: String, in folder: String, _ expectation: inout StepExpectation
  ) {
    let members = TarMembers(answer.body)
    expectation.files = [:]
    if answer.cut != nil {
      expectation.outcome = .error(families: [.transport, .answer], texts: [])
      expectation.rules.insert(.wholeOrNothing)
    } else if members?.isUnsafe ?? false {
      expectation.outcome = .error(families: [.file, .answer], texts: [])
      expectation.rules.insert(.wholeOrNothing)
    } else if answer.body.isEmpty || members?.names.isEmpty ?? false {
      expectation.outcome = .error(families: [.notFound], texts: [])
      expectation.rules.insert(.nothingIsAnError)
    } else {
      let place = folder + observation + "/"
      if let members {
        let written = Dictionary(step.filesWritten.map { ($0.path, $0.sha256) }) { $1 }
        for name in members.names {
          let path = written.keys.first { $0 == name || $0.hasSuffix("/" + name) }
          expectation.files[place + name] = path.flatMap { written[$0] } ?? nil
        }
      } else if answer.body.starts(with: "PK".utf8) {
        // A zip archive: the recording has its members beside it.
        for file in step.filesWritten where WorkingFolder.sum(Data(answer.body)) != file.sha256 {
          let rest = file.path.replacing(#/^temp_\d+_\d+\//#, with: "")
          expectation.files[place + String(rest.hasPrefix(folder) ? rest.dropFirst(folder.count) : rest[...])] =
            file.sha256
        }
      } else {
        let name = Self.proposed(answer) ?? observation + Self.ending(of: answer.body)
        expectation.files[place + name] = WorkingFolder.sum(Data(answer.body))
      }
      expectation.outcome = .value(.array(expectation.files.keys.sorted().map { .string($0) }))
      expectation.rules.insert(.ownFileNames)
    }
  }

  private func product(_ expectation: inout StepExpectation) {
    let name = step.call.keywords["file_name"]?.stringValue
    if let name, name.contains("/") || name.isEmpty { return refuse(&expectation) }
    guard let last = expectation.exchanges.last, last.request.path == "/server/data", last.response.status == 200,
      case .value(let value) = expectation.outcome
    else { return }
    if last.response.cut != nil {
      expectation.files = [:]
      expectation.outcome = .error(families: [.transport, .answer], texts: [])
      expectation.rules.insert(.wholeOrNothing)
      return
    }
    guard let recorded = value.stringValue, let base = name ?? listedName(expectation) else { return }
    let isGzip = last.response.body.starts(with: [0x1F, 0x8B])
    let ours = isGzip && !base.hasSuffix(".gz") ? base + ".gz" : base
    if ours == recorded { return }
    expectation.files = [ours: WorkingFolder.sum(Data(last.response.body))]
    expectation.outcome = .value(.string(ours))
    expectation.rules.insert(.ownFileNames)
  }

  /// The name of a file in the archive's own table.
  private func listedName(_ expectation: StepExpectation) -> String? {
    guard
      let table = expectation.exchanges.first.flatMap({ try? ObservedTable.read($0.response.body) })?["$result_table"],
      let column = table.list("columns").firstIndex(where: { $0["name"]?.stringValue == "filename" })
    else { return nil }
    return table.list("rows").first?.arrayValue?[column].stringValue
  }

  /// Every observation is tried, and told of (weakness 58).
  private func programme(_ expectation: inout StepExpectation) {
    expectation.isOrdered = false
    let requests = expectation.exchanges
    guard let list = requests.first(where: { $0.request.path.contains("/results/") && $0.response.status == 200 }),
      let rows = (try? ObservedTable.read(list.response.body))?["$result_table"]?.list("rows")
    else { return }
    let names = rows.compactMap { $0.arrayValue?.first?.stringValue }
    var isDone: Set<String> = []
    var current = ""
    expectation.files = [:]
    for exchange in requests {
      if let query = exchange.request.field("QUERY"),
        let name = query.firstMatch(of: #/ m\.observationid = '([^']*)'/#).map({ String($0.output.1) })
      {
        current = name
      } else if exchange.request.path == "/server/data", exchange.response.status == 200, exchange.response.cut == nil {
        var one = expectation
        one.files = [:]
        delivered(exchange.response, current, in: "", &one)
        if case .value = one.outcome { isDone.insert(current) }
        expectation.files.merge(one.files) { $1 }
        expectation.rules.formUnion(one.rules)
      }
    }
    for name in Set(names)
    where !requests.contains(where: { $0.request.field("QUERY")?.contains("'\(name)'") ?? false }) {
      expectation.optional.insert(expectation.exchanges.count)
      expectation.exchanges.append(Self.planes(of: name, isKnown: false))
    }
    expectation.outcome = .value(.array(isDone.sorted().map { .string($0) }))
    expectation.rules.insert(.everyObservation)
  }

  private func refuse(_ expectation: inout StepExpectation) {
    expectation.exchanges = []
    expectation.files = [:]
    expectation.outcome = .error(families: [.usage, .file], texts: [])
    expectation.rules.insert(.argumentsFirst)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }

  private static func proposed(_ answer: TraceResponse) -> String? {
    answer.header("Content-Disposition").flatMap { MultipartText.parameter("filename", of: $0) }
  }

  private static func ending(of bytes: [UInt8]) -> String {
    if bytes.starts(with: [0x1F, 0x8B]) { return ".gz" }
    return bytes.starts(with: "SIMPLE  =".utf8) ? ".fits" : ""
  }
}
