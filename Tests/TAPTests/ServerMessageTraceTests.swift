import Foundation
import TAP
import TestSupport
import Testing

/// What recorded error answers say, read from the traces beside the project.
@Suite struct ServerMessageTraceTests {
  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func everyRecordedErrorHasACleanMessage() throws {
    let folder = try Shared.file("conformance/esa-traces")
    var count = 0
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "json" && file.lastPathComponent != "index.json" {
      let trace = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      for step in trace?["steps"] as? [[String: Any]] ?? [] {
        for exchange in step["exchanges"] as? [[String: Any]] ?? [] {
          guard let response = exchange["response"] as? [String: Any], let status = response["status"] as? Int,
            status >= 400, let body = response["body"] as? [String: Any]
          else { continue }
          let bytes =
            (body["text"] as? String).map { Array($0.utf8) }
            ?? (body["base64"] as? String).flatMap { Data(base64Encoded: $0) }.map { Array($0) } ?? []
          let headers = response["headers"] as? [[String]] ?? []
          let type = headers.first { $0.first?.lowercased() == "content-type" }?.last
          let message = ServerMessage(bytes: bytes, contentType: type).text
          #expect(message.isEmpty == bytes.isEmpty, "\(file.lastPathComponent)")
          #expect(!message.contains("CDATA") && !message.contains("</") && !message.contains("&lt;"), "\(message)")
          count += bytes.isEmpty ? 0 : 1
        }
      }
    }
    #expect(count > 20)
  }
}
