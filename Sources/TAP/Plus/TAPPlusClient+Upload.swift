import HTTPTransport

extension TAPPlusClient {
  /// Stores a table among the user's own.
  /// - Parameter upload: the table, its name and where it comes from.
  /// - Returns: that it is stored, with what the service says, or the job in which the service stores it.
  /// - Throws: ``TAPError``: `.badRequest` when the table's name is none, `.table` when the table cannot be read;
  ///   `CancellationError`.
  public func uploadTable(_ upload: UserTableUpload) async throws -> UserTableUploadOutcome {
    let name = try upload.checkedName()
    let body = upload.body(
      name: name, description: try await description(of: upload), file: try file(of: upload, name: name))
    let response = try await connection.post(
      connection.sibling(contexts.upload), multipart: body, redirects: .delivered)
    switch response.status {
    case 200...299, 302: return .stored(name: name, message: ServerMessage(response).text)
    case 303: return .job(id: try JobLocation.id(in: response))
    case let status:
      throw TAPError(
        .badAnswer, "The service redirects (status \(status)) instead of storing the table.", status: status,
        url: response.url)
    }
  }

  /// What the table is; a job's query unless something else is said.
  private func description(of upload: UserTableUpload) async throws -> String {
    switch (upload.description, upload.content) {
    case (let description?, _): description
    case (nil, .job(let id)): try await TAPClient(connection).job(id).parameter("query") ?? ""
    default: ""
    }
  }

  /// The table as a VOTable; `nil` when it is not sent along.
  private func file(of upload: UserTableUpload, name: String) throws(TAPError) -> (bytes: [UInt8], name: String)? {
    let content: TAPUpload.Content
    switch upload.content {
    case .file(let path): content = .file(path: path)
    case .bytes(let bytes, let fileName): content = .bytes(bytes, fileName: fileName)
    case .url, .job: return nil
    }
    let table = try TAPUpload(name: name, content: content).votable(limit: connection.configuration.uploadLimit)
    return (table.bytes, table.fileName)
  }
}
