import ESAArchive
import HTTPTransport
import SkyGeometry
import TAP
import TableIO

/// The examples of the archive's manual in Swift. `docs/ESA.md` shows the lines between the marks, in this order.
enum Manual {
  static func client() -> ESAArchive {
    // snippet: client
    let archive = ESAArchive(transport: CurlTransport(configuration: .init(userAgent: "example/1.0")))
    // end
    return archive
  }

  static func status(_ archive: ESAArchive) async throws -> [String] {
    // snippet: status
    let messages = try await archive.statusMessages().map(\.text)
    // end
    return messages
  }

  static func region(_ archive: ESAArchive) async throws -> [Double?] {
    // snippet: region
    let center = SkyPosition(ra: 53, dec: -27)
    let found = try await archive.observations(ObservationSearch(region: .box(center, width: 5, height: 5)))
    let distances = try found.table.column("dist", as: Double.self)
    // end
    return distances
  }

  static func cone(_ archive: ESAArchive) async throws -> [String?] {
    // snippet: cone
    let search = ObservationSearch(region: .cone(SkyPosition(ra: 53, dec: -27), radius: 5))
    let found = try await archive.observations(search, mode: .job)
    let ids = try found.table.column("observationid", as: String.self)
    // end
    return ids
  }

  static func target(_ archive: ESAArchive) async throws -> (ResolvedTarget, Table) {
    // snippet: target
    let target = try await archive.resolve("M1")
    let search = ObservationSearch(region: .cone(target.position, radius: 5))
    let table = try await archive.observations(search).table
    // end
    return (target, table)
  }

  static func targetAtNED(_ archive: ESAArchive) async throws -> (ResolvedTarget, Table) {
    // snippet: target at NED
    let target = try await archive.resolve("LMC", using: [.ned])
    let search = ObservationSearch(region: .box(target.position, width: 5, height: 5))
    let table = try await archive.observations(search, mode: .job).table
    // end
    return (target, table)
  }

  static func products(_ archive: ESAArchive) async throws -> [String] {
    // snippet: products
    let listing = try await archive.products(of: "jw00777011001_02104_00001_nrcblong")
    let names = listing.products.compactMap(\.fileName)
    // end
    return names
  }

  static func scienceProducts(_ archive: ESAArchive) async throws -> [String] {
    // snippet: science products
    let listing = try await archive.products(of: "jw97012001001_02101_00001_guider1", type: .science)
    let names = listing.products.compactMap(\.fileName)
    // end
    return names
  }

  static func artifacts(_ archive: ESAArchive) async throws -> [String?] {
    // snippet: artifacts
    let observation = "00000000-0000-0000-9c08-f5be8f3df805"
    let query = TAPQuery(
      """
      select a.artifactid, a.uri from jwst.artifact a, jwst.plane p \
      where p.planeid=a.planeid and p.obsid=\(observation)
      """)
    let artifacts = try await archive.tap.runAsync(query).table()
    let ids = try artifacts.column("artifactid", as: String.self)
    // end
    return ids
  }

  static func product(_ archive: ESAArchive, _ folder: String) async throws -> [DeliveredFile] {
    // snippet: product
    let byKey = try await archive.downloadProduct(
      artifactID: "00000000-0000-0000-9335-09ff0e02f06b", into: folder)
    let byName = try await archive.downloadProduct(
      fileName: "jw00601004001_02102_00001_nrcb1_uncal.fits", into: folder)
    // end
    return [byKey, byName]
  }

  static func download(_ archive: ESAArchive, _ folder: String) async throws -> [String] {
    // snippet: download
    let download = try await archive.downloadObservation(
      "jw00777011001_02104_00001_nrcblong", level: .level(2), types: [.science], into: folder)
    let paths = download.files.map(\.path)
    // end
    return paths
  }

  static func related(_ archive: ESAArchive) async throws -> [String] {
    // snippet: related
    let related = try await archive.related(to: "jw00777011001_02104_00001_nrcblong")
    // end
    return related
  }

  static func tableNames(_ archive: ESAArchive) async throws -> [String] {
    // snippet: table names
    let schemas = try await archive.tap.tables(detail: .names)
    let names = schemas.flatMap(\.tables).map(\.qualifiedName)
    // end
    return names
  }

