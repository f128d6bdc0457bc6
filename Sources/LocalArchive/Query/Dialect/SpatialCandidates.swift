internal import ADQL
internal import SkyGeometry

/// The rows that an index finds near a region: declination zones, and in each a range of right ascension.
///
/// The zones are listed one by one, because an index goes straight to a range only behind columns that are given exactly.
struct SpatialCandidates {
  /// The widest region that is worth the index, degrees.
  static let widestRadius = 60.0

  /// The keys of the rows, as a SELECT.
  let sql: String

  /// - Returns: `nil` when the region is no place on the sky or so large that reading all rows is as fast.
  init?(index: SpatialIndex, region: ConstantRegion) {
    guard let circle = SkyValue(region)?.region.boundingCircle, circle.radius <= Self.widestRadius else { return nil }
    let windows =
      switch index.kind {
      case .position: [FootprintWindow(size: 0, reach: circle.radius + 1e-7, circle)]
      case .footprint: FootprintWindow.windows(around: circle)
      }
    sql = windows.flatMap { window in
      window.ra.map { Self.select(index.kind, window, ra: $0) }
    }.joined(separator: " UNION ALL ")
  }

  private static func select(_ kind: SpatialIndex.Kind, _ window: FootprintWindow, ra: ClosedRange<Double>) -> String {
    let zones =
      window.zones.count <= 200
      ? "IN (\(window.zones.map(String.init).joined(separator: ", ")))"
      : "BETWEEN \(window.zones.lowerBound) AND \(window.zones.upperBound)"
    let place = "BETWEEN \(ra.lowerBound) AND \(ra.upperBound)"
    return switch kind {
    case .position: "SELECT \"key\" FROM planes WHERE target_zone \(zones) AND target_ra \(place)"
    case .footprint:
      "SELECT \"key\" FROM planes WHERE bounds_class = \(window.size) AND bounds_zone \(zones) AND bounds_ra \(place)"
    }
  }
}

extension SQLiteDialect {
  func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment? {
    SpatialCandidates(index: index, region: region).map {
      SQLFragment("(\(alias).\(identifier(index.key)) IN (\($0.sql)))", type: .boolean)
    }
  }
}
