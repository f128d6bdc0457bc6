import HTTPTransport

extension TAPPlusClient {
  /// Asks which data belong to identifiers. Source: DataLink 1.1, with TAP+'s own parameter.
  /// - Parameters:
  ///   - ids: the identifiers.
  ///   - linkingParameter: what they identify; `nil` leaves it to the service.
  /// - Returns: a table with a row for each link.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func dataLinks(_ ids: [String], linkingParameter: LinkingParameter? = nil) async throws -> TAPResult {
    guard !ids.isEmpty, ids.allSatisfy({ !$0.trimmed.isEmpty }) else {
      throw TAPError(.badRequest, "Say for which identifiers you want the data links.")
    }
    var form = FormBody(["ID": ids.joined(separator: ",")])
    if let linkingParameter { form.append("LINKING_PARAMETER", linkingParameter.rawValue) }
    let request = HTTPRequest.post(connection.sibling(contexts.dataLink + "/links"), form: form)
    return try await connection.table(request, format: "votable")
  }

  /// Fetches data by parameters of the service's own.
  /// - Parameter parameters: names and values; the value of `FORMAT`, in any case, tells the format of a table.
  /// - Returns: what came, complete.
  /// - Throws: ``TAPError``; `CancellationError` when the task is cancelled.
  public func loadData(_ parameters: [(name: String, value: String)]) async throws -> TAPResult {
    guard !parameters.isEmpty else {
      throw TAPError(.badRequest, "Say which data you want: there are no parameters.")
    }
    var form = FormBody()
    for parameter in parameters { form.append(parameter.name, parameter.value) }
    let format = parameters.first { $0.name.lowercased() == "format" }?.value.lowercased()
    return try await connection.table(
      .post(connection.sibling(contexts.data), form: form), format: format ?? "votable")
  }
}
