import Holdings
import MASTArchive
import SkyGeometry
import TableIO
import Testing

/// Product lists over a real socket: how many questions they take, and what stands in for a service that fails.
@Suite struct ProductListTests {
  /// A programme of NIRCam exposures, ten detectors each.
  private static let names = (0..<2000).map { index in
    let detectors = ["nrca1", "nrca2", "nrca3", "nrca4", "nrcalong", "nrcb1", "nrcb2", "nrcb3", "nrcb4", "nrcblong"]
    let (exposure, detector) = index.quotientAndRemainder(dividingBy: detectors.count)
    return
      "jw02731\((exposure / 50 + 1).padded(to: 3))001_02101_\((exposure % 50 + 1).padded(to: 5))_\(detectors[detector])"
  }
  private static let suffixes = ["uncal", "rate", "cal", "i2d"]
  private let observations = names.enumerated().map { number, name in
    var observation = Observation()
    observation.obsid = Int64(number + 1)
    observation.obs_id = name
    observation.proposal_id = "2731"
    observation.instrument_name = "NIRCAM/IMAGE"
    observation.calib_level = 2
    return observation
  }

  /// Answers as MAST does: keyword rows of all files, CAOM rows with a picture on top.
  private static func answerText(_ question: JSONValue, keywords: ClosedRange<Int> = 0...1_000_000) -> String {
    let service = question["service"]?.stringValue ?? ""
    if service == "Mast.Caom.Products" {
      let ids = (question["params"]?["obsid"]?.stringValue ?? "").split(separator: ",").compactMap { Int($0) }
      return answer(
        rows: ids.flatMap { id in
          (suffixes.map { "\(names[id - 1])_\($0).fits" } + ["\(names[id - 1])_cal.jpg"]).map { file in
            #"{"obsID":\#(id),"parent_obsid":\#(id),"productFilename":"\#(file)","proposal_id":"2731","calib_level":2}"#
          }
        })
    }
    return answer(
      rows: names[keywords.clamped(to: 0...names.count - 1)].flatMap { name in
        suffixes.map {
          #"{"filename":"\#(name)_\#($0).fits","checksum":"0cc175b9c0f1b6a831c399e269772661","fileSize":99,"productLevel":"2b"}"#
        }
      })
  }

  private let fits = ProductNeed(catalogueFiles: false, shutterFiles: true, guideStars: false)

  @Test func aProgrammesFITSFilesTakeOneQuestion() async throws {
    let archive = try ScriptedArchive { question, _ in Self.answerText(question) }
    let list = try await archive.client().productList(of: observations, wanting: fits)
    #expect(list.products.count == 8000)
    #expect(list.checksums.count == 8000)
    #expect(archive.requests.map { $0["service"]?.stringValue } == ["Mast.Jwst.Filtered.Nircam"])
  }

  @Test func allFilesTakeTensOfQuestions() async throws {
    let archive = try ScriptedArchive { question, _ in Self.answerText(question) }
    let list = try await archive.client().productList(of: observations)
    #expect(list.products.count == 10_000)
    #expect(list.products.allSatisfy { $0.productFilename?.hasSuffix(".jpg") == true || $0.size == 99 })
    // One of each keyword service that may know of it, and CAOM's batches of forty.
    #expect(archive.requests.count <= 2 + 50)
  }

  @Test func whatTheKeywordServiceDoesNotKnowIsAskedOfTheCatalogue() async throws {
    let archive = try ScriptedArchive { question, _ in Self.answerText(question, keywords: 0...1979) }
    let list = try await archive.client().productList(of: observations, wanting: fits)
    #expect(archive.requests.map { $0["service"]?.stringValue } == ["Mast.Jwst.Filtered.Nircam", "Mast.Caom.Products"])
    #expect(archive.requests.last?["params"]?["obsid"]?.stringValue?.split(separator: ",").count == 20)
    #expect(Set(list.products.compactMap(\.obsID)).count == 2000)
  }

