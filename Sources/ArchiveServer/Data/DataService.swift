internal import LocalArchive

/// Hands out the archive's files: one product, or all that belong to planes as a tar archive. Source: the wire forms of ESA's archive.
struct DataService: Sendable {
  let store: ArchiveStore
  let callers: Callers

  /// Adds what the service answers.
  func addRoutes(to routes: inout Routes) {
    for base in ["", "/server"] { routes.add(base + "/data") { request, _ in data(request) } }
  }

  /// Answers a request for data.
  func data(_ request: ServerRequest) -> ServerResponse {
    ServiceError.catching {
      let form = RequestForm(request)
      switch try form.required("RETRIEVAL_TYPE").uppercased() {
      case "PRODUCT": return try product(form, request)
      case "OBSERVATION": return try observation(form, request)
      default: throw ServiceError(400, "RETRIEVAL_TYPE is PRODUCT or OBSERVATION.")
      }
    }
  }

  private func product(_ form: RequestForm, _ request: ServerRequest) throws -> ServerResponse {
    let names = ["ARTIFACTID", "ARTIFACT_NAME", "FILENAME", "ARTIFACT_URI"]
    guard let text = names.lazy.compactMap({ form[$0] }).first(where: { !$0.isEmpty }) else {
      throw ServiceError(400, "The parameter ARTIFACTID is missing.")
    }
    guard let artifact = try store.artifact(identifiedBy: text) else {
      throw ServiceError(404, "The archive has no file with this identifier.")
    }
    try checkRights(to: [artifact], request)
    guard let delivery = delivery(of: artifact) else { throw Self.notHeld }
    return try send(delivery, request)
  }

  private func observation(_ form: RequestForm, _ request: ServerRequest) throws -> ServerResponse {
    let planes = form.values("planeid").flatMap { $0.split(separator: ",") }.map(\.trimmingBlanks).filter {
      !$0.isEmpty
    }
    guard !planes.isEmpty else { throw ServiceError(400, "The parameter planeid is missing.") }
    guard planes.count <= 10_000 else { throw ServiceError(400, "A request may name 10,000 planes at a time.") }
    guard let scope = PlaneScope(word: form["calibrationlevel"] ?? "") else {
      throw ServiceError(400, "calibrationlevel is SELECTED, ALL, LEVEL1ONLY, or a level from -1 to 4.")
    }
    let types = form.values("product_type").flatMap { $0.split(separator: ",") }.map { $0.trimmingBlanks.lowercased() }
    let artifacts = try store.artifacts(
      ofPlanes: planes, scope: scope, types: Set(types.filter { !$0.isEmpty && $0 != "all" }))
    guard !artifacts.isEmpty else { throw ServiceError(404, "The archive has no such products for this observation.") }
    try checkRights(to: artifacts, request)
    let deliveries = artifacts.compactMap(delivery)
    guard deliveries.count > 1 else {
      guard let only = deliveries.first else { throw Self.notHeld }
      return try send(only, request)
    }
    let answer = tar(deliveries, of: artifacts[0].plane, missing: artifacts.count - deliveries.count)
    return artifacts.contains(where: \.isExclusive) ? answer.varyingByCaller(isPrivate: true) : answer
  }

  private static let notHeld = ServiceError(404, "The archive knows these files but does not hold their bytes.")

  /// Exclusive files are for those only who have a right to their programme. Nothing is sent when one of several is not.
  private func checkRights(to artifacts: [ArchiveArtifact], _ request: ServerRequest) throws {
    let exclusive = artifacts.filter(\.isExclusive)
    guard !exclusive.isEmpty else { return }
    let caller = try callers.caller(of: request)
    guard exclusive.contains(where: { !caller.mayHave($0.rights) }) else { return }
    guard caller.isKnown else {
      // ESA's archive answers 403, and its manual shows these words; a client that can log in on its own needs 401.
      let isESAs = request.path.lowercased().hasPrefix("/server/")
      throw ServiceError(
        isESAs ? 403 : 401, "Private file(s) requested: MAST token required for authentication. Log in and set one.")
    }
    throw ServiceError(
      403, "Private file(s) requested: neither your login nor your token opens the data of this programme.")
  }

  /// A file that is there to be sent.
  private struct Delivery {
    var artifact: ArchiveArtifact
    var name: String
    var path: String
    var size: Int64
    var modified: Int64
  }

  private func delivery(of artifact: ArchiveArtifact) -> Delivery? {
    guard let stored = artifact.file, let path = store.path(of: stored), let file = OpenFile(path: path) else {
      return nil
    }
    return Delivery(
      artifact: artifact, name: TarArchive.safeName(stored.name), path: path, size: file.size, modified: file.modified)
  }

  private func send(_ delivery: Delivery, _ request: ServerRequest) throws -> ServerResponse {
    guard let file = OpenFile(path: delivery.path) else { throw Self.notHeld }
    // A part of a file may be asked for with a form as well: clients go on where they were cut off.
    var asked = request
    if request.method == "POST" { asked.method = "GET" }
    return .file(
      file,
      headers: [
        ("Content-Type", Self.mediaType(delivery.artifact.contentType)), ServerResponse.attachment(delivery.name),
      ], isExclusive: delivery.artifact.isExclusive, for: asked)
  }

  /// A media type as it is known, unless a browser would run what it names.
  private static func mediaType(_ type: String?) -> String {
    guard let type, type.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
      ["application/fits", "image/fits", "image/jpeg", "image/png", "application/json", "text/csv", "text/plain"]
        .contains(type)
    else { return "application/octet-stream" }
    return type
  }

  private func tar(_ deliveries: [Delivery], of plane: ArchivePlane, missing: Int) -> ServerResponse {
    var names: Set<String> = []
    let entries = deliveries.compactMap { delivery -> TarArchive.Entry? in
      let plane = delivery.artifact.plane
      let level = plane.level.map(String.init) ?? "unknown"
      let name = "\(Self.folder(of: plane))/level_\(level)/\(delivery.name)"
      // The archive holds one file of a name.
      guard names.insert(name).inserted else { return nil }
      return TarArchive.Entry(name: name, path: delivery.path, size: delivery.size, modified: delivery.modified)
    }
    let archive = TarArchive(entries)
    var headers: [(name: String, value: String)] = [
      ("Content-Type", "application/x-tar"),
      ServerResponse.attachment(TarArchive.safeName(plane.observationID) + ".tar"),
      ("X-Content-Type-Options", "nosniff"),
    ]
    // Files that the archive lists but does not hold: how many, since a tar cannot say it.
    if missing > 0 { headers.append(("X-Files-Not-Held", String(missing))) }
    return ServerResponse(
      status: 200, headers: headers, body: .sized(archive.length) { try await archive.send(to: $0) })
  }

  private static func folder(of plane: ArchivePlane) -> String {
    guard let program = plane.program, program >= 0 else { return "jwst" }
    let digits = String(program)
    return "jw" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
