extension Keyword {
  /// How a function is written, for people.
  var forms: String {
    switch self {
    case .point: "POINT(longitude, latitude)"
    case .circle: "CIRCLE(longitude, latitude, radius) or CIRCLE(point, radius)"
    case .box: "BOX(longitude, latitude, width, height) or BOX(point, width, height)"
    case .polygon: "POLYGON of three or more pairs of longitude and latitude, or of three or more points"
    case .distance: "DISTANCE(point, point) or DISTANCE(longitude, latitude, longitude, latitude)"
    case .contains, .intersects: "\(rawValue)(geometry, geometry)"
    case .inUnit: "IN_UNIT(value, 'unit')"
    case .coalesce: "COALESCE(value, …)"
    case .rand: "RAND() or RAND(number)"
    case .pi: "PI()"
    case .round, .truncate: "\(rawValue)(value) or \(rawValue)(value, decimals)"
    case .atan2: "ATAN2(y, x)"
    case .mod, .power: "\(rawValue)(value, value)"
    default: "\(rawValue)(value)"
    }
  }
}
