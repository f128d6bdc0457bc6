import HTTPTransport

/// A table to be stored among the user's own in the service.
public struct UserTableUpload: Sendable, Hashable {
  /// Where the table comes from.
  public enum Content: Sendable, Hashable {
    /// A file of any format that `TableIO` reads, plain or gzip; what is no VOTable is made one.
    case file(path: String)
    /// The content of such a file.
    case bytes([UInt8], fileName: String)
    /// An address from which the service itself fetches the table, and its format in the service's words.
    case url(String, format: String = "votable")
    /// The result of the user's job with this identifier.
    case job(id: String)
  }

  /// The table's name without a schema; `nil` only for a job, whose table is then named after it.
  public var name: String?
  /// What the table is; `nil` is nothing, or a job's query.
  public var description: String?
  /// Where the table comes from.
  public var content: Content

  /// Describes a table to store.
  public init(name: String?, description: String? = nil, content: Content) {
    self.name = name
    self.description = description
    self.content = content
  }
}

/// What became of a table that was sent to be stored.
public enum UserTableUploadOutcome: Sendable, Hashable {
  /// It is stored under this name; the service may say something about it.
  case stored(name: String, message: String)
  /// The service stores it in a job of this identifier.
  case job(id: String)
}

extension UserTableUpload {
  /// The name that the table gets.
  /// - Throws: ``TAPError`` of kind `.badRequest` when it has none, or one with a schema.
  func checkedName() throws(TAPError) -> String {
    let name: String
    switch (self.name, content) {
    case (let given?, _): name = given
    case (nil, .job(let id)): name = "t" + id
    case (nil, _): name = ""
    }
    guard !name.trimmed.isEmpty else { throw TAPError(.badRequest, "Give the table a name under which it is stored.") }
    guard !name.contains(".") else {
      throw TAPError(
        .badRequest, "The table name '\(name)' must not hold a dot: the service stores tables in your own schema.")
    }
    return name
  }

  /// The body that asks the service to store a table.
  /// - Parameters:
  ///   - name: the table's name.
  ///   - description: what the table is.
  ///   - file: the table as a VOTable, and its file's name; `nil` when it is not sent along.
  func body(name: String, description: String, file: (bytes: [UInt8], name: String)?) -> MultipartBody {
    var body = MultipartBody()
    body.append(field: "TASKID", value: "-1")
    if case .job(let id) = content { body.append(field: "JOBID", value: id) }
    body.append(field: "TABLE_NAME", value: name)
    body.append(field: "TABLE_DESC", value: description)
    if case .url(let url, let format) = content {
      body.append(field: "FORMAT", value: format)
      body.append(field: "URL", value: url)
    } else {
      body.append(field: "FORMAT", value: "votable")
    }
    // The service wants a file in any case.
    body.append(
      file: "FILE", fileName: file?.name ?? "",
      contentType: file == nil ? "application/octet-stream" : "application/x-votable+xml", bytes: file?.bytes ?? [])
    return body
  }
}
