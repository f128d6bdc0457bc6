import ESAArchive
import SkyGeometry
import Testing

/// Where targets are, by SIMBAD, NED and VizieR.
@Suite struct TargetsTests {
  private static let simbad = FakeArchive.Reply.table(
    ["main_id", "ra:double", "dec:double"], [["M   1", "83.6287", "22.0147"]])
  private static let unknown = FakeArchive.Reply.table(["main_id", "ra:double", "dec:double"], [])
  private static let nedError = FakeArchive.Reply.text(
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <VOTABLE version="1.1" xmlns="http://www.ivoa.net/xml/VOTable/v1.1">
    <PARAM ID="f1" name="Status" datatype="char" arraysize="*" value="error"/>
    <PARAM ID="f2" name="Error" datatype="char" arraysize="*" value="No object found with that name."/></VOTABLE>
    """)
  private static let vizier = FakeArchive.Reply.table(
    ["recno:int", "RAJ2000:double", "DEJ2000:double", "e_RAJ2000:float", "e_DEJ2000:float"],
    [
      ["4", "10.4", "20.4", nil, nil], ["3", "10.1", "20.1", "0.9", "0.1"], ["1", "10.2", "20.2", "0.1", "0.5"],
      ["2", "10.3", "20.3", "0.1", "0.2"],
    ])

  private static func service(
    simbad: FakeArchive.Reply = unknown, ned: FakeArchive.Reply = nedError, vizier: FakeArchive.Reply = vizier
  ) throws -> FakeArchive {
    try FakeArchive { call, _ in
      switch call.path {
      case "/simbad/sim-tap/sync": simbad
      case "/cgi-bin/objsearch": ned
      case "/viz-bin/votable": vizier
      default: .text("?", status: 404)
      }
    }
  }

  @Test func simbadIsAskedFirst() async throws {
    let service = try Self.service(simbad: Self.simbad)
    let target = try await service.client().resolve("M' 1")
    #expect(target.position == SkyPosition(ra: 83.6287, dec: 22.0147))
    #expect(target.resolver == .simbad)
    #expect(service.calls.count == 1, "no capabilities are asked for")
    let fields = try #require(service.calls.first?.fields)
    #expect(
      fields == [
        "REQUEST": "doQuery", "LANG": "ADQL", "MAXREC": "2000000",
        "QUERY": """
        SELECT basic."main_id", basic."ra", basic."dec", basic."coo_err_maj", basic."coo_err_min", \
        basic."coo_err_angle", basic."coo_wavelength", basic."coo_bibcode", ident."id" AS "matched_id" FROM basic \
        JOIN ident ON basic."oid" = ident."oidref" WHERE id = 'M'' 1'
        """,
      ])
  }

  @Test func nedGivesFK5() async throws {
    let service = try Self.service(ned: .table(["No:int", "RA:double", "DEC:double"], [["1", "80.89", "-69.75"]]))
    let target = try await service.client().resolve("LMC 1", using: [.ned])
    #expect(target.resolver == .ned)
    let separation = target.position.separation(to: SkyPosition(ra: 80.89, dec: -69.75)) * 3600
    #expect(separation > 0.001 && separation < 0.04, "the two frames differ by some hundredths of an arcsecond")
    let call = try #require(service.calls.first)
    #expect(call.method == "GET")
    #expect(
      call.fields == [
        "of": "xml_main", "img_stamp": "NO", "extend": "no", "list_limit": "0", "hconst": "73", "omegam": "0.27",
        "omegav": "0.73", "corr_z": "1", "out_csys": "Equatorial", "out_equinox": "J2000.0",
        "obj_sort": "RA or Longitude", "objname": "LMC 1",
      ])
  }

  @Test func vizierGivesTheRowWithTheSmallestErrors() async throws {
    let service = try Self.service()
    let target = try await service.client().resolve("TYC 1", using: [.vizier])
    #expect(target.position.separation(to: SkyPosition(ra: 10.3, dec: 20.3)) < 1e-4)
    #expect(
      service.calls.first?.fields[""] == """
        -source=II/336/apass9
        -out.max=50
        -out=*
        -c=TYC 1
        -out.meta=huUD
        -out.form=mini
        -oc.form=d
        """)
  }

  @Test func theNextIsAskedWhateverFails() async throws {
    for failure in [Self.unknown, .page("overloaded", status: 500), .text("busy", status: 503), .text("<VOT")] {
      let service = try Self.service(simbad: failure)
      let target = try await service.client().resolve("M1")
      #expect(target.resolver == .vizier)
      #expect(target.failures.map(\.resolver) == [.simbad, .ned])
      #expect(target.failures[1].reason == "No object found with that name.")
      #expect(service.calls.map(\.path) == ["/simbad/sim-tap/sync", "/cgi-bin/objsearch", "/viz-bin/votable"])
    }
  }

  @Test func allReasonsAreTold() async throws {
    let service = try Self.service(
      simbad: .refusal("SIMBAD is closed"), vizier: .table(["RAJ2000:double", "DEJ2000:double"], [["400", "3"]]))
    let error = await expect(.unresolvedTarget) { try await service.client().resolve("nosuchthing") }
    #expect(error?.resolverFailures.map(\.resolver) == [.simbad, .ned, .vizier])
    #expect(error?.message.contains("SIMBAD is closed") == true)
    #expect(error?.message.contains("No object found with that name.") == true)
    #expect(error?.message.contains("without a position") == true)
  }

  @Test func aTableWithoutPositionsIsAReason() async throws {
    let service = try Self.service(ned: .table(["Name"], [["M1"]]))
    let error = await expect(.unresolvedTarget) { try await service.client().resolve("M1", using: [.ned]) }
    #expect(error?.resolverFailures.first?.reason.contains("no columns RA and DEC") == true)
  }

  @Test func namesThatWouldBecomeOtherConditionsAreRefused() async throws {
    let service = try Self.service()
    for name in ["", "  ", "M1\n-out.max=99999", "M1\r"] {
      await expect(.badCriteria) { try await service.client().resolve(name) }
    }
    await expect(.badCriteria) { try await service.client().resolve("M1", using: []) }
    #expect(service.calls.isEmpty)
    #expect(Resolver("simbad") == .simbad)
    #expect(Resolver("ALL") == nil)
  }
}