  static func tables(_ archive: ESAArchive) async throws -> [TAPTable] {
    // snippet: tables
    let tables = try await archive.tap.tables().flatMap(\.tables)
    // end
    return tables
  }

  static func table(_ archive: ESAArchive) async throws -> [String] {
    // snippet: table
    let table = try await archive.tap.table(named: "jwst.main")
    let columns = table.columns.map(\.name)
    // end
    return columns
  }

  static func query(_ archive: ESAArchive) async throws -> [String?] {
    // snippet: query
    let query = TAPQuery(
      """
      SELECT TOP 100 instrument_name, observationuri, planeid, calibrationlevel, dataproducttype \
      FROM jwst.main ORDER BY instrument_name, observationuri
      """)
    let result = try await archive.tap.query(query)
    let planes = try result.table().column("planeid", as: String.self)
    // end
    return planes
  }

  static func queryToFile(_ archive: ESAArchive, _ folder: String) async throws -> TAPResult {
    // snippet: query to a file
    let query = TAPQuery(
      """
      SELECT TOP 100 instrument_name, observationuri, planeid, calibrationlevel, \
      dataproducttype, target_ra, target_dec FROM jwst.main ORDER BY instrument_name, observationuri
      """)
    let result = try await archive.tap.query(query)
    try result.save(to: folder + "/" + (result.fileName ?? "rows.vot"))
    // end
    return result
  }

  static func upload(_ archive: ESAArchive, _ folder: String) async throws -> [Double?] {
    // snippet: upload
    let stars = TAPUpload(name: "table_test", content: .file(path: folder + "/mytable.xml.gz"))
    let query = TAPQuery("SELECT * from tap_upload.table_test", uploads: [stars])
    let rows = try await archive.tap.query(query).table()
    let alpha = try rows.column("alpha", as: Double.self)
    // end
    return alpha
  }

  static func job(_ archive: ESAArchive) async throws -> (String?, Table) {
    // snippet: job
    let result = try await archive.tap.runAsync(TAPQuery("select top 100 * from jwst.main"))
    let rows = try result.table()
    // end
    return (result.jobID, rows)
  }

  static func jobToFile(_ archive: ESAArchive, _ folder: String) async throws -> String {
    // snippet: job to a file
    let id = try await archive.tap.submit(TAPQuery("select top 100 * from jwst.main"))
    let result = try await archive.tap.result(of: id, waitingAtMost: .seconds(600))
    try result.save(to: folder + "/\(id).vot.gz")
    // end
    return id
  }

  static func removal(_ archive: ESAArchive) async throws {
    // snippet: removal
    try await archive.plus.removeJobs(["1700000000777O", "1700000000778O"])
    // end
  }

  static func login(_ archive: ESAArchive) async throws -> ESAArchive {
    // snippet: login
    let member = try await archive.login(LoginCredentials(user: "userName", password: "userPassword"))
    // end
    return member
  }

  static func credentialsFile(_ archive: ESAArchive, _ path: String) async throws -> ESAArchive {
    // snippet: credentials file
    let (credentials, warnings) = try LoginCredentials.reading(file: path)
    for warning in warnings { print(warning) }
    let member = try await archive.login(credentials)
    // end
    return member
  }

  static func loginWithToken(_ archive: ESAArchive) async throws -> ESAArchive {
    // snippet: login with a token
    let member = try await archive.login(
      LoginCredentials(user: "userName", password: "userPassword"), token: "mastToken")
    // end
    return member
  }

  static func token(_ archive: ESAArchive) async throws -> ESAArchive {
    // snippet: token
    let member = try await archive.login(LoginCredentials(user: "userName", password: "userPassword"))
    try await member.setToken("mastToken")
    // end
    return member
  }

  static func sharedTables(_ member: ESAArchive) async throws -> [String] {
    // snippet: shared tables
    let schemas = try await member.tap.tables(detail: .names, includesShared: true)
    let names = schemas.flatMap(\.tables).map(\.qualifiedName)
    // end
    return names
  }

  static func logout(_ member: ESAArchive) async -> ESAArchive {
    // snippet: logout
    let (anonymous, failure) = await member.logout()
    if let failure { print(failure) }
    // end
    return anonymous
  }
}