  @Test func theCatalogueStandsInForAServiceThatFails() async throws {
    let archive = try ScriptedArchive { question, _ in
      question["service"] == .string("Mast.Caom.Products")
        ? Self.answerText(question) : #"{"status":"ERROR","msg":"Unknown service"}"#
    }
    let few = Array(observations.prefix(100))
    let merged = try await archive.client().productList(of: few, wanting: fits)
    #expect(merged.failures.count == 1)
    #expect(merged.products == (try await archive.client().products(of: few)))
    let alone = try await archive.client().productList(of: few, from: .catalogue)
    #expect(alone.products == merged.products)
    #expect(alone.records.isEmpty)
  }

  @Test func aFailingCatalogueIsAnError() async throws {
    let archive = try ScriptedArchive { question, _ in
      question["service"] == .string("Mast.Caom.Products")
        ? #"{"status":"ERROR","msg":"no"}"# : Self.answerText(question)
    }
    await expect(.refused) { try await archive.client().productList(of: observations) }
  }

  @Test func aColumnThatIsGoneIsDoneWithout() async throws {
    let archive = try ScriptedArchive { question, _ in
      question["params"]?["columns"] == .string("*")
        ? Self.answerText(question) : #"{"status":"ERROR","msg":"Invalid column name 'isStale'."}"#
    }
    let list = try await archive.client().productList(of: observations, wanting: fits)
    #expect(list.products.count == 8000)
    #expect(list.failures.isEmpty)
  }

  @Test func aWindowJoinsProgrammes() async throws {
    let archive = try ScriptedArchive { question, _ in
      question["service"] == .string("Mast.Caom.Products") ? answer(rows: []) : Self.answerText(question)
    }
    var several = Array(observations.prefix(60))
    for index in several.indices { several[index].proposal_id = String(1000 + index % 30) }
    let window = TimeWindow(earliest: 60000, latest: 60001)
    _ = try await archive.client().productList(of: several, wanting: fits, window: window)
    let keywords = archive.requests.filter { $0["service"] == .string("Mast.Jwst.Filtered.Nircam") }
    #expect(keywords.count == 2)
    let filters = keywords.first?["params"]?["filters"]?.arrayValue
    #expect(filters?.map { $0["paramName"]?.stringValue } == ["program", "expstart"])
    #expect(filters?.last?["values"]?.arrayValue?.first?["min"] == .real(59999))
  }

  @Test func onlyWhatIsWantedIsAskedFor() {
    func need(_ types: [String], _ change: (inout SelectionCriteria) -> Void = { _ in }) -> ProductNeed {
      var criteria = SelectionCriteria()
      criteria.fileTypes = types.map { FileTypePattern($0) }
      change(&criteria)
      return ProductNeed(criteria)
    }
    #expect(need(["fits"]) == fits)
    #expect(need(["uncal", "rate*"]) == ProductNeed(catalogueFiles: false, shutterFiles: false, guideStars: false))
    #expect(need(["fits", "asn.json"]).catalogueFiles)
    #expect(need(["all"]).catalogueFiles)
    #expect(need(["cat.ecsv"]).catalogueFiles)
    #expect(need(["fits"]) { $0.guideStars = .only }.guideStars)
    #expect(need([]) == ProductNeed(catalogueFiles: true, shutterFiles: true, guideStars: false))
  }

  // MARK: Positions and plans

  @Test func aRegionIsTestedHere() async throws {
    let archive = try ScriptedArchive { _, _ in
      answer(rows: [
        #"{"obsid":1,"calib_level":2,"s_region":"POLYGON 10 0 11 0 11 1 10 1"}"#,
        #"{"obsid":2,"calib_level":2,"s_region":"POLYGON 11.9 0 13 0 13 1 11.9 1"}"#,
        #"{"obsid":3,"calib_level":2,"s_ra":10.5,"s_dec":0.5}"#,
        #"{"obsid":4,"calib_level":2,"s_ra":12.5,"s_dec":0.5}"#,
        #"{"obsid":5,"calib_level":2}"#, #"{"obsid":6,"calib_level":2,"s_region":"NONSENSE","s_ra":10.5,"s_dec":0.5}"#,
      ])
    }
    let criteria = ObservationCriteria(window: .all, region: try SkyRegion(sRegion: "BOX 10.5 0.5 2 2"))
    #expect(try await archive.client().observations(matching: criteria).map(\.obsid) == [1, 3, 6])
    let request = try #require(archive.requests.first)
    #expect(request["service"]?.stringValue == "Mast.Caom.Filtered.Position")
    let numbers = (request["params"]?["position"]?.stringValue ?? "").split(separator: ",").compactMap {
      Double($0.filter { $0 != " " })
    }
    #expect(numbers.count == 3)
    #expect(abs(numbers[0] - 10.5) < 1e-6 && abs(numbers[1] - 0.5) < 0.01 && (1.41...1.42).contains(numbers[2]))
  }

