import Foundation
import LocalArchive
import Testing

@testable import ArchiveServer

@Suite struct DataServiceTests {
  private let archive: PlusArchive
  private let content = SampleArchive.content

  init() throws {
    archive = try PlusArchive()
  }

  private func plane(_ level: Int64) throws -> String {
    CAOMIdentifier.uuid(CAOMIdentifier.planeURI("jw00777001001_02101_00001_nrca1", level: level))
  }

  private func observation(_ form: [(String, String)], as session: String? = nil) -> ServerResponse {
    archive.post("/server/data", [("RETRIEVAL_TYPE", "OBSERVATION"), ("TAPCLIENT", "ASTROQUERY")] + form, as: session)
  }

  /// The names and sizes in a tar archive, told by the system's own tar.
  private func members(of response: ServerResponse) async throws -> [String: Int] {
    let bytes = try await bytes(of: response)
    #expect(response.contentLength == Int64(bytes.count))
    let path = archive.sample.path + "/out.tar"
    try Data(bytes).write(to: URL(filePath: path))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["tar", "-tvf", path]
    process.environment = ["LC_ALL": "C", "PATH": "/usr/bin:/bin"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Dictionary(
      uniqueKeysWithValues: text.split(separator: "\n").map { line in
        let words = line.split(separator: " ")
        return (String(words.last!), words.compactMap { Int($0) }.first ?? -1)
      })
  }

  @Test(arguments: ["GET", "POST"]) func aProductIsItsFile(method: String) async throws {
    let id = CAOMIdentifier.uuid(SampleArchive.publicURI)
    let items = [("RETRIEVAL_TYPE", "PRODUCT"), ("TAPCLIENT", "ASTROQUERY"), ("ARTIFACTID", id)]
    let query = "?" + items.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    let response =
      method == "POST" ? archive.post("/server/data", items) : archive.get("/server/data" + query)
    #expect(response.status == 200)
    #expect(try await bytes(of: response) == content)
    #expect(
      response.header("Content-Disposition") == "attachment; filename=\"jw01410020001_02101_00001_nrca1_rate.fits\"")
    let part = archive.send(
      method, "/server/data" + (method == "GET" ? query : ""), form: method == "POST" ? items : [],
      headers: ["range": "bytes=10-19"])
    #expect(part.status == 206)
    #expect(try await bytes(of: part) == Array(content[10..<20]))
  }

  @Test func aProductIsFoundByNameAndByURI() {
    for text in ["jw01410020001_02101_00001_nrca1_rate.fits", SampleArchive.publicURI] {
      #expect(archive.get("/server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=" + text).status == 200)
    }
  }

  @Test(arguments: [
    "../unregistered.txt", "unregistered.txt", "/etc/passwd", "..%2F..%2Fwebb.sqlite", "webb.sqlite", "tokens.json",
    "%00", "%27%20OR%201=1%20--", "%25",
  ])
  func nothingElseIsSent(text: String) {
    for name in ["ARTIFACTID", "FILENAME"] {
      #expect(archive.get("/server/data?RETRIEVAL_TYPE=PRODUCT&\(name)=\(text)").status == 404)
    }
    #expect(archive.get("/server/data?RETRIEVAL_TYPE=OBSERVATION&planeid=\(text)").status == 404)
  }

  @Test func badRequestsSayWhatIsMissing() {
    for query in [
      "", "?RETRIEVAL_TYPE=X", "?RETRIEVAL_TYPE=PRODUCT", "?RETRIEVAL_TYPE=OBSERVATION",
      "?RETRIEVAL_TYPE=OBSERVATION&planeid=,", "?RETRIEVAL_TYPE=OBSERVATION&planeid=x&calibrationlevel=9",
    ] {
      #expect(archive.get("/server/data" + query).status == 400, "\(query)")
    }
  }

  @Test func exclusiveDataNeedARight() async throws {
    let form = [("RETRIEVAL_TYPE", "PRODUCT"), ("ARTIFACTID", CAOMIdentifier.uuid(SampleArchive.exclusiveURI))]
    let anonymous = archive.post("/server/data", form)
    #expect(anonymous.status == 403, "as ESA's archive does")
    #expect(archive.post("/data", form).status == 401, "as the standards of the VO want it")
    #expect(try await text(of: anonymous).contains("MAST token required for authentication"))
    let mary = archive.post("/server/data", form, as: try archive.login("mroe"))
    #expect(mary.status == 403)
    let john = archive.post("/server/data", form, as: try archive.login("jdoe"))
    #expect(john.status == 200)
    let token = archive.send("POST", "/server/data", form: form, headers: ["authorization": "token pi-token"])
    #expect(token.status == 200)
    let visitor = archive.send("POST", "/server/data", form: form, headers: ["authorization": "token visitor-token"])
    #expect(visitor.status == 403)
    let unknown = archive.send("POST", "/server/data", form: form, headers: ["authorization": "token x"])
    #expect(unknown.status == 403)
    #expect(try await text(of: unknown).contains("MAST token required for authentication"))
  }

  @Test func whatIsNotHeldIsSaid() async throws {
    let response = archive.get("/server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=" + SampleArchive.absentURI)
    #expect(response.status == 404)
    #expect(try await text(of: response).contains("does not hold"))
  }

