extension CheckedExpression {
  /// The places and areas that it gives in numbers or as text: itself, or positions that are taken apart in it.
  var constantRegions: [ConstantRegion] {
    if let constantRegion { return [constantRegion] }
    guard case .function(.distance, let arguments, _) = self, arguments.count == 4 else { return [] }
    return [0, 2].compactMap { index in
      guard let longitude = arguments[index].constantNumber, let latitude = arguments[index + 1].constantNumber else {
        return nil
      }
      return .point(.init(longitude: longitude, latitude: latitude))
    }
  }
}

extension ConstantRegion {
  /// As a query writes it.
  var written: String {
    switch self {
    case .point(let place): "POINT(\(place.longitude), \(place.latitude))"
    case .circle(let place, let radius): "CIRCLE(\(place.longitude), \(place.latitude), \(radius))"
    case .box(let place, let width, let height): "BOX(\(place.longitude), \(place.latitude), \(width), \(height))"
    case .polygon(let places):
      "POLYGON(\(places.map { "\($0.longitude), \($0.latitude)" }.joined(separator: ", ")))"
    case .text(let text): "'\(text.count > 80 ? text.prefix(80) + "…" : text)'"
    }
  }

  /// What to do where it cannot be read.
  var advice: String {
    switch self {
    case .point: "Give right ascension and declination in degrees, the declination from -90 to 90."
    case .circle: "Give a declination from -90 to 90 and a radius from 0 to 180 degrees."
    case .box: "Give a declination from -90 to 90, and a width and a height from 0 to 179 degrees."
    case .polygon: "Give three vertices or more, not all on one great circle, with declinations from -90 to 90."
    case .text: "Write it as 'CIRCLE 10 20 0.5' or 'POLYGON 10 20 11 20 11 21', in degrees."
    }
  }
}
