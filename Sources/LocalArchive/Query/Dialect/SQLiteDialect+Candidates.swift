internal import ADQL
internal import SkyGeometry

extension SQLiteDialect {
  func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment? {
    guard let circle = SkyValue(region)?.region.boundingCircle,
      let condition = CandidateSearch.condition(index, alias: alias, around: circle)
    else { return nil }
    return SQLFragment(condition, type: .boolean)
  }
}
