import Foundation
import TableIO
import Testing

@testable import ArchiveServer

@Suite struct UploadTests {
  private static let table = """
    <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
    <FIELD name="n" datatype="int"/><FIELD name="s" datatype="char" arraysize="*"/>
    <DATA><TABLEDATA><TR><TD>7</TD><TD>seven</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
    """

  /// A body as TapPlus and pyvo make them.
  private func multipart(
    _ fields: KeyValuePairs<String, String>, files: KeyValuePairs<String, String>
  ) -> (type: String, body: [UInt8]) {
    let boundary = "===1767323045000==="
    var text = ""
    for (name, value) in fields {
      text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    for (name, content) in files {
      text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"pytable\"\r\n"
      text += "Content-Type: None\r\n\r\n\(content)\r\n"
    }
    return ("multipart/form-data; boundary=\(boundary)", Array((text + "--\(boundary)--\r\n\r\n").utf8))
  }

  private func send(
    _ tap: MadeUpService, _ path: String, _ fields: KeyValuePairs<String, String>,
    files: KeyValuePairs<String, String> = ["t": table]
  ) async throws -> MadeUpService.Answer {
    let (type, body) = multipart(fields, files: files)
    return try await tap.send("POST", path, headers: ["content-type": type], body: body)
  }

  @Test func tablesComeInline() async throws {
    let tap = try MadeUpService()
    for upload in ["mine,param:t", "other,param:t;mine,param:t"] {
      let answer = try await send(
        tap, "/tap/sync", ["REQUEST": "doQuery", "QUERY": "UPLOAD mine", "UPLOAD": upload, "FORMAT": "csv"])
      #expect(answer.text == "n,s\n7,seven\n")
    }
    let csv = try await send(
      tap, "/tap/sync", ["QUERY": "UPLOAD mine", "UPLOAD": "mine,param:t", "FORMAT": "csv"], files: ["t": "a,b\n1,x\n"])
    #expect(csv.text == "a,b\n1,x\n")
  }

  @Test func emptyTextIsNull() async throws {
    let tap = try MadeUpService()
    let answer = try await send(
      tap, "/tap/sync", ["QUERY": "UPLOAD mine", "UPLOAD": "mine,param:t", "FORMAT": "jsonl"],
      files: ["t": Self.table.replacing("<TD>seven</TD>", with: "<TD/>")])
    #expect(answer.text.contains("null") && !answer.text.contains("\"\""), "\(answer.text)")
  }

  /// BINARY2 tells missing texts by flags: an empty text is one, but an empty time is none.
  @Test func emptyTextOfBINARY2IsText() async throws {
    let columns = [
      Column("s", .char, shape: .variable), Column("t", .char, shape: .variable, xtype: "timestamp"),
    ]
    var table = Table(columns: columns)
    try table.append(row: ["", ""])
    try table.append(row: [nil, nil])
    let forms: [(VOTableWriter.Serialization, String)] = [(.binary2, "\"\""), (.binary, "null"), (.tableData, "null")]
    for (form, first) in forms {
      let sink = MemoryByteSink()
      var writer = VOTableWriter(sink: sink, serialization: form)
      try writer.begin(table.metadata)
      try writer.write(table.rows)
      try writer.end(infos: [])
      let tap = try MadeUpService()
      let answer = try await send(
        tap, "/tap/sync", ["QUERY": "UPLOAD mine", "UPLOAD": "mine,param:t", "FORMAT": "jsonl"],
        files: ["t": String(decoding: sink.bytes, as: UTF8.self)])
      #expect(
        answer.text == "{\"s\":\(first),\"t\":null}\n{\"s\":null,\"t\":null}\n", "\(form): \(answer.text)")
    }
  }

