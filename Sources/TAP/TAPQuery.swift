/// A question to a TAP service, as a value. Source: TAP 1.1, section 2.7; TAP+ adds `jobname`.
public struct TAPQuery: Sendable {
  /// The query's text.
  public var statement: ADQLStatement
  /// The language it is written in, `ADQL` or with a version `ADQL-2.1` (LANG).
  public var language = "ADQL"
  /// The most rows to send (MAXREC); `nil` leaves it to the service.
  public var maxRows: Int?
  /// The format of the result (FORMAT), a short name or media type; `nil` leaves it to the service, which sends VOTable.
  public var format: String?
  /// A name for the caller's own book-keeping, at most 64 characters (RUNID).
  public var runID: String?
  /// A name for the job (TAP+ `jobname`).
  public var jobName: String?
  /// Tables to send along; the query sees each as `TAP_UPLOAD.name`.
  public var uploads: [TAPUpload]
  /// Further fields of the form, sent behind the others.
  public var extra: [(name: String, value: String)] = []

  /// Describes a question.
  public init(
    _ statement: ADQLStatement, maxRows: Int? = nil, format: String? = nil, runID: String? = nil,
    jobName: String? = nil, uploads: [TAPUpload] = []
  ) {
    self.statement = statement
    self.maxRows = maxRows
    self.format = format
    self.runID = runID
    self.jobName = jobName
    self.uploads = uploads
  }
}
