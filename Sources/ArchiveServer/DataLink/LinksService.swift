internal import LocalArchive

/// Tells what belongs to identifiers of planes, observations and files: {links} of DataLink 1.1.
struct LinksService: Sendable {
  let store: ArchiveStore
  let callers: Callers
  let policy: ServiceAddress.Policy

  /// The most identifiers of one answer; what comes after them is an overflow.
  static let identifierLimit = 1000
  /// The most links to what was made from, or of which something was made, for each plane.
  static let relativeLimit = 500

  /// Adds what the service answers.
  func addRoutes(to routes: inout Routes) {
    for base in ["", "/server", "/tap", "/server/tap"] {
      routes.add(base + "/datalink/links") { request, _ in
        links(request, base: base.hasPrefix("/server") ? "/server" : "")
      }
    }
  }

  /// Answers a request.
  /// - Parameter base: the part of the path before the services.
  func links(_ request: ServerRequest, base: String) -> ServerResponse {
    let form = RequestForm(request)
    let formats = form.values("RESPONSEFORMAT") + form.values("FORMAT")
    for format in formats where !Self.isVOTable(format) {
      return ErrorDocument.response(
        "UsageFault: RESPONSEFORMAT \"\(format.prefix(60))\" is not supported. Links come as votable.", status: 400)
    }
    var known: Set<String> = []
    // ESA's clients send several identifiers in one value.
    let all = form.values("ID").flatMap { $0.split(separator: ",") }.map(\.trimmingBlanks)
      .filter { !$0.isEmpty && known.insert($0).inserted }
    do {
      let caller = try callers.caller(of: request)
      let origin = ServiceAddress(request, policy: policy).origin + base
      let links = try all.prefix(Self.identifierLimit).flatMap { id in try self.links(of: id, caller, origin) }
      return LinksDocument(
        links: links, isOverflow: all.count > Self.identifierLimit, dataURL: origin + "/data"
      ).response.varyingByCaller(isPrivate: caller.isKnown)
    } catch let error as ServiceError {
      return ErrorDocument.response("TransientFault: \(error.message)", status: error.status)
    } catch {
      return ErrorDocument.response("TransientFault: The archive could not be read. Try again later.", status: 500)
    }
  }

  private static func isVOTable(_ format: String) -> Bool {
    let name = format.lowercased().filter { !$0.isWhitespace }
    let bare = String(name.prefix { $0 != ";" })
    return name.isEmpty || ["votable", "votable/td", "votable_plain", "text/xml", "application/xml"].contains(name)
      || bare == "application/x-votable+xml" && !name.contains("serialization=binary")
  }

  private func links(of id: String, _ caller: Caller, _ origin: String) throws -> [DataLink] {
    let planes = try store.planes(identifiedBy: id)
    guard !planes.isEmpty else {
      guard let artifact = try store.artifact(identifiedBy: id) else {
        return [
          DataLink(
            id: id, target: .failure(.notFound, "The archive has nothing with this identifier."),
            description: "Nothing of this archive.", semantics: "#this")
        ]
      }
      return [link(to: artifact, id, caller, origin, semantics: "#this")]
    }
    var links: [DataLink] = []
    var rights: [FileRights] = []
    for plane in planes {
      let artifacts = try store.artifacts(ofPlanes: [plane.planeID])
      rights += artifacts.map(\.rights)
      links += artifacts.map { link(to: $0, id, caller, origin) }
      // With several planes of an observation, most relatives are there already.
      guard planes.count == 1 else { continue }
      let relatives = try store.relatives(of: plane, limit: Self.relativeLimit)
      links += relatives.progenitors.map { link(to: $0, id, origin, "#progenitor") }
      links += relatives.derivations.map { link(to: $0, id, origin, "#derivation") }
    }
    if links.isEmpty {
      return [
        DataLink(
          id: id, target: .failure(.notFound, "The archive knows this, but no files of it."),
          description: "No files.", semantics: "#this")
      ]
    }
    links.append(
      DataLink(
        id: id, target: .service(LinksDocument.packingService),
        description: "Files of chosen levels and types, packed.",
        semantics: "#proc", contentType: "application/x-tar", needsRights: rights.contains(where: \.isExclusive),
        isAuthorized: rights.allSatisfy(caller.mayHave)))
    return links
  }

  private func link(
    to artifact: ArchiveArtifact, _ id: String, _ caller: Caller, _ origin: String, semantics: String? = nil
  ) -> DataLink {
    let what = artifact.productType.map { "\($0) file" } ?? "file"
    var link = DataLink(
      id: id, target: .url("\(origin)/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=\(artifact.artifactID)"),
      description: "\(artifact.fileName), \(what) of level \(artifact.plane.level.map(String.init) ?? "unknown")",
      semantics: semantics ?? DataLink.semantics(of: artifact.productType),
      localSemantics: artifact.productType.map { "#" + $0 }, contentType: artifact.contentType,
      contentLength: artifact.file?.size ?? artifact.contentLength,
      needsRights: artifact.isExclusive, isAuthorized: caller.mayHave(artifact.rights))
    if artifact.file == nil {
      link.target = .failure(.notFound, "The archive knows the file but does not hold its bytes.")
      link.contentType = nil
      link.contentLength = nil
    }
    return link
  }

  private func link(to plane: ArchivePlane, _ id: String, _ origin: String, _ semantics: String) -> DataLink {
    DataLink(
      id: id, target: .url("\(origin)/datalink/links?ID=\(plane.planeID)"),
      description: "Links of \(plane.observationID), level \(plane.level.map(String.init) ?? "unknown").",
      semantics: semantics, contentType: LinksDocument.mediaType)
  }
}
