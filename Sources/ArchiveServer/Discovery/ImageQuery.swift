internal import SkyGeometry

/// What a query of SIA 2 asks for: its parameters as conditions on `ivoa.obscore`. Source: SIA 2.0, section 2.1.
///
/// Values of one parameter are alternatives; different parameters narrow the answer down.
struct ImageQuery {
  /// The query in ADQL.
  let adql: String

  /// Reads the parameters.
  /// - Throws: ``TAPFault`` that says which value is wrong.
  init(_ form: RequestForm) throws(TAPFault) {
    guard form.values("UPLOAD").isEmpty else { throw TAPFault("UPLOAD is not supported here.") }
    // Images and cubes are what this protocol is about.
    var conditions = [ADQLCondition.column("dataproduct_type", in: ["image", "cube"])]
    func add(
      _ name: String, _ condition: (String) throws(TAPFault) -> ADQLCondition
    ) throws(TAPFault) {
      let values = form.values(name).map(\.trimmingBlanks).filter { !$0.isEmpty }
      guard values.count <= Self.valueLimit else {
        throw TAPFault("\(name) is given \(values.count) times; \(Self.valueLimit) are allowed.")
      }
      var alternatives: [ADQLCondition] = []
      for value in values { alternatives.append(try condition(value)) }
      if !alternatives.isEmpty { conditions.append(.any(alternatives)) }
    }
    func addTexts(_ name: String, _ column: StaticString) throws(TAPFault) {
      try add(name) { (text) throws(TAPFault) in .column(column, in: [text]) }
    }
    try add("POS") { (text) throws(TAPFault) in try Self.position(text) }
    try add("BAND") { (text) throws(TAPFault) in
      .columns("em_min", "em_max", touch: try Self.interval(text, "BAND"))
    }
    try add("TIME") { (text) throws(TAPFault) in .columns("t_min", "t_max", touch: try Self.interval(text, "TIME")) }
    for (name, column) in Self.numbers {
      try add(name) { (text) throws(TAPFault) in .column(column, within: try Self.interval(text, name)) }
    }
    try add("POL") { (text) throws(TAPFault) in .column("pol_states", holds: "/\(text.uppercased())/") }
    try addTexts("ID", "obs_publisher_did")
    try addTexts("COLLECTION", "obs_collection")
    try addTexts("FACILITY", "facility_name")
    try addTexts("TARGET", "target_name")
    try addTexts("FORMAT", "access_format")
    // The archive's instruments have their mode behind them: NIRCAM/IMAGE.
    try add("INSTRUMENT") { (text) throws(TAPFault) in
      .any([.column("instrument_name", in: [text]), .column("instrument_name", beginsWith: text + "/")])
    }
    try add("DPTYPE") { (text) throws(TAPFault) in
      guard ["image", "cube"].contains(text.lowercased()) else {
        throw TAPFault("DPTYPE \"\(text.excerpt)\" is neither image nor cube.")
      }
      return .column("dataproduct_type", in: [text.lowercased()])
    }
    try add("CALIB") { (text) throws(TAPFault) in
      guard let level = Int(text), (0...4).contains(level) else {
        throw TAPFault("CALIB \"\(text.excerpt)\" is no calibration level from 0 to 4.")
      }
      return .column("calib_level", isNumber: level)
    }
    adql = "SELECT * FROM ivoa.obscore WHERE \(ADQLCondition.all(conditions).text)"
  }

  private static let valueLimit = 200
  private static let numbers: [(String, StaticString)] = [
    ("FOV", "s_fov"), ("SPATRES", "s_resolution"), ("SPECRP", "em_res_power"), ("EXPTIME", "t_exptime"),
    ("TIMERES", "t_resolution"),
  ]

  /// Reads `lo hi`, with `-Inf` and `+Inf` for open ends, or one number (DALI 1.1, section 3.3.3).
  static func interval(_ text: String, _ name: String) throws(TAPFault) -> ClosedRange<Double> {
    let words = text.split(whereSeparator: \.isWhitespace)
    let ends = words.compactMap(number)
    guard (1...2).contains(words.count), ends.count == words.count, let low = ends.first, let high = ends.last,
      low <= high, low != .infinity, high != -.infinity, words.count == 2 || low.isFinite
    else {
      throw TAPFault("\(name) \"\(text.excerpt)\" is no interval: write two numbers, the smaller one first, or one.")
    }
    return low...high
  }

  /// Reads `CIRCLE lon lat r`, `RANGE lon1 lon2 lat1 lat2` or `POLYGON lon1 lat1 …` in degrees (SIA 2.0, section 2.1.1).
  private static func position(_ text: String) throws(TAPFault) -> ADQLCondition {
    let words = text.split(whereSeparator: \.isWhitespace)
    let numbers = words.dropFirst().compactMap(number)
    guard numbers.count == words.count - 1, !numbers.contains(where: \.isNaN) else { throw fault(text) }
    switch words.first?.uppercased() {
    case "CIRCLE":
      guard numbers.count == 3, isPlace(numbers[0], numbers[1]), (0...180).contains(numbers[2]) else {
        throw fault(text)
      }
      return .column("s_region", touches: "CIRCLE", numbers)
    case "POLYGON":
      guard numbers.count >= 6, numbers.count.isMultiple(of: 2), numbers.count <= 2000,
        stride(from: 0, to: numbers.count, by: 2).allSatisfy({ isPlace(numbers[$0], numbers[$0 + 1]) })
      else { throw fault(text) }
      return .column("s_region", touches: "POLYGON", numbers)
    case "RANGE":
      guard let range = range(numbers) else { throw fault(text) }
      return .column("s_region", touches: range)
    default: throw fault(text)
    }
  }

  /// A range as it is written: from west to east, through 0 where the first longitude is the greater one; open ends reach to the end.
  private static func range(_ numbers: [Double]) -> SkyRange? {
    guard numbers.count == 4 else { return nil }
    let open: [(Double, Double)] = [(-.infinity, 0), (.infinity, 360), (-.infinity, -90), (.infinity, 90)]
    let ends = zip(numbers, open).map { $0 == $1.0 ? $1.1 : $0 }
    guard ends[..<2].allSatisfy({ (0...360).contains($0) }), ends[2...].allSatisfy({ (-90...90).contains($0) }),
      ends[2] <= ends[3]
    else { return nil }
    return SkyRange(west: ends[0], east: ends[1], south: ends[2], north: ends[3])
  }

  private static func isPlace(_ lon: Double, _ lat: Double) -> Bool {
    (0...360).contains(lon) && (-90...90).contains(lat)
  }

  private static func fault(_ text: String) -> TAPFault {
    TAPFault(
      "POS \"\(text.excerpt)\" is none of CIRCLE lon lat radius, RANGE lon1 lon2 lat1 lat2 and POLYGON lon1 lat1 …, in degrees."
    )
  }

  /// A number as DALI writes it.
  static func number(_ text: some StringProtocol) -> Double? {
    switch text.lowercased() {
    case "inf", "+inf", "infinity", "+infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }
}
