internal import TableIO

extension ArchiveHandler {
  /// The name resolver's own path, with one `name` per target.
  func names(_ request: ServerRequest) -> ServerResponse {
    nameAnswer(request.query.filter { $0.name == "name" }.prefix(30).map(\.value))
  }

  /// Positions of names in the resolver's shape; what is not known is missing.
  func nameAnswer(_ names: [String]) -> ServerResponse {
    let found = names.compactMap { name in
      KnownTarget.named(name).map { target in
        JSONValue.object([
          "searchString": .string(name.lowercased()), "resolver": .string("LOCAL"), "cached": .boolean(true),
          "resolverTime": .integer(0), "searchRadius": .real(-1), "canonicalName": .string(target.name),
          "ra": .real(target.ra), "decl": .real(target.dec), "objectType": .string(target.kind),
        ])
      }
    }
    return .json(.object(["resolvedCoordinate": .array(found), "status": .string("")]))
  }
}
