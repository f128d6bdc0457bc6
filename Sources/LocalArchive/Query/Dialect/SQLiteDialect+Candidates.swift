internal import ADQL
internal import SkyGeometry

extension SQLiteDialect {
  func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment? {
    guard let circle = SkyValue(region)?.region.boundingCircle,
      let condition = CandidateSearch.condition(index, alias: alias, around: circle)
    else { return nil }
    return SQLFragment(condition, type: .boolean)
  }

  func candidates(
    index: SpatialIndex, alias: String, longitude: SQLFragment, latitude: SQLFragment, radius: Double
  ) -> SQLFragment? {
    // Both are written many times, and must give the same each time.
    guard
      [longitude.sql, latitude.sql].allSatisfy({ $0.utf8.count <= 200 && !$0.contains("adql_rand") }),
      let condition = CandidateSearch.condition(
        index, alias: alias, around: (longitude.sql, latitude.sql), radius: radius)
    else { return nil }
    return SQLFragment(condition, type: .boolean)
  }
}
