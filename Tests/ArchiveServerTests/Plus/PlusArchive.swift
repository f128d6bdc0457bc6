import Foundation
import Holdings
import Synchronization

@testable import ArchiveServer
@testable import LocalArchive

/// The sample archive with users and the services that users need, without sockets.
final class PlusArchive {
  let sample: SampleArchive
  let clock = Clock()
  let users: UserService
  private(set) var routes = Routes()
  private static let counter = Mutex(0)

  static let password = "correct horse"

  init() throws {
    sample = try SampleArchive()
    let store = sample.store
    for (name, display, programs) in [
      ("jdoe", "John Doe", [3730]), ("mroe", "Mary Roe", []), ("zed", "Zed Zedson", []),
    ] {
      try store.add(
        ArchiveUser(name: name, displayName: display, programs: programs, quota: 200_000), password: Self.password,
        salt: [UInt8](1...16), cost: PasswordHash.Cost(logRounds: 4, blockSize: 1, lanes: 1))
    }
    try Self.addImages(to: store)
    users = UserService(
      store: store, now: clock.now, random: Self.random,
      jobResult: { job, user in job == "7" && user == "jdoe" ? store.filesPath + "/job.csv" : nil })
    let plus = try PlusService(store: store, now: clock.now, random: Self.random)
    let tap = try TAPService(store: store, now: clock.now, user: plus.user)
    tap.add(to: &routes)
    plus.add(to: &routes, tap: tap)
    users.addRoutes(to: &routes)
  }

  static let image = "jw00777001001_02101_00001_nrca1"
  static let exclusiveImage = "jw03730001001_02101_00002_mirimage"

  /// Two exposures: a public one of two levels, one of its files with an evil name, and an exclusive one.
  private static func addImages(to store: ArchiveStore) throws {
    let files: [(observation: Int64, name: String, level: Int64, type: String, size: Int)] = [
      (77, "\(image)_uncal.fits", 1, "SCIENCE", 1000), (77, "\(image)_cal.fits", 2, "SCIENCE", 512),
      (77, "\(image)_cal.jpg", 2, "PREVIEW", 0), (77, "..jw00777\\001001_02101_00001_nrca1_cal.txt", 2, "INFO", 3),
      (78, "\(exclusiveImage)_cal.fits", 2, "SCIENCE", 100),
    ]
    var observations: [Observation] = []
    for (id, name, program, instrument, ra, dec, start) in [
      (77, image, "777", "NIRCAM/IMAGE", 80.0, 10.0, 59600.0),
      (78, exclusiveImage, "3730", "MIRI/IMAGE", 200.0, -30.0, 59700.0),
    ] {
      var row = Observation()
      row.obsid = Int64(id)
      row.obs_id = name
      row.obs_collection = "JWST"
      row.proposal_id = program
      row.instrument_name = instrument
      row.dataproduct_type = "image"
      row.calib_level = 2
      row.s_ra = ra
      row.s_dec = dec
      row.s_region = "CIRCLE \(ra) \(dec) 0.02"
      row.t_min = start
      row.t_max = start + 0.5
      row.target_name = "<b>\"star\"</b>"
      observations.append(row)
    }
    var products: [Product] = []
    var stored: [StoredFile] = []
    for file in files {
      let observation = observations[file.observation == 77 ? 0 : 1]
      var product = Product()
      product.dataURI = "mast:JWST/product/" + file.name
      product.productFilename = file.name
      product.parent_obsid = file.observation
      product.obsID = file.observation
      product.obs_id = observation.obs_id
      product.calib_level = file.level
      product.productType = file.type
      product.proposal_id = observation.proposal_id
      product.dataRights = file.observation == 77 ? "PUBLIC" : "EXCLUSIVE_ACCESS"
      product.size = Int64(file.size)
      products.append(product)
      let path = "f\(stored.count)"
      let bytes = (0..<file.size).map { UInt8(truncatingIfNeeded: $0) }
      try Data(bytes).write(to: URL(filePath: store.filesPath + "/" + path))
      stored.append(StoredFile(name: file.name, relativePath: path, size: Int64(file.size), md5: nil))
    }
    try store.add(observations: observations, products: products, files: stored)
  }

  /// Different every time, and known to nobody but the test.
  private static let random: @Sendable (Int) -> [UInt8] = { count in
    let number = counter.withLock { value in
      value += 1
      return value
    }
    return (0..<count).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0 &* 7) }
  }

  func send(
    _ method: String, _ target: String, form: [(String, String)] = [], as session: String? = nil,
    headers: [String: String] = [:], body: [UInt8]? = nil, client: String? = nil
  ) -> ServerResponse {
    var headers = headers
    if let session { headers["cookie"] = "JSESSIONID=\(session)" }
    if method == "POST", body == nil { headers["content-type"] = "application/x-www-form-urlencoded" }
    let text = form.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    var request = ServerRequest(method: method, target: target, headers: headers, body: body ?? Array(text.utf8))
    request.client = client
    return routes.respond(to: request) ?? .text(404, "no such path")
  }

  func post(_ target: String, _ form: [(String, String)], as session: String? = nil) -> ServerResponse {
    send("POST", target, form: form, as: session)
  }

  func get(_ target: String, as session: String? = nil) -> ServerResponse { send("GET", target, as: session) }

  /// Sends a table as ESA's client does.
  func upload(_ fields: [(String, String)], file: String?, as session: String?) -> ServerResponse {
    var body = ""
    for (name, value) in fields {
      body += "--===1===\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    body += "--===1===\r\nContent-Disposition: form-data; name=\"FILE\"; filename=\"\(file == nil ? "" : "t.vot")\"\r\n"
    body += "Content-Type: None\r\n\r\n\(file ?? "")\r\n--===1===--\r\n\r\n"
    return send(
      "POST", "/server/Upload", as: session, headers: ["content-type": "multipart/form-data; boundary====1==="],
      body: Array(body.utf8))
  }

  /// Logs in and gives what proves it.
  func login(_ name: String) throws -> String {
    let response = post("/server/login", [("username", name), ("password", Self.password)])
    return try session(in: response)
  }

  func session(in response: ServerResponse) throws -> String {
    struct NoSession: Error { var status: Int }
    guard let cookie = response.header("Set-Cookie"), cookie.hasPrefix("JSESSIONID="),
      let value = cookie.dropFirst(11).split(separator: ";", omittingEmptySubsequences: false).first, !value.isEmpty
    else { throw NoSession(status: response.status) }
    return String(value)
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

/// The whole body of an answer as text.
func text(of response: ServerResponse) async throws -> String {
  String(decoding: try await bytes(of: response), as: UTF8.self)
}
