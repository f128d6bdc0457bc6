import Foundation
import TestSupport

/// A MAST with one observation and some files, whose transfers a test scripts.
final class ScriptedMAST: Sendable {
  struct File: Sendable {
    var name: String
    var bytes: [UInt8]
    /// The MD5 that the keyword service tells; none when `nil`.
    var checksum: String?
    var catalogueSize: Int64?
    /// The name of the observation that the product row gives.
    var observation = "jw09000001001_02101_00001_nrca1"
    /// Who may have it, as the product row says.
    var rights = "PUBLIC"

    /// A small valid beginning of a FITS file, so that only what a test does to it is wrong.
    static func fits(_ name: String, count: Int = 5760, checksum: String? = nil, catalogueSize: Int64? = nil) -> File {
      var bytes = Array("SIMPLE  =                    T".utf8)
      var state = UInt64(count)
      while bytes.count < count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(UInt8(state >> 56))
      }
      return File(name: name, bytes: bytes, checksum: checksum, catalogueSize: catalogueSize)
    }
  }

  typealias Delivery = @Sendable (File, LoopbackServer.Request, LoopbackServer.Connection) -> Void

  let server: LoopbackServer

  /// - Parameters:
  ///   - released: the day on which the observation becomes public, MJD.
  ///   - refusesKeywords: whether the keyword services fail.
  init(
    _ files: [File], released: Double = 60_000, refusesKeywords: Bool = false,
    deliver: @escaping Delivery = ScriptedMAST.whole
  ) throws {
    server = try LoopbackServer { request, connection in
      if request.path.hasSuffix("/invoke") {
        let question = request.text.removingPercentEncoding ?? ""
        if refusesKeywords, !question.contains("Mast.Caom") {
          return connection.respond(text: #"{"status":"ERROR","msg":"out of order"}"#)
        }
        return connection.respond(text: Self.answer(question, files, released))
      }
      if request.path == "/whoami" {
        return connection.respond(text: #"{"anon":false,"ezid":"pia","attrib":{"display_name":"Pia"}}"#)
      }
      let name = (request.query.removingPercentEncoding ?? "").components(separatedBy: "/product/").last ?? ""
      guard let file = files.first(where: { $0.name == name }) else { return connection.respond(404) }
      deliver(file, request, connection)
    }
  }

  /// Sends a file as it should be sent, from where the client asks.
  static let whole: Delivery = { file, request, connection in
    let start = request.rangeStart ?? 0
    let headers: KeyValuePairs = [
      "ETag": "\"1-\(file.bytes.count)\"",
      "Content-Range": "bytes \(start)-\(file.bytes.count - 1)/\(file.bytes.count)",
    ]
    if request.rangeStart == nil {
      connection.respond(200, ["ETag": "\"1-\(file.bytes.count)\""], body: file.bytes)
    } else {
      connection.respond(206, headers, body: file.bytes[start...])
    }
  }

  /// A run of `webb mast download` for all files, into a folder.
  func download(into folder: String, _ more: [String] = []) -> WebbProcess {
    WebbProcess(
      [
        "mast", "download", "--mast-url", server.url, "--propID", "9000", "--outrootdir", folder, "--yes",
        "--obsnum2outsubdir", "false",
      ] + more)
  }

  /// Requests for files so far.
  var fileRequests: [LoopbackServer.Request] { server.requests.filter { !$0.path.hasSuffix("/invoke") } }

  private static func answer(_ question: String, _ files: [File], _ released: Double) -> String {
    let rows: [String]
    if question.contains("Mast.Caom.Filtered") {
      rows = [
        #"{"obsid":1,"obs_id":"jw09000001001_02101_00001_nrca1","proposal_id":"9000","t_min":60000.5,"calib_level":2,"instrument_name":"NIRCAM/IMAGE","obs_title":"A <b>title</b>","target_name":"\u001b[31mRed","proposal_pi":"O'Neil \u0026 Co","t_obs_release":\#(released),"s_region":"POLYGON ICRS 10 10 10.1 10 10.1 10.1"}"#
      ]
    } else if question.contains("Mast.Caom.Products") {
      rows = files.map {
        #"{"obsID":1,"parent_obsid":1,"obs_id":"\#($0.observation)","proposal_id":"9000","calib_level":2,"productFilename":"\#($0.name)","dataURI":"mast:JWST/product/\#($0.name)","dataRights":"\#($0.rights)","size":\#($0.catalogueSize ?? Int64($0.bytes.count))}"#
      }
    } else {
      rows = files.compactMap { file in file.checksum.map { #"{"filename":"\#(file.name)","checksum":"\#($0)"}"# } }
    }
    return #"{"status":"COMPLETE","msg":"","fields":[],"data":["# + rows.joined(separator: ",") + "]}"
  }
}
