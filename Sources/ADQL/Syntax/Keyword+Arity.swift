extension Keyword {
  /// How many arguments the function of this name takes, without a coordinate system; `nil` when it names none.
  var arity: ClosedRange<Int>? {
    switch self {
    case .pi: 0...0
    case .rand: 0...1
    case .round, .truncate: 1...2
    case .atan2, .mod, .power, .inUnit, .contains, .intersects, .point: 2...2
    case .circle: 2...3
    case .box: 3...4
    case .distance: 2...4
    case .coalesce: 1...Int.max
    case .polygon: 3...Int.max
    case .abs, .acos, .asin, .atan, .ceiling, .cos, .cot, .degrees, .exp, .floor, .log, .log10, .radians, .sin, .sqrt,
      .tan:
      1...1
    case .area, .centroid, .coord1, .coord2, .coordsys, .region, .lower, .upper: 1...1
    case .avg, .count, .max, .min, .sum: 1...1
    default: nil
    }
  }

  /// The aggregate function of this name.
  var aggregate: Aggregate.Function? {
    switch self {
    case .avg: .average
    case .count: .count
    case .max: .maximum
    case .min: .minimum
    case .sum: .sum
    default: nil
    }
  }
}
