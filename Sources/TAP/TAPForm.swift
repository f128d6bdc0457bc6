import ADQL
import HTTPTransport
import TableIO

/// The form of a query: with files when tables go along.
struct TAPForm: Sendable {
  /// What the form is sent to.
  enum Resource: Sendable, Hashable {
    /// `sync`.
    case sync
    /// `async`; the job is started at once or not.
    case job(runs: Bool)
  }

  /// The fields in their order.
  private(set) var fields: [(name: String, value: String)] = []
  /// The tables.
  private(set) var tables: [(name: String, fileName: String, bytes: [UInt8])] = []

  /// A POST of the form.
  func request(to url: String) -> HTTPRequest {
    if tables.isEmpty {
      var form = FormBody()
      for field in fields { form.append(field.name, field.value) }
      return .post(url, form: form)
    }
    var body = MultipartBody()
    for field in fields { body.append(field: field.name, value: field.value) }
    for table in tables {
      body.append(
        file: table.name, fileName: table.fileName, contentType: "application/x-votable+xml", bytes: table.bytes)
    }
    return HTTPRequest(.post, url, headers: ["Content-Type": body.contentType], body: body.bytes)
  }

  fileprivate mutating func add(_ name: String, _ value: String?) {
    if let value { fields.append((name, value)) }
  }

  fileprivate mutating func add(
    _ uploads: [TAPUpload], for configuration: TAPConnection.Configuration
  ) throws(TAPError) {
    var references: [String] = []
    var left = configuration.uploadLimit
    for upload in uploads {
      if case .url(let address) = upload.content {
        references.append("\(upload.name),\(address)")
        continue
      }
      let table = try upload.votable(limit: left)
      left -= table.bytes.count
      references.append("\(upload.name),param:\(upload.name)")
      tables.append((upload.name, table.fileName, table.bytes))
    }
    switch configuration.dialect {
    case .standard: for reference in references { add("UPLOAD", reference) }
    // Of TAP 1.0, which TAP+ follows: all in one field.
    case .tapPlus: add("UPLOAD", references.isEmpty ? nil : references.joined(separator: ";"))
    }
  }
}

extension TAPQuery {
  /// The form that asks this question. Source: TAP 1.1, section 2.7; REQUEST and FORMAT are of TAP 1.0, which all services
  /// still take.
  /// - Throws: ``TAPError``: `.badRequest` when the question cannot be asked, `.table` when a table cannot be sent.
  func form(
    _ resource: TAPForm.Resource, for configuration: TAPConnection.Configuration
  ) throws(TAPError) -> TAPForm {
    try check()
    var form = TAPForm()
    form.add("REQUEST", "doQuery")
    form.add("LANG", language)
    form.add("FORMAT", format)
    form.add("tapclient", configuration.clientTag)
    form.add("QUERY", statement.text)
    try form.add(uploads, for: configuration)
    form.add("MAXREC", maxRows.map(String.init))
    if resource == .job(runs: true) { form.add("PHASE", "RUN") }
    form.add("RUNID", runID)
    form.add("jobname", jobName)
    for field in extra { form.add(field.name, field.value) }
    return form
  }

  private func check() throws(TAPError) {
    func refuse(_ reason: String) -> TAPError { TAPError(.badRequest, reason, statement: statement.text) }
    if statement.text.allSatisfy(\.isWhitespace) { throw refuse("There is no query to send.") }
    if let maxRows, maxRows < 0 { throw refuse("The limit of rows is \(maxRows); it must not be negative.") }
    if let runID, runID.count > 64 { throw refuse("The run's name is longer than the 64 characters that TAP allows.") }
    var names: Set<String> = []
    for upload in uploads {
      guard Identifier.hasRegularForm(upload.name) else {
        throw refuse(
          "\"\(upload.name)\" cannot name a table to send: use a letter, then letters, digits and underscores.")
      }
      guard names.insert(upload.name.lowercased()).inserted else {
        throw refuse("Two tables to send have the name \"\(upload.name)\"; give each its own.")
      }
      if case .url(let address) = upload.content, WebAddress.resolved(address, relativeTo: address) == nil {
        throw refuse("The table \"\(upload.name)\" has no http or https address from which the service could fetch it.")
      }
    }
  }
}
