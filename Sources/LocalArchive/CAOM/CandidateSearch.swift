public import ADQL
public import SkyGeometry

/// Finds by a spatial index which rows may lie in a circle, so that the exact test has few left to look at.
///
/// Positions and circles around footprints lie in declination zones; inside a zone they are ordered by right ascension. Each zone that a
/// circle can reach is entered at the right place, so the time does not grow with the archive but with what is found.
public enum CandidateSearch {
  /// A condition that holds for all rows that may touch a circle: for every row that does, and for some that do not.
  ///
  /// A condition on positions names columns of the index alone. What else the index holds of a row is then read from it, in the order of
  /// the sky, and the wide rows of the table are left alone unless the query wants more of them.
  /// - Parameters:
  ///   - index: an index of one of the archive's tables.
  ///   - alias: the table's name in the statement, as SQL writes it.
  ///   - circle: a circle around the region that is asked for.
  /// - Returns: `nil` for a circle so large, or so odd, that the index would not help.
  public static func condition(_ index: SpatialIndex, alias: String, around circle: SkyCircle) -> String? {
    guard circle.radius.isFinite, (0...largestRadius).contains(circle.radius), circle.center.ra.isFinite,
      circle.center.dec.isFinite
    else { return nil }
    var circle = circle
    circle.center.ra = circle.center.ra.truncatingRemainder(dividingBy: 360)
    if circle.center.ra < 0 { circle.center.ra += 360 }
    func name(_ column: String) -> String { "\(alias).\(ArchiveTable.quoted(column))" }
    switch index.kind {
    case .position(let longitude, let latitude):
      let reach = circle.radius + 1e-7
      let ranges = ranges(
        FootprintWindow(size: 0, reach: reach, circle), zone: name(index.key), ra: name(longitude),
        and: "\(name(latitude)) BETWEEN \(circle.center.dec - reach) AND \(circle.center.dec + reach)")
      return "(\(ranges.joined(separator: " OR ")))"
    case .footprint:
      let parts = FootprintWindow.windows(around: circle).flatMap { window in
        ranges(
          window, zone: "bounds_zone", ra: "bounds_ra",
          // The largest class holds mosaics of very different sizes, each of which says how far it reaches.
          and: "abs(bounds_dec - (\(circle.center.dec))) <= bounds_radius + \(circle.radius)"
        ).map { (window.size, $0) }
      }
      return footprints(parts, key: name(index.key))
    }
  }

  /// A condition that holds for the rows whose footprints are in parts of the index, each a class of sizes with a condition.
  static func footprints(_ parts: [(size: Int, condition: String)], key: String) -> String {
    let queries = parts.map {
      "SELECT \"key\" FROM planes INDEXED BY planes_footprint WHERE bounds_class = \($0.size) AND \($0.condition)"
    }
    return "(\(key) IN (\(queries.joined(separator: " UNION ALL "))))"
  }

  /// Degrees; beyond it most of the sky would be a candidate.
  private static let largestRadius = 60.0

  /// The parts of an index to look through, each as a condition of its own.
  private static func ranges(
    _ window: FootprintWindow, zone: String, ra: String, and condition: String
  ) -> [String] {
    // Around a pole every right ascension counts, and a range of zones is all there is to say.
    if window.ra == [0...360] {
      return ["(\(zone) BETWEEN \(window.zones.lowerBound) AND \(window.zones.upperBound) AND \(condition))"]
    }
    let zones = window.zones.map(String.init).joined(separator: ", ")
    return window.ra.map {
      "(\(zone) IN (\(zones)) AND \(ra) BETWEEN \($0.lowerBound) AND \($0.upperBound) AND \(condition))"
    }
  }
}
