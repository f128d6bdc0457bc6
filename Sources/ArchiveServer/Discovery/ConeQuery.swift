/// What a simple cone search asks for. Source: Simple Cone Search 1.03, section 2.1.
struct ConeQuery {
  /// The query in ADQL on `jwst.main`.
  let adql: String

  /// The columns that every answer has: what tells rows apart, and the position; with the UCDs that the standard wants.
  static let labels = ["planeid": "ID_MAIN", "target_ra": "POS_EQ_RA_MAIN", "target_dec": "POS_EQ_DEC_MAIN"]
  private static let brief = "planeid, observationid, target_name, target_ra, target_dec"
  private static let usual =
    brief
    + ", calibrationlevel, dataproducttype, instrument_name, energy_bandpassname, proposal_id, time_bounds_lower, "
    + "time_bounds_upper, time_exposure, \"public\", position_bounds_spoly, obsid"

  /// Reads the parameters.
  /// - Throws: ``TAPFault`` that says which value is missing or wrong.
  init(_ form: RequestForm) throws(TAPFault) {
    let ra = try Self.number("RA", form)
    let dec = try Self.number("DEC", form)
    let radius = try Self.number("SR", form)
    guard (-360...360).contains(ra) else { throw TAPFault("RA \(ra) is not within 0 to 360 degrees.") }
    guard (-90...90).contains(dec) else { throw TAPFault("DEC \(dec) is not within -90 to 90 degrees.") }
    guard (0...180).contains(radius) else { throw TAPFault("SR \(radius) is not within 0 to 180 degrees.") }
    let columns: String
    switch form["VERB"]?.trimmingBlanks ?? "" {
    case "1": columns = Self.brief
    case "", "2": columns = Self.usual
    case "3": columns = "*"
    case let verb: throw TAPFault("VERB \"\(verb.excerpt)\" is not 1, 2 or 3.")
    }
    let circle = ADQLCondition.position("target_ra", "target_dec", within: [ra < 0 ? ra + 360 : ra, dec, radius])
    adql = "SELECT \(columns) FROM jwst.main WHERE \(circle.text)"
  }

  private static func number(_ name: String, _ form: RequestForm) throws(TAPFault) -> Double {
    let values = form.values(name).map(\.trimmingBlanks).filter { !$0.isEmpty }
    guard let text = values.first else { throw TAPFault("\(name) is missing: a number of degrees.") }
    guard values.count == 1, let number = Double(text), number.isFinite else {
      throw TAPFault("\(name) \"\(text.excerpt)\" is not a number of degrees.")
    }
    return number
  }
}
