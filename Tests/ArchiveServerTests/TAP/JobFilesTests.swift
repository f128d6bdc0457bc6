import Foundation
import LocalArchive
import Testing

@testable import ArchiveServer

/// Files that come with jobs, in several requests.
@Suite struct JobFilesTests {
  private func send(
    _ tap: MadeUpService, _ path: String, _ fields: [(String, String)], files: [(String, String)]
  ) async throws -> MadeUpService.Answer {
    var text = ""
    for (name, value) in fields {
      text += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    for (name, content) in files {
      text += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"f.csv\"\r\n\r\n\(content)\r\n"
    }
    return try await tap.send(
      "POST", path, headers: ["content-type": "multipart/form-data; boundary=b"], body: Array((text + "--b--").utf8))
  }

  @Test(arguments: ["a", "b"]) func aFileThatIsSentAgainTakesTheOldOnesPlaceOnly(asked: String) async throws {
    let tap = try MadeUpService()
    let job = try await tap.job("QUERY=UPLOAD t&UPLOAD=t,param:\(asked)&FORMAT=csv")
    for (name, content) in [("a", "n\n1\n"), ("b", "n\n2\n"), ("a", "n\n3\n"), ("b", "n\n4\n"), ("a", "n\n5\n")] {
      #expect(try await send(tap, job + "/parameters", [], files: [(name, content)]).status == 303)
    }
    #expect(try await tap.send("POST", job + "/phase", form: "PHASE=RUN").status == 303)
    #expect(try await tap.end(of: job) == "COMPLETED")
    #expect(try await tap.get(job + "/results/result").text == (asked == "a" ? "n\n5\n" : "n\n4\n"))
    let stored = try #require(try tap.store.job(String(job.split(separator: "/").last!)))
    #expect(Set(stored.parts.map(\.file)).count == 2)
    // Files that were replaced are gone.
    let files = try Self.names(in: tap.store.jobsPath + "/" + stored.id)
    #expect(files == Set(stored.parts.map(\.file) + ["result"]))
  }

  @Test func filesOfARefusedChangeDoNotStay() async throws {
    let tap = try MadeUpService()
    let job = try await tap.job("QUERY=ROWS 1&PHASE=RUN")
    #expect(try await tap.end(of: job) == "COMPLETED")
    #expect(try await send(tap, job + "/parameters", [], files: [("a", "n\n1\n")]).status == 403)
    #expect(try Self.names(in: tap.store.jobsPath + "/" + String(job.split(separator: "/").last!)) == ["result"])
  }

  private static func names(in folder: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder))
  }
}
