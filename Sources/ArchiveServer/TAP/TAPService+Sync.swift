internal import LocalArchive
internal import TableIO

extension TAPService {
  /// Answers a query at once.
  func sync(_ call: TAPCall) -> ServerResponse {
    // What a GET would say of a result is not known without the query.
    if call.request.method == "HEAD" {
      return ServerResponse(status: 200, headers: [("Content-Type", ResponseFormat.usual.mediaType)])
    }
    let form = RequestForm(call.request)
    let user = call.user
    return .later {
      do throws(TAPFault) {
        return try await result(of: TAPRequest(form.items), form: form, user: user)
      } catch {
        return error.response
      }
    }
  }

  private func result(
    of asked: TAPRequest, form: RequestForm, user: String?
  ) async throws(TAPFault) -> ServerResponse {
    let uploads = try await uploads(asked, form)
    return try await streaming(asked.format) { (sink, stop) throws(TAPFault) in
      let tables = try self.tables(uploads)
      _ = try execute(
        asked, tables: tables, user: user, timeLimit: .seconds(configuration.syncDuration), stop: stop, to: sink)
    }
  }

  /// Runs a query on a thread of the service's and sends what it writes, at the client's speed.
  /// - Parameters:
  ///   - format: what is written.
  ///   - query: writes the result; what it throws before much is written becomes the answer.
  func streaming(
    _ format: ResponseFormat,
    _ query: @escaping @Sendable (_ sink: any ByteSink, _ stop: QueryStop) throws(TAPFault) -> Void
  ) async throws(TAPFault) -> ServerResponse {
    let stop = QueryStop()
    let pipe = ResultPipe(
      directory: store.jobsPath, byteLimit: configuration.resultByteLimit, onCancel: { stop.stop() })
    let isTaken = work.submit {
      do throws(TAPFault) {
        try query(pipe, stop)
        pipe.finish()
      } catch {
        pipe.finish(error)
      }
    }
    guard isTaken else { throw .isBusy }
    var headers = [("Content-Type", format.mediaType), ("X-Content-Type-Options", "nosniff")]
    if format.isCompressed { headers.append(("Content-Encoding", "gzip")) }
    if let whole = try await pipe.beginning() {
      return ServerResponse(status: 200, headers: headers, body: .bytes(whole))
    }
    return ServerResponse(
      status: 200, headers: headers,
      body: .stream { send in
        do {
          while true {
            let piece = try await pipe.nextPiece()
            if piece.isEmpty { return }
            try await send(piece)
          }
        } catch {
          pipe.cancel()
          throw error
        }
      })
  }

  /// Runs a query and writes its result.
  /// - Throws: ``TAPFault`` when there is no result.
  func execute(
    _ asked: TAPRequest, tables: [UploadedTable], user: String?, timeLimit: Duration?, stop: QueryStop,
    to sink: any ByteSink
  ) throws(TAPFault) -> ResultWriter.Outcome {
    let maxRows = min(asked.maxRows ?? configuration.outputLimit.usual, configuration.outputLimit.hard)
    let rows: any ResultRows
    do throws(LocalArchiveError) {
      rows = try source.rows(
        of: ArchiveQuery(
          adql: asked.query, language: asked.language, maxRows: maxRows, uploads: tables, user: user,
          timeLimit: timeLimit))
    } catch {
      throw fault(error)
    }
    stop.attach(rows.cancellation)
    return try ResultWriter(format: asked.format, query: asked.query, server: productName, fault: fault).write(
      rows, maxRows: maxRows, to: sink)
  }
}
