internal import ADQL
internal import SkyGeometry

extension SQLiteDialect {
  func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment? {
    guard let circle = SkyValue(region)?.region.boundingCircle,
      let keys = CandidateSearch.sql(index, around: circle)
    else { return nil }
    return SQLFragment("(\(alias).\(identifier(index.key)) IN (\(keys)))", type: .boolean)
  }
}
