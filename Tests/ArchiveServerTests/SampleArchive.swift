import ArchiveServer
import Holdings
import LocalArchive
import SkyGeometry
import TableIO

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A small archive in a folder of its own, removed afterwards: two programmes, one of them exclusive.
final class SampleArchive {
  let path: String
  let store: ArchiveStore
  let handler: ArchiveHandler

  static let publicURI = "mast:JWST/product/jw01410020001_02101_00001_nrca1_rate.fits"
  static let exclusiveURI = "mast:JWST/product/jw03730001001_02101_00001_mirimage_rate.fits"
  static let absentURI = "mast:JWST/product/jw01410020001_02101_00001_nrca1_cal.fits"
  static let content = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "webb-server-\(UUID().uuidString)").path
    store = try ArchiveStore.create(at: path)
    var files: [StoredFile] = []
    for uri in [Self.publicURI, Self.exclusiveURI] {
      let name = String(uri.split(separator: "/").last!)
      try Data(Self.content).write(to: URL(filePath: store.filesPath + "/" + name))
      files.append(StoredFile(name: name, relativePath: name, size: Int64(Self.content.count), md5: nil))
    }
    try Data("secret".utf8).write(to: URL(filePath: store.filesPath + "/unregistered.txt"))
    let observations = [
      Self.observation(20, program: "1410", instrument: "NIRCAM/IMAGE", ra: 53.16, dec: -27.79, start: 59600),
      Self.observation(10, program: "3730", instrument: "MIRI/IMAGE", ra: 150.1, dec: 2.2, start: 59700),
      Self.observation(30, program: "1410", instrument: "NIRCAM/WFSS", ra: 53.2, dec: -27.8, start: nil),
    ]
    let products = [
      Self.product(Self.publicURI, parent: 20, program: "1410", rights: "PUBLIC"),
      Self.product(Self.absentURI, parent: 20, program: "1410", rights: "PUBLIC"),
      Self.product(Self.exclusiveURI, parent: 10, program: "3730", rights: "EXCLUSIVE_ACCESS"),
    ]
    let keywords = (1...5).map { number in
      KeywordRow(
        service: .nircam,
        cells: [
          "filename": .text("jw01410020001_02101_0000\(number)_nrca1_rate.fits"), "program": .integer(1410),
          "expstart": .real(59600 + Double(number)), "tsovisit": .text("f"), "isRestricted": .boolean(false),
          "publicReleaseDate": .integer(1_756_616_951_000), "checksum": .text("0123456789abcdef0123456789abcdef"),
        ])
    }
    try store.add(observations: observations, products: products, keywordRows: keywords, files: files)
    try store.setAccessTokens([
      "pi-token": AccessHolder(ezid: "pi", display_name: "Pia Investigator", programs: [3730]),
      "visitor-token": AccessHolder(ezid: "visitor", display_name: "Vera Visitor", programs: []),
    ])
    handler = ArchiveHandler(store: store, now: { ModifiedJulianDate(rawValue: 61000) })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func observation(
    _ id: Int64, program: String, instrument: String, ra: Double, dec: Double, start: Double?
  ) -> Observation {
    var row = Observation()
    row.obsid = id
    row.obs_id = "jw0\(program)-\(id)"
    row.obs_collection = "JWST"
    row.proposal_id = program
    row.instrument_name = instrument
    row.s_ra = ra
    row.s_dec = dec
    row.t_min = start
    row.target_name = "<b>\"star\"</b>"
    row.s_region = "CIRCLE \(ra) \(dec) 0.02"
    return row
  }

  private static func product(_ uri: String, parent: Int64, program: String, rights: String) -> Product {
    var row = Product()
    row.dataURI = uri
    row.productFilename = String(uri.split(separator: "/").last!)
    row.parent_obsid = parent
    row.obsID = parent
    row.proposal_id = program
    row.dataRights = rights
    row.size = Int64(content.count)
    return row
  }

  /// Sends an invoke request straight to the handler and reads the answer.
  func invoke(_ json: String) async throws -> JSONValue {
    let body = Array(("request=" + json.utf8.map(Self.encoded).joined()).utf8)
    let request = ServerRequest(method: "POST", target: "/api/v0/invoke", body: body)
    return try JSONValue(parsing: try await bytes(of: handler.respond(to: request)))
  }

  private static func encoded(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return "%" + (digits.count < 2 ? "0" : "") + digits
  }
}

extension SampleArchive {
  /// The paths of a TAP service on the archive.
  func queryRoutes() throws -> Routes {
    let service = try TAPService(store: store, now: { ModifiedJulianDate(rawValue: 61000) })
    var routes = Routes()
    service.add(to: &routes)
    return routes
  }
}

/// The whole body of an answer.
func bytes(of response: ServerResponse) async throws -> [UInt8] {
  switch response.body {
  case .bytes(let bytes): return bytes
  case .file(let file, let range): return file.read(at: range.lowerBound, count: range.count)
  case .stream(let produce), .sized(_, let produce):
    var all: [UInt8] = []
    try await produce { all += $0 }
    return all
  case .later: return try await bytes(of: response.settled())
  }
}
