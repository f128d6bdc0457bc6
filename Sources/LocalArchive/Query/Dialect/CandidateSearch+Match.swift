internal import ADQL

extension CandidateSearch {
  /// A condition that holds for all rows that may touch a circle around a position that another table gives, as in a cross-match.
  ///
  /// The zones and the ranges of right ascension follow from the position by functions of ``SQLFunction``, so that the index is entered
  /// at the right places for each of its rows.
  /// - Parameters:
  ///   - index: an index of one of the archive's tables.
  ///   - alias: the table's name in the statement, as SQL writes it.
  ///   - centre: longitude and latitude, degrees, in SQL.
  ///   - radius: degrees.
  /// - Returns: `nil` for a circle so large that it reaches over many zones.
  static func condition(
    _ index: SpatialIndex, alias: String, around centre: (longitude: String, latitude: String), radius: Double
  ) -> String? {
    guard radius.isFinite, radius >= 0 else { return nil }
    func name(_ column: String) -> String { "\(alias).\(ArchiveTable.quoted(column))" }
    switch index.kind {
    case .position(let longitude, let latitude):
      let reach = radius + 1e-7
      guard
        let ranges = ranges(
          centre, reach: reach, zone: name(index.key), ra: name(longitude),
          and: "\(name(latitude)) BETWEEN \(centre.latitude) - \(reach) AND \(centre.latitude) + \(reach)")
      else { return nil }
      return "(\(ranges.joined(separator: " OR ")))"
    case .footprint:
      let touches = "abs(bounds_dec - \(centre.latitude)) <= bounds_radius + \(radius)"
      var parts: [(size: Int, condition: String)] = []
      // The largest class holds mosaics of very different sizes: few, and each is looked at.
      for (size, largest) in FootprintEntry.sizes.enumerated() {
        let isLast = size == FootprintEntry.sizes.count - 1
        guard
          let ranges = isLast
            ? ["(\(touches))"]
            : ranges(centre, reach: radius + largest, zone: "bounds_zone", ra: "bounds_ra", and: touches)
        else { return nil }
        parts += ranges.map { (size, $0) }
      }
      return footprints(parts, key: name(index.key))
    }
  }

  /// The most declination zones that are worth entering one by one.
  private static let mostZones = 40

  /// The two ranges of right ascension to look through in each zone; the second is empty where the window does not cross zero.
  private static func ranges(
    _ centre: (longitude: String, latitude: String), reach: Double, zone: String, ra: String, and condition: String
  ) -> [String]? {
    let count = Int(min(2 * reach / FootprintEntry.zoneHeight, 1e6)) + 2
    guard count <= mostZones else { return nil }
    let zones = (0..<count).map { "adql_zone(\(centre.latitude), -\(reach)) + \($0)" }.joined(separator: ", ")
    func end(_ number: Int) -> String {
      "adql_window(\(centre.longitude), \(centre.latitude), \(reach), \(number))"
    }
    return [0, 2].map {
      "(\(zone) IN (\(zones)) AND \(ra) BETWEEN \(end($0)) AND \(end($0 + 1)) AND \(condition))"
    }
  }
}
