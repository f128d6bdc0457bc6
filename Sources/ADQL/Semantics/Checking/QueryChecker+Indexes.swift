extension QueryChecker {
  /// A condition with the index that narrows it down, when there is one.
  func indexed(_ condition: CheckedCondition) -> CheckedCondition {
    indexUse(for: condition).map { .indexed(condition, $0) } ?? condition
  }

  private func indexUse(for condition: CheckedCondition) -> IndexUse? {
    switch condition {
    case .geometryTest(_, let left, let right, holds: true):
      return indexUse(of: left, in: right.searchRegion) ?? indexUse(of: right, in: left.searchRegion)
    case .comparison(.less, let near, let far), .comparison(.lessOrEqual, let near, let far),
      .comparison(.greater, let far, let near), .comparison(.greaterOrEqual, let far, let near):
      return indexUse(ofDistance: near, within: far)
    case .between(let value, _, let high, isNegated: false):
      return indexUse(ofDistance: value, within: high)
    default:
      return nil
    }
  }

  /// The index on `POINT(lon, lat)` of two columns, or on a column with a region.
  private func indexUse(of value: CheckedExpression, in region: SearchRegion?) -> IndexUse? {
    guard let region else { return nil }
    if case .column(let column) = value, case .table(let table) = sources[column.source].content {
      let kind = SpatialIndex.Kind.footprint(region: table.columns[column.index].name)
      return table.spatialIndexes.first { $0.kind == kind }.flatMap { use(of: $0, column.source, region) }
    }
    return value.coordinates.flatMap { positionIndex($0[0], $0[1]) }.flatMap { use(of: $0.index, $0.source, region) }
  }

  /// The index that finds what lies within a distance, `DISTANCE(lon1, lat1, lon2, lat2)`, of the one or the other position.
  private func indexUse(ofDistance distance: CheckedExpression, within limit: CheckedExpression) -> IndexUse? {
    guard case .function(.distance, let arguments, _) = distance, arguments.count == 4,
      let radius = limit.constantNumber
    else { return nil }
    for (one, other) in [(0, 2), (2, 0)] {
      guard let found = positionIndex(arguments[one], arguments[one + 1]),
        let region = SearchRegion(circle: arguments[other], arguments[other + 1], radius: radius),
        let use = use(of: found.index, found.source, region)
      else { continue }
      return use
    }
    return nil
  }

  /// A search that depends on the very table that is searched would be none.
  private func use(of index: SpatialIndex, _ source: Int, _ region: SearchRegion) -> IndexUse? {
    if case .around(let longitude, let latitude, _) = region {
      let depends = [longitude, latitude].contains { value in
        value.contains { part in
          switch part {
          case .column(let column): column.source == source
          case .subquery, .aggregate, .stringAggregate: true
          default: false
          }
        }
      }
      guard !depends else { return nil }
    }
    return IndexUse(source: source, index: index, region: region)
  }

  private func positionIndex(
    _ longitude: CheckedExpression, _ latitude: CheckedExpression
  ) -> (source: Int, index: SpatialIndex)? {
    guard case .column(let lon) = longitude, case .column(let lat) = latitude, lon.source == lat.source,
      case .table(let table) = sources[lon.source].content
    else { return nil }
    let kind = SpatialIndex.Kind.position(
      longitude: table.columns[lon.index].name, latitude: table.columns[lat.index].name)
    return table.spatialIndexes.first { $0.kind == kind }.map { (lon.source, $0) }
  }
}

extension SearchRegion {
  /// A circle; nil when its radius is negative.
  init?(circle longitude: CheckedExpression, _ latitude: CheckedExpression, radius: Double) {
    guard radius >= 0 else { return nil }
    if let lon = longitude.constantNumber, let lat = latitude.constantNumber {
      self = .constant(.circle(.init(longitude: lon, latitude: lat), radius: radius))
    } else {
      self = .around(longitude, latitude, radius: radius)
    }
  }
}

extension CheckedExpression {
  /// The region that it is, as far as an index can be asked for it.
  var searchRegion: SearchRegion? {
    if let constantRegion { return .constant(constantRegion) }
    guard case .function(let name, let arguments, _) = self else { return nil }
    switch (name, arguments.count) {
    case (.point, 2): return SearchRegion(circle: arguments[0], arguments[1], radius: 0)
    case (.circle, 3):
      return arguments[2].constantNumber.flatMap { SearchRegion(circle: arguments[0], arguments[1], radius: $0) }
    default: return nil
    }
  }

  /// The region that it is in every row, when it is made of literals alone.
  var constantRegion: ConstantRegion? {
    if case .cast(.text(let text), let type, _) = self {
      switch type {
      case .circle, .polygon: return .text("\(type.name) \(text)")
      default: return nil
      }
    }
    guard case .function(let name, let arguments, _) = self else { return nil }
    if name == .region, case .text(let text)? = arguments.first { return .text(text) }
    let numbers = arguments.compactMap(\.constantNumber)
    guard numbers.count == arguments.count, numbers.count >= 2 else { return nil }
    let first = ConstantRegion.Position(longitude: numbers[0], latitude: numbers[1])
    switch (name, numbers.count) {
    case (.point, 2): return .point(first)
    case (.circle, 3): return .circle(first, radius: numbers[2])
    case (.box, 4): return .box(first, width: numbers[2], height: numbers[3])
    case (.polygon, 6...):
      return .polygon(
        stride(from: 0, to: numbers.count, by: 2).map { .init(longitude: numbers[$0], latitude: numbers[$0 + 1]) })
    default: return nil
    }
  }
}
