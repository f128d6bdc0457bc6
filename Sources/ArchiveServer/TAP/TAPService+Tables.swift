internal import LocalArchive

extension TAPService {
  /// Describes the tables: all, one by its name in the path, or in TAP+'s way those that `tables` names.
  func tables(_ call: TAPCall) -> ServerResponse {
    do throws(TAPFault) {
      let schema = try archive { () throws(LocalArchiveError) in try source.schema(for: call.user) }
      let form = RequestForm(call.request)
      let documents = TableSetDocument(schema: schema, isPlus: Self.isPlus(call, form))
      if call.rest.count == 2 {
        guard let table = schema.table(call.rest[1]) else {
          throw TAPFault("There is no table \"\(call.rest[1].excerpt)\" here.", status: 404)
        }
        return .xml(documents.table(table))
      }
      if let names = form.text("tables") {
        let wanted = Set(names.split(separator: ",").map { $0.trimmingBlanks.lowercased() })
        return .xml(documents.tableSet(detail: .columns) { wanted.contains($0.name.lowercased()) })
      }
      let isBrief = form["detail"]?.lowercased() == "min" || form["only_tables"]?.lowercased() == "true"
      // To TAP+'s clients, tables that others share are listed where they ask for them.
      let withShared = !call.isPlus || form["share_accessible"]?.lowercased() == "true"
      return .xml(
        documents.tableSet(detail: isBrief ? .tables : .columns) { table in
          withShared || !table.group.hasPrefix("user_") || table.group == call.user.map { "user_" + $0 }
        })
    } catch {
      return .text(error.status, error.message)
    }
  }

  /// Whether TAP+'s dialect is wanted: below ESA's base, by TAP+'s own parameters, and by clients that do not say who they are, as TapPlus
  /// does not.
  private static func isPlus(_ call: TAPCall, _ form: RequestForm) -> Bool {
    call.isPlus || call.request.headers["user-agent"] == nil
      || form.items.contains { ["tables", "only_tables", "share_accessible"].contains($0.name.lowercased()) }
  }
}