  @Test func plansAreAskedForWithoutDates() async throws {
    let archive = try ScriptedArchive { _, _ in
      answer(rows: [#"{"obsid":1,"calib_level":-1,"target_name":"M16"}"#, #"{"obsid":2,"calib_level":2}"#])
    }
    let criteria = ObservationCriteria(programs: [10472], window: TimeWindow(earliest: 1, latest: 2))
    #expect(try await archive.client().plannedObservations(matching: criteria).map(\.obsid) == [1])
    let filters = archive.requests.first?["params"]?["filters"]?.arrayValue ?? []
    #expect(filters.map { $0["paramName"]?.stringValue } == ["obs_collection", "calib_level", "proposal_id"])
    await expect(.badCriteria) {
      try await archive.client().plannedObservations(
        matching: ObservationCriteria(window: .init(earliest: 1, latest: 2)))
    }
  }

  @Test func targetsAreResolved() async throws {
    let archive = try ScriptedArchive { question, _ in
      question["params"]?["input"] == .string("M 16")
        ? #"{"resolvedCoordinate":[{"searchString":"m 16","ra":274.7,"decl":-13.8067}],"status":""}"#
        : #"{"resolvedCoordinate":[],"status":""}"#
    }
    #expect(try await archive.client().position(ofTarget: "M 16") == SkyPosition(ra: 274.7, dec: -13.8067))
    let error = await expect(.badCriteria) { try await archive.client().position(ofTarget: "Nowhere") }
    #expect(error?.message.contains("Nowhere") ?? false)
  }

  @Test(arguments: [#"{"ra":null,"decl":1}"#, #"{"ra":400,"decl":1}"#, #"{"ra":1,"decl":-91}"#, "{}"])
  func positionsThatCannotBeAreNotTaken(row: String) async throws {
    let archive = try ScriptedArchive { _, _ in #"{"resolvedCoordinate":[\#(row)],"status":""}"# }
    await expect(.badCriteria) { try await archive.client().position(ofTarget: "M 16") }
  }

  // MARK: Tokens

  @Test func whatATokenOpensIsToldWithoutIt() async throws {
    let server = try ScriptedWhoAmI(
      #"{"anon":false,"ezid":"pia","attrib":{"display_name":"Pia secret-token"},"scopes":["mast:exclusive_access"],"token":{"token":"secret-token","expires":"2026-12-24T00:00:00"}}"#
    )
    let identity = try await server.client.identity()
    #expect(identity.scopes == ["mast:exclusive_access"])
    #expect(identity.expiry == "2026-12-24T00:00:00")
    #expect(!"\(identity)".contains("secret-token"))
  }

  @Test(arguments: [
    (#""session":{"app_expire":1798070400}"#, "2026-12-24T00:00:00"), (#""session":{"expires_in":3600}"#, nil),
    (#""token":{"expiry":1798070400000}"#, "2026-12-24T00:00:00"), (#""token":{"expires":"soon"}"#, nil),
    (#""x":1"#, nil),
  ])
  func theEndOfATokenIsReadWhereItIsToldSo(part: String, expiry: String?) async throws {
    let server = try ScriptedWhoAmI(#"{"anon":false,"ezid":"pia",\#(part)}"#)
    #expect(try await server.client.identity().expiry == expiry)
  }
}
