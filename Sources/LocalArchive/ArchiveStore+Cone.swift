internal import GRDB
internal import SkyGeometry

extension ArchiveStore {
  /// The observations whose footprints touch a circle: candidates from the index, then the exact test.
  static func hits(touching circle: SkyCircle, _ condition: SQLCondition, _ db: Database) throws -> [Hit] {
    var hits: [Hit] = []
    for window in FootprintWindow.windows(around: circle) {
      let places = window.ra.map { _ in "f.ra BETWEEN ? AND ?" }.joined(separator: " OR ")
      // CROSS JOIN keeps SQLite from starting at the observations.
      let sql = """
        SELECT o."row", f.ra, f.dec, f.radius, o.s_region, o.s_ra, o.s_dec FROM footprints f CROSS JOIN observations o
        ON o.obsid = f.obsid WHERE f.size = ? AND f.zone BETWEEN ? AND ? AND (\(places)) AND (\(condition.sql))
        """
      let arguments =
        [window.size.databaseValue, window.zones.lowerBound.databaseValue, window.zones.upperBound.databaseValue]
        + window.ra.flatMap { [$0.lowerBound.databaseValue, $0.upperBound.databaseValue] } + condition.arguments
      let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(arguments))
      while let row = try rows.next() {
        if let distance = distance(row, from: circle) { hits.append(Hit(key: row[0], distance: distance)) }
      }
    }
    return hits.sorted { $0.key < $1.key }
  }

  /// The distance of a candidate, arcseconds; `nil` when it does not touch the circle.
  private static func distance(_ row: Row, from circle: SkyCircle) -> Double? {
    let bounds = SkyCircle(center: SkyPosition(ra: row[1], dec: row[2]), radius: row[3])
    guard circle.center.separation(to: bounds.center) <= circle.radius + bounds.radius else { return nil }
    let text: String? = row[4]
    if let text, let region = try? SkyRegion(sRegion: text), !region.shapes.isEmpty {
      guard region.intersects(circle) else { return nil }
      if region.contains(circle.center) { return 0 }
    }
    var target = bounds.center
    if let ra: Double = row[5], let dec: Double = row[6] { target = SkyPosition(ra: ra, dec: dec) }
    return circle.center.separation(to: target) * 3600
  }
}
