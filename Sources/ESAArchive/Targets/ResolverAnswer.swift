import SkyGeometry
import TableIO

/// Reads where a target is in a resolver's answer.
enum ResolverAnswer {
  /// Why an answer has no position, in a sentence.
  struct Failure: Error { var reason: String }

  /// The position, in the ICRS.
  /// - Throws: ``Failure``.
  static func position(in body: [UInt8], from resolver: Resolver) throws(Failure) -> SkyPosition {
    let table: Table
    do throws(TableIOError) {
      var reader: any TableReader = try VOTableReader(source: MemoryByteSource(body))
      table = try Table(reading: &reader, rowLimit: rowLimit)
    } catch {
      if let said = message(in: body) { throw Failure(reason: said) }
      throw Failure(reason: error.kind == .serviceError ? error.message : "the answer has no table (\(error.message))")
    }
    switch resolver {
    case .simbad: return try firstPosition(table, "ra", "dec", .icrs)
    case .ned: return try firstPosition(table, "RA", "DEC", .fk5)
    case .vizier: return try firstPosition(table, "RAJ2000", "DEJ2000", .fk5, errors: ("e_RAJ2000", "e_DEJ2000"))
    }
  }

  /// More rows than any resolver sends for one name.
  private static let rowLimit = 10_000

  /// The position in the first row that has one, or in the one with the smallest errors.
  private static func firstPosition(
    _ table: Table, _ ra: String, _ dec: String, _ frame: SkyFrame, errors: (ra: String, dec: String)? = nil
  ) throws(Failure) -> SkyPosition {
    guard table.metadata.columnIndex(named: ra) != nil, table.metadata.columnIndex(named: dec) != nil else {
      throw Failure(reason: "the answer has no columns \(ra) and \(dec)")
    }
    guard table.rowCount > 0 else { throw Failure(reason: "the name is not known") }
    var best: (position: SkyPosition, error: (Double, Double))?
    for row in table {
      guard let longitude: Double = row[ra], let latitude: Double = row[dec], (0...360).contains(longitude),
        (-90...90).contains(latitude)
      else { continue }
      func error(_ name: String?) -> Double {
        let value: Double? = name.flatMap { row[$0] }
        return value.flatMap { $0.isNaN ? nil : $0 } ?? .infinity
      }
      let uncertainty = (error(errors?.ra), error(errors?.dec))
      if let best, best.error <= uncertainty { continue }
      best = (frame.position(longitude: longitude, latitude: latitude), uncertainty)
    }
    guard let best else { throw Failure(reason: "the name is known, but without a position") }
    return best.position
  }

  /// What NED says instead of a table: the value of a PARAM `Error`.
  private static func message(in body: [UInt8]) -> String? {
    guard let xml = try? XMLReader(source: MemoryByteSource(body), refusesNamespaceErrors: false) else { return nil }
    while let event = try? xml.next() {
      if event == .start, xml.name.local == "PARAM", xml.attribute("name") == "Error" { return xml.attribute("value") }
    }
    return nil
  }
}
