internal import LocalArchive
internal import TableIO

extension UserService {
  /// Stores a table among the user's own, from a file that comes along or from a job's result, or deletes one.
  func upload(_ request: ServerRequest, _ fetch: UploadFetch?) -> ServerResponse {
    ServiceError.catching {
      let user = try user(request)
      let form = RequestForm(request)
      if form["DELETE"]?.uppercased() == "TRUE" {
        try store.deleteUserTable(
          try form.required("TABLE_NAME"), of: user, force: form["FORCE_REMOVAL"]?.uppercased() == "TRUE")
        return Self.done
      }
      let name = try form.required("TABLE_NAME")
      let file = form.files.first { $0.name.uppercased() == "FILE" && $0.fileName != nil && !$0.content.isEmpty }
      let source: any ByteSource
      var fileName: String?
      if let job = form["JOBID"], !job.isEmpty {
        guard let path = jobResult(job, user) else {
          throw ServiceError(404, "You have no job with this number that has a result.")
        }
        source = try Self.reading { () throws(TableIOError) in try FileByteSource(path: path) }
      } else if let file {
        source = MemoryByteSource(Array(file.content))
        fileName = file.fileName
      } else if let url = form["URL"], !url.isEmpty {
        guard let fetch else {
          throw ServiceError(501, "This archive does not fetch tables from addresses. Send the table itself.")
        }
        return .later { await self.upload(from: url, fetch, as: name, description: form["TABLE_DESC"] ?? "", of: user) }
      } else {
        throw ServiceError(400, "There is no table: send it as the part FILE, or name a JOBID.")
      }
      try add(source, fileName: fileName, as: name, description: form["TABLE_DESC"] ?? "", of: user)
      return Self.done
    }
  }

  /// Fetches a table and stores it.
  private func upload(
    from url: String, _ fetch: UploadFetch, as name: String, description: String, of user: String
  ) async -> ServerResponse {
    guard let place = await fetch.gate.enter() else { return .isBusy }
    let bytes: [UInt8]
    do {
      bytes = try await fetch.bytes(url, fetch.byteLimit)
      guard bytes.count <= fetch.byteLimit else {
        return ServiceError(413, "The table is larger than \(fetch.byteLimit) bytes.").response
      }
    } catch {
      return ServiceError(400, "The table cannot be fetched from \(url.excerpt). Check the address.").response
    }
    return await Aside.run {
      // What is in memory keeps its place.
      withExtendedLifetime(place) {
        ServiceError.catching {
          let fileName = TAPService.fileName(inAddress: url)
          try add(MemoryByteSource(bytes), fileName: fileName, as: name, description: description, of: user)
          return Self.done
        }
      }
    }
  }

  /// The table's format is told by its content: clients say all kinds of things in FORMAT.
  ///
  /// It is read before it is stored, so that nobody else who writes has to wait for that.
  private func add(
    _ source: any ByteSource, fileName: String?, as name: String, description: String, of user: String
  ) throws {
    let table = try Self.reading { () throws(TableIOError) in
      let limits = TableLimits(rows: .max, columns: Self.columnLimit, cells: 20_000_000, bytes: 256 << 20)
      var reader = try TableFormat.detect(source: source, fileName: fileName, limits: limits).reader
      return try Table(reading: &reader, within: limits)
    }
    var rows: TableBatch? = table.rows
    _ = try store.addUserTable(name, description: description, of: user, columns: table.metadata.columns) {
      rows.take()
    }
  }

  private static let columnLimit = 1000

  /// A table that cannot be read is a fault of who sent it.
  private static func reading<Value>(_ body: () throws(TableIOError) -> Value) throws -> Value {
    do throws(TableIOError) {
      return try body()
    } catch {
      throw LocalArchiveError(unsuitableTable: "The table cannot be read: \(error.message)")
    }
  }

  /// Changes names, descriptions and flags of a user's table.
  func editTable(_ request: ServerRequest) -> ServerResponse {
    ServiceError.catching {
      let user = try user(request)
      let form = RequestForm(request)
      switch try form.required("ACTION").lowercased() {
      case "edit": try edit(form, of: user)
      case "radec":
        let (ra, dec) = (try form.required("RA"), try form.required("DEC"))
        try store.editUserTable(try form.required("TABLE_NAME"), of: user) { columns in
          try TableDescriptionEdit.setPosition(ra: ra, dec: dec, in: &columns)
        }
      case "rename":
        let name = try form.required("table_name")
        try store.renameUserTable(
          name, of: user, to: form["new_table_name"].flatMap { $0.isEmpty || $0 == name ? nil : $0 },
          columns: try Self.newNames(form["new_column_names"] ?? ""))
      default: throw ServiceError(400, "ACTION is edit, radec or rename.")
      }
      return Self.done
    }
  }

  private func edit(_ form: RequestForm, of user: String) throws {
    let count = try form.requiredNumber("NUMTABLES")
    guard (1...100).contains(count) else { throw ServiceError(400, "NUMTABLES is from 1 to 100.") }
    for index in 0..<count {
      let edit = try TableDescriptionEdit(form, prefix: "TABLE\(index)")
      try store.editUserTable(edit.table, of: user) { columns in try edit.apply(to: &columns) }
    }
  }

  /// Reads `old:new,old:new`.
  private static func newNames(_ text: String) throws(ServiceError) -> [(old: String, new: String)] {
    var names: [(old: String, new: String)] = []
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
        throw ServiceError(400, "new_column_names is a list like old:new,old2:new2.")
      }
      names.append((String(parts[0]), String(parts[1])))
    }
    return names
  }
}