  @Test func severalFilesComeAsATarOfFolders() async throws {
    let response = observation([("planeid", try plane(2)), ("calibrationlevel", "ALL")])
    #expect(response.status == 200)
    #expect(response.header("Content-Type") == "application/x-tar")
    let members = try await members(of: response)
    #expect(
      members == [
        "jw00777/level_1/jw00777001001_02101_00001_nrca1_uncal.fits": 1000,
        "jw00777/level_2/jw00777001001_02101_00001_nrca1_cal.fits": 512,
        "jw00777/level_2/jw00777001001_02101_00001_nrca1_cal.jpg": 0,
        "jw00777/level_2/_.jw00777_001001_02101_00001_nrca1_cal.txt": 3,
      ])
    let head = archive.send(
      "HEAD", "/server/data?RETRIEVAL_TYPE=OBSERVATION&planeid=\(try plane(2))&calibrationlevel=ALL")
    #expect(head.contentLength == response.contentLength)
  }

  @Test func levelsAndTypesChooseFiles() async throws {
    let selected = observation([("planeid", try plane(2)), ("calibrationlevel", "SELECTED")])
    #expect(try await members(of: selected).count == 3)
    let raw = observation([("planeid", try plane(2)), ("calibrationlevel", "LEVEL1ONLY")])
    #expect(raw.header("Content-Disposition")?.contains("_uncal.fits\"") == true)
    #expect(try await bytes(of: raw).count == 1000)
    let types = observation([
      ("planeid", try plane(2)), ("calibrationlevel", "SELECTED"), ("product_type", "science,preview"),
    ])
    #expect(try await members(of: types).count == 2)
    let preview = observation([("planeid", try plane(2)), ("product_type", "preview")])
    #expect(preview.status == 200)
    #expect(try await bytes(of: preview).isEmpty)
    #expect(observation([("planeid", try plane(2)), ("calibrationlevel", "3")]).status == 404)
    #expect(observation([("planeid", try plane(2)), ("product_type", "thumbnail")]).status == 404)
    #expect(observation([("planeid", "\(try plane(2)),nothere")]).status == 404)
    let both = observation([("planeid", "\(try plane(1)),\(try plane(2))"), ("calibrationlevel", "ALL")])
    #expect(try await members(of: both).count == 4)
  }

  @Test func oneExclusiveFileHoldsBackAll() throws {
    let exclusive = try #require(try archive.sample.store.artifact(identifiedBy: SampleArchive.exclusiveURI)).plane
      .planeID
    let form = [("planeid", "\(exclusive),\(try plane(2))"), ("calibrationlevel", "ALL")]
    #expect(observation(form).status == 403)
    #expect(observation(form, as: try archive.login("mroe")).status == 403)
    #expect(observation(form, as: try archive.login("jdoe")).status == 200)
  }

  /// Answers that a login has a say in are not for caches that serve all.
  @Test func whatALoginOpensStaysOutOfSharedCaches() async throws {
    let john = try archive.login("jdoe")
    let exclusive = try #require(try archive.sample.store.artifact(identifiedBy: SampleArchive.exclusiveURI)).plane
      .planeID
    let form = [("planeid", "\(exclusive),\(try plane(2))"), ("calibrationlevel", "ALL")]
    let file = archive.get("/server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=" + SampleArchive.exclusiveURI, as: john)
    #expect(file.status == 200)
    #expect(file.header("Cache-Control") == "private, no-cache")
    let query = "/tap/sync?LANG=ADQL&QUERY=SELECT+1+AS+x+FROM+jwst.main"
    let job = archive.send("POST", "/tap/async", form: [("LANG", "ADQL"), ("QUERY", "SELECT 1")], as: john)
    let own = [
      observation(form, as: john), archive.get(query, as: john),
      archive.get("/datalink/links?ID=" + exclusive, as: john),
      archive.get("/cone?RA=1&DEC=1&SR=1", as: john), archive.get(try #require(job.header("Location")).path, as: john),
    ]
    for response in own {
      let settled = await response.settled()
      #expect(settled.status == 200)
      #expect(settled.header("Cache-Control") == "private, no-store")
      #expect(settled.header("Vary") == "Cookie, Authorization")
    }
    // Anybody's answer may be kept, but not for somebody.
    let open = await archive.get(query).settled()
    #expect(open.header("Cache-Control") == nil)
    #expect(open.header("Vary") == "Cookie, Authorization")
    #expect(observation([("planeid", try plane(2))]).header("Cache-Control") == nil)
  }

  @Test func aFileThatChangesMeanwhileEndsTheConnection() async throws {
    let response = observation([("planeid", try plane(2)), ("calibrationlevel", "ALL")])
    try Data([1]).write(to: URL(filePath: archive.sample.store.filesPath + "/f0"))
    await #expect(throws: TarArchive.ChangedFile.self) { try await bytes(of: response) }
  }

  @Test func longNamesAndLargeFilesHaveExtendedHeaders() {
    let name = "jw00777/level_1/" + String(repeating: "n", count: 150) + "ö"
    let head = TarArchive.head(of: .init(name: name, path: "", size: 10 << 33, modified: 0))
    let text = String(decoding: head, as: UTF8.self)
    #expect(head.count == 3 * 512)
    #expect(text.contains(" path=\(name)\n"))
    #expect(text.contains("20 size=85899345920\n"))
    #expect(TarArchive.safeName("../../etc/passwd") == "_._.._etc_passwd")
    #expect(TarArchive.safeName("") == "_")
    #expect(TarArchive.safeName("-rf") == "_rf")
    #expect(TarArchive.safeName("a\nb\u{202e}c") == "a_b_c")
  }
}

extension String {
  /// The path of an address.
  fileprivate var path: String { URL(string: self)?.path() ?? "" }
}
