import ESAArchive
import SkyGeometry
import TAP
import Testing

/// The statements that searches become, and the searches that are refused.
@Suite struct ObservationSearchTests {
  private static let position = SkyPosition(ra: 53, dec: -27)
  private static let mainColumns = """
    observationid, calibrationlevel, public, dataproducttype, instrument_name, energy_bandpassname, target_name, \
    target_ra, target_dec, position_bounds_center, position_bounds_spoly
    """

  @Test func coneOfMain() throws {
    let search = ObservationSearch(region: .cone(Self.position, radius: 5))
    #expect(
      try search.statement(layout: .main).text == """
        SELECT DISTANCE(POINT('ICRS',target_ra,target_dec), POINT('ICRS',53.0,-27.0)) AS dist, \(Self.mainColumns) \
        FROM jwst.main WHERE CONTAINS(POINT('ICRS',target_ra,target_dec),CIRCLE('ICRS',53.0,-27.0, 5.0))=1 \
        AND max_cal_level=calibrationlevel ORDER BY dist ASC
        """)
  }

  @Test func boxOfMainWithAllFilters() throws {
    let filters = ObservationFilters(
      observationID: "jw00617-O023%", calibrationLevel: .level(3), publicOnly: true,
      productType: DataProductType(rawValue: "Image"), instrument: Instrument(rawValue: "nircam"), filter: "F090W",
      programme: "00617")
    let search = ObservationSearch(
      region: .box(SkyPosition(ra: 53.1, dec: -27.25), width: 0.5, height: 1e-5), filters: filters, columns: .all)
    #expect(
      try search.statement(layout: .main).text == """
        SELECT DISTANCE(POINT('ICRS',target_ra,target_dec), POINT('ICRS',53.1,-27.25)) AS dist, * FROM jwst.main \
        WHERE CONTAINS(POINT('ICRS',target_ra,target_dec),BOX('ICRS',53.1,-27.25, 0.5, 1e-05))=1 \
        AND observationid LIKE 'jw00617-o023%' AND calibrationlevel=3 AND public='true' \
        AND dataproducttype ILIKE '%image%' AND instrument_name ILIKE '%NIRCAM%' \
        AND energy_bandpassname ILIKE 'F090W' AND proposal_id IN ('617', '00617') ORDER BY dist ASC
        """)
  }

  @Test func coneOfArchive() throws {
    let search = ObservationSearch(
      region: .cone(Self.position, radius: 0.1), filters: ObservationFilters(calibrationLevel: .any))
    #expect(
      try search.statement(layout: .archive).text == """
        SELECT observationid, calibrationlevel, public, dataproducttype, instrument_name, energy_bandpassname, \
        target_name, targetposition_coordinates_cval1, targetposition_coordinates_cval2, position_bounds_spoly \
        FROM jwst.archive WHERE (position_bounds_spoly IS NOT NULL AND \
        INTERSECTS(CIRCLE('ICRS',53.0,-27.0, 0.1),position_bounds_spoly)=1) \
        ORDER BY jwst.archive.calibrationlevel DESC
        """)
  }

  @Test func boxOfArchive() throws {
    let search = ObservationSearch(
      region: .box(Self.position, width: 2, height: 1), filters: ObservationFilters(calibrationLevel: .level(-1)),
      columns: .all)
    #expect(
      try search.statement(layout: .archive).text == """
        SELECT * FROM jwst.archive WHERE (position_bounds_spoly IS NOT NULL AND \
        INTERSECTS(BOX('ICRS',53.0,-27.0, 2.0, 1.0),position_bounds_spoly)=1) AND calibrationlevel=-1 \
        ORDER BY jwst.archive.calibrationlevel DESC
        """)
  }

  @Test func theWholeSkyWithAFilter() throws {
    let search = ObservationSearch(filters: ObservationFilters(calibrationLevel: .any, programme: "11816"))
    #expect(
      try search.statement(layout: .main).text.hasSuffix(
        "FROM jwst.main WHERE proposal_id = '11816' ORDER BY observationid ASC"))
  }

  @Test(arguments: [
    ("1410", "proposal_id IN ('1410', '01410')"), ("01410", "proposal_id IN ('1410', '01410')"),
    ("0", "proposal_id IN ('0', '00000')"), ("14*", "proposal_id ILIKE '14%'"), ("%17%", "proposal_id ILIKE '%17%'"),
    ("GO' OR '1'='1", "proposal_id = 'GO'' OR ''1''=''1'"),
  ])
  func programmes(text: String, condition: String) throws {
    let search = ObservationSearch(filters: ObservationFilters(calibrationLevel: .any, programme: text))
    #expect(try search.statement(layout: .main).text.contains("WHERE \(condition) ORDER"))
  }

  @Test(arguments: [("F200W", "'F200W'"), ("*200W", "'%200W'"), ("F200W%' OR '1'='1", "'F200W%'' OR ''1''=''1'")])
  func filterNames(text: String, pattern: String) throws {
    let search = ObservationSearch(filters: ObservationFilters(filter: text))
    #expect(try search.statement(layout: .main).text.contains("AND energy_bandpassname ILIKE \(pattern) ORDER"))
  }

  @Test func aQuoteInAnObservationStaysInItsLiteral() throws {
    let search = ObservationSearch(filters: ObservationFilters(observationID: "X' OR public='true' --"))
    #expect(try search.statement(layout: .main).text.contains("observationid LIKE 'x'' or public=''true'' --' AND"))
  }

  @Test func levelsAsText() {
    #expect(ObservationFilters.Level("Top") == .top)
    #expect(ObservationFilters.Level("top") == .top)
    #expect(ObservationFilters.Level("ALL") == .any)
    #expect(ObservationFilters.Level("4") == .level(4))
    #expect(ObservationFilters.Level("-1") == .level(-1))
    #expect(ObservationFilters.Level("2.0") == nil)
    #expect(ProductLevel("all") == .all)
    #expect(ProductLevel("2") == .level(2))
    #expect(ProductLevel("") == nil)
  }

  @Test(arguments: [
    (ObservationSearch(region: .cone(position, radius: 0)), "radius"),
    (ObservationSearch(region: .cone(position, radius: -1)), "radius"),
    (ObservationSearch(region: .cone(position, radius: .nan)), "radius"),
    (ObservationSearch(region: .box(position, width: 1, height: .infinity)), "height"),
    (ObservationSearch(region: .box(position, width: 361, height: 1)), "width"),
    (ObservationSearch(region: .cone(SkyPosition(ra: 53, dec: 91), radius: 1)), "region"),
    (ObservationSearch(region: .cone(SkyPosition(ra: .nan, dec: 1), radius: 1)), "region"),
    (ObservationSearch(), "region"),
    (ObservationSearch(filters: ObservationFilters(calibrationLevel: .level(2), publicOnly: true)), "region"),
    (ObservationSearch(filters: ObservationFilters(observationID: " ")), "observationID"),
    (ObservationSearch(filters: ObservationFilters(calibrationLevel: .level(5), filter: "F")), "calibrationLevel"),
    (ObservationSearch(filters: ObservationFilters(productType: .init(rawValue: "a"))), "productType"),
    (ObservationSearch(filters: ObservationFilters(instrument: .init(rawValue: "WFC3"))), "instrument"),
    (ObservationSearch(filters: ObservationFilters(filter: "")), "filter"),
    (ObservationSearch(filters: ObservationFilters(programme: "14\n10")), "programme"),
  ])
  func whatIsRefused(search: ObservationSearch, option: String) {
    let error = #expect(throws: ESAArchiveError.self) { try search.statement(layout: .main) }
    #expect(error?.kind == .badCriteria)
    #expect(error?.option == option)
    #expect(error?.message.isEmpty == false)
  }
}
