public import ADQL
public import SkyGeometry

/// Finds by a spatial index which rows may lie in a circle, so that the exact test has few left to look at.
///
/// Positions and circles around footprints lie in declination zones; inside a zone they are ordered by right ascension. Each zone that a
/// circle can reach is entered at the right place, so the time does not grow with the archive but with what is found.
public enum CandidateSearch {
  /// A query for the keys of all rows that may touch a circle: every row that does, and some that do not.
  ///
  /// It has no parameters, and is meant for `key IN (…)` with the hidden column that ``SpatialIndex/key`` names.
  /// - Parameters:
  ///   - index: an index of one of the archive's tables.
  ///   - circle: a circle around the region that is asked for.
  /// - Returns: `nil` for a circle so large, or so odd, that the index would not help.
  public static func sql(_ index: SpatialIndex, around circle: SkyCircle) -> String? {
    guard circle.radius.isFinite, (0...largestRadius).contains(circle.radius), circle.center.ra.isFinite,
      circle.center.dec.isFinite
    else { return nil }
    var circle = circle
    circle.center.ra = circle.center.ra.truncatingRemainder(dividingBy: 360)
    if circle.center.ra < 0 { circle.center.ra += 360 }
    let queries =
      switch index.kind {
      case .position:
        query(
          FootprintWindow(size: 0, reach: circle.radius + 1e-7, circle), "planes_position", class: nil,
          zone: "target_zone", ra: "target_ra",
          and:
            "target_dec BETWEEN \(circle.center.dec - circle.radius - 1e-7) AND \(circle.center.dec + circle.radius + 1e-7)"
        )
      case .footprint:
        FootprintWindow.windows(around: circle).flatMap {
          query(
            $0, "planes_footprint", class: $0.size, zone: "bounds_zone", ra: "bounds_ra",
            // The largest class holds mosaics of very different sizes, each of which says how far it reaches.
            and: "abs(bounds_dec - (\(circle.center.dec))) <= bounds_radius + \(circle.radius)")
        }
      }
    return queries.joined(separator: " UNION ALL ")
  }

  /// Degrees; beyond it most of the sky would be a candidate.
  private static let largestRadius = 60.0

  private static func query(
    _ window: FootprintWindow, _ index: String, class size: Int?, zone: String, ra: String,
    and condition: String? = nil
  ) -> [String] {
    let head =
      "SELECT \"key\" FROM planes INDEXED BY \(index) WHERE " + (size.map { "bounds_class = \($0) AND " } ?? "")
    let tail = condition.map { " AND " + $0 } ?? ""
    // Around a pole every right ascension counts, and a range of zones is all there is to say.
    if window.ra == [0...360] {
      return [head + "\(zone) BETWEEN \(window.zones.lowerBound) AND \(window.zones.upperBound)" + tail]
    }
    let zones = window.zones.map(String.init).joined(separator: ", ")
    return window.ra.map {
      head + "\(zone) IN (\(zones)) AND \(ra) BETWEEN \($0.lowerBound) AND \($0.upperBound)" + tail
    }
  }
}
