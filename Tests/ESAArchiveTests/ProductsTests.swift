import Downloads
import ESAArchive
import TableIO
import TAP
import Testing

/// Product lists, related observations and programmes over a socket.
@Suite struct ProductsTests {
  private static let planes = FakeArchive.Reply.table(
    ["planeid", "calibrationlevel:int"], [["p1", "1"], ["p2", "2"], ["p3", "2"]])
  private static func others(_ ids: [String]) -> FakeArchive.Reply {
    .table(
      ["observationuri", "planeid", "calibrationlevel:int", "product_planeid", "product_level:int"],
      ids.map { ["caom:JWST/x", "p2", "2", $0, "1"] })
  }
  private static let artifacts = FakeArchive.Reply.table(
    ["uri", "artifactid", "filename", "contenttype", "producttype", "calibrationlevel:int", "public:bit"],
    [
      ["mast:JWST/product/a_cal.fits", "id-a", "a_cal.fits", "application/fits", "science", "2", "1"],
      ["", "id-b", "", "", "", "1", "0"], ["u", "", "lost.fits", "", "", "", ""],
    ])

  @Test func allLevels() async throws {
    let service = try FakeArchive(tables: [
      ("select distinct m.planeid", Self.planes), ("jwst.plane sp", Self.others(["p1", "p2", "p1", "p3"])),
      ("jwst.observationmember", Self.others(["p2", "m1"])), ("jwst.artifact", Self.artifacts),
    ])
    let listing = try await service.client().products(of: "jw1", type: .science)
    #expect(listing.planes.planeIDs == ["p1", "p2", "p3", "m1"])
    #expect(listing.planes.topLevel == 2)
    #expect(
      listing.products == [
        ArchiveProduct(
          artifactID: "id-a", fileName: "a_cal.fits", uri: "mast:JWST/product/a_cal.fits",
          contentType: "application/fits", productType: .science, calibrationLevel: 2, isPublic: true),
        ArchiveProduct(artifactID: "id-b", calibrationLevel: 1, isPublic: false),
      ])
    #expect(listing.table?.rowCount == 3)
    let statements = service.calls.map(\.statement)
    #expect(statements.count == 4)
    #expect(statements[1].hasSuffix("sp.calibrationlevel<=p.calibrationlevel AND p.planeid IN ('p2', 'p3')"))
    #expect(statements[2].hasSuffix("WHERE p.planeid IN ('p2', 'p3')"))
    #expect(statements[3].hasSuffix("IN ('p1', 'p2', 'p3', 'm1') AND producttype ILIKE '%science%';"))
  }

  @Test func theHighestLevelNeedsNoFurtherQuestions() async throws {
    let service = try FakeArchive(tables: [
      ("select distinct m.planeid", Self.planes), ("jwst.artifact", Self.artifacts),
    ])
    let listing = try await service.client().products(of: "jw1", level: .level(2))
    #expect(listing.planes.planeIDs == ["p2", "p3"])
    #expect(service.calls.count == 2)
  }

  @Test func noPlaneOfTheLevelIsAnEmptyList() async throws {
    let service = try FakeArchive(tables: [
      ("select distinct m.planeid", Self.planes), ("product_planeid", Self.others([])),
    ])
    let listing = try await service.client().products(of: "jw1", level: .level(-1))
    #expect(listing.products.isEmpty && listing.table == nil)
    #expect(service.calls.count == 3)
  }

  @Test func levelsAboveTheHighestAreAnError() async throws {
    let service = try FakeArchive(tables: [("select distinct m.planeid", Self.planes)])
    await expect(.levelTooHigh) { try await service.client().products(of: "jw1", level: .level(3)) }
  }

  @Test func unknownObservationAndFailingServiceAreToldApart() async throws {
    let service = try FakeArchive { call, _ in
      call.statement.contains("'gone'")
        ? .table(["planeid", "calibrationlevel:int"], []) : .page("out of order", status: 500)
    }
    let error = await expect(.notFound as ESAArchiveError.Kind) { try await service.client().products(of: "gone") }
    #expect(error?.subject == "gone")
    let other = await expect(.service) { try await service.client().products(of: "jw1") }
    #expect(other?.status == 500)
    #expect(other?.message.contains("out of order") == true)
  }

  @Test func wrongArgumentsReachNoSocket() async throws {
    let service = try FakeArchive { _, _ in Self.planes }
    let client = service.client()
    await expect(.badCriteria) { try await client.products(of: "") }
    await expect(.badCriteria) { try await client.products(of: "jw1", level: .level(7)) }
    await expect(.badCriteria) { try await client.products(of: "jw1", type: ArtifactType(rawValue: "test")) }
    await expect(.badCriteria) { try await client.related(to: " ") }
    await expect(.badCriteria) { try await client.observationIDs(ofProgramme: "") }
    await expect(.badCriteria) { try await client.product(artifactID: "") }
    await expect(.badCriteria) { try await client.product(fileName: "") }
    #expect(service.calls.isEmpty)
  }

  @Test func aLookUpThatStaysCutIsAnError() async throws {
    let cut = FakeArchive.Reply.table(["planeid", "calibrationlevel:int"], [["p1", "1"]], status: "OVERFLOW")
    let service = try FakeArchive { call, _ in
      switch call.path {
      case "/server/tap/async": FakeArchive.Reply(status: 303, headers: [("Location", "/server/tap/async/7")])
      case "/server/tap/async/7/phase": .text("COMPLETED")
      default: cut
      }
    }
    await expect(.truncated as ESAArchiveError.Kind) {
      try await service.client { $0.overflow = .keep }.products(of: "jw1")
    }
  }

  @Test func anAnswerWithoutTheColumnsIsBad() async throws {
    let service = try FakeArchive { _, _ in .table(["something"], [["x"]]) }
    await expect(.badAnswer as ESAArchiveError.Kind) { try await service.client().products(of: "jw1") }
    await expect(.badAnswer as ESAArchiveError.Kind) { try await service.client().related(to: "jw1") }
  }

  @Test func whatIsKnownOfAFile() async throws {
    let hex = "0123456789abcdef0123456789ABCDEF"
    let service = try FakeArchive { call, _ in
      if call.statement.contains("'none'") { return .table(["artifactid", "filename"], []) }
      return .table(
        ["artifactid", "filename", "contentlength:long", "contentchecksum"], [["id-a", "a.fits", "2880", "md5:\(hex)"]])
    }
    let product = try await service.client().product(fileName: "a.fits")
    #expect(product.artifactID == "id-a")
    #expect(product.size == 2880)
    #expect(product.checksum == .md5(hex))
    #expect(service.calls.last?.statement == "select * from jwst.artifact a where a.filename = 'a.fits'")
    _ = try await service.client().product(artifactID: "id-a")
    #expect(service.calls.last?.statement == "select * from jwst.artifact a where a.artifactid = 'id-a'")
    await expect(.notFound as ESAArchiveError.Kind) { try await service.client().product(artifactID: "none") }
  }

  @Test func combinationsOfAnObservation() async throws {
    let service = try FakeArchive(tables: [
      (
        "m.members like '%jw1_a%'",
        .table(
          ["observationid", "members"],
          [
            ["c1", "caom:JWST/jw1_a caom:JWST/jw1_b"], ["c1", "caom:JWST/jw1_a"],
            ["false", "caom:JWST/jw1_a2 caom:JWST/jw1xa"],
            ["c2", "caom:JWST/z caom:JWST/jw1_a"],
          ])
      )
    ])
    #expect(try await service.client().related(to: "jw1_a") == ["c1", "c2"])
    #expect(service.calls.count == 1)
  }

  @Test func membersOfACombination() async throws {
    let service = try FakeArchive(tables: [
      ("m.members like", .table(["observationid", "members"], [["false", "caom:JWST/c12"]])),
      ("select m.members", .table(["members"], [["caom:JWST/a caom:JWST/b"], ["caom:JWST/b"], [nil]])),
    ])
    #expect(try await service.client().related(to: "c1") == ["a", "b"])
  }

  @Test func nothingRelatedIsAnEmptyList() async throws {
    let service = try FakeArchive(tables: [
      ("m.members like", .table(["observationid", "members"], [])), ("select m.members", .table(["members"], [[nil]])),
    ])
    #expect(try await service.client().related(to: "jw1") == [])
  }

  @Test func observationsOfAProgramme() async throws {
    let service = try FakeArchive { call, _ in
      switch call.path {
      case "/server/tap/async": FakeArchive.Reply(status: 303, headers: [("Location", "/server/tap/async/7")])
      case "/server/tap/async/7/phase": .text("COMPLETED")
      default: .table(["observationid"], [["jw2"], ["jw1"], ["jw2"], [nil]])
      }
    }
    #expect(try await service.client().observationIDs(ofProgramme: "6651") == ["jw2", "jw1"])
    #expect(
      service.calls.first?.statement
        == "SELECT observationid FROM jwst.archive WHERE proposal_id IN ('6651', '06651')")
  }
}