  @Test func jobsKeepTheirTables() async throws {
    let tap = try MadeUpService()
    let answer = try await send(
      tap, "/tap/async", ["QUERY": "UPLOAD mine", "UPLOAD": "mine,param:t", "PHASE": "RUN", "FORMAT": "csv"])
    let job = "/tap/async/" + (try #require(answer.response.header("Location")).split(separator: "/").last!)
    #expect(try await tap.end(of: job) == "COMPLETED")
    #expect(try await tap.get(job + "/results/result").text == "n,s\n7,seven\n")

    let later = try await tap.job("QUERY=UPLOAD mine&FORMAT=csv")
    #expect(try await send(tap, later + "/parameters", ["UPLOAD": "mine,param:t"]).status == 303)
    #expect(try await tap.send("POST", later + "/phase", form: "PHASE=RUN").status == 303)
    #expect(try await tap.end(of: later) == "COMPLETED")
    #expect(try await tap.get(later + "/results/result").text == "n,s\n7,seven\n")
  }

  @Test func tablesAreFetchedWhereThatIsAllowed() async throws {
    struct Refused: Error {}
    let tap = try MadeUpService {
      $0.fetch = { url, _ in
        guard url == "http://tables.example/a;b.vot" else { throw Refused() }
        return Array(Self.table.utf8)
      }
    }
    let form = "QUERY=UPLOAD mine&FORMAT=csv&UPLOAD=mine,http://tables.example/"
    #expect(try await tap.send("POST", "/tap/sync", form: form + "a;b.vot").text == "n,s\n7,seven\n")
    #expect(try await tap.send("POST", "/tap/sync", form: form + "other").text.contains("cannot be fetched"))
    let job = try await tap.job(form + "a;b.vot&PHASE=RUN")
    #expect(try await tap.end(of: job) == "COMPLETED")
    let failing = try await tap.job(form + "other&PHASE=RUN")
    #expect(try await tap.end(of: failing) == "ERROR")
    #expect(try await tap.get("/tap/capabilities").text.contains("TAPRegExt#upload-http\""))
  }

  @Test func tablesThatAreTooLargeOrNoneAreRefused() async throws {
    let tap = try MadeUpService {
      $0.uploadByteLimit = 400
      $0.uploadRowLimit = 2
    }
    let fields: KeyValuePairs = ["QUERY": "UPLOAD mine", "UPLOAD": "mine,param:t"]
    let large = String(repeating: "x", count: 401)
    #expect(try await send(tap, "/tap/sync", fields, files: ["t": large]).status == 413)
    #expect(try await send(tap, "/tap/async", fields, files: ["t": large]).status == 413)
    #expect(try await send(tap, "/tap/sync", fields, files: ["t": "a,b\n1,2\n3,4\n5,6\n"]).text.contains("2 rows"))
    let broken = try await send(tap, "/tap/sync", fields, files: ["t": "<VOTABLE><RESOURCE>"])
    #expect(broken.status == 400)
    #expect(broken.text.contains("The uploaded table mine cannot be read (line 1):"))
    #expect(
      try await send(tap, "/tap/sync", fields, files: ["other": Self.table]).text.contains("no part called \"t\""))
  }
}

@Suite struct MultipartBodyTests {
  @Test func partsAreTakenApart() throws {
    let text =
      "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--b\r\ncontent-disposition: form-data;"
      + " name=file; filename=\"x;\\\"y.vot\"\r\nContent-Type: text/xml\r\n\r\n\r\nline\r\n--bx\r\n\r\n--b--\r\nrest"
    let body = try #require(MultipartBody(contentType: "multipart/form-data; boundary=\"b\"", body: Array(text.utf8)))
    #expect(body.parts.map(\.name) == ["a", "file"])
    #expect(body.parts.map { String(decoding: $0.content, as: UTF8.self) } == ["one", "\r\nline\r\n--bx\r\n"])
    #expect(body.parts[1].fileName == "x;\"y.vot")
    #expect(body.parts[1].mediaType == "text/xml")
  }

  @Test(arguments: [
    "", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none", "--b\r\n\r\n--b--",
  ])
  func whatIsNoFormIsNone(text: String) {
    #expect(MultipartBody(contentType: "multipart/form-data; boundary=b", body: Array(text.utf8)) == nil)
  }
}
