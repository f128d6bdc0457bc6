internal import Holdings
internal import SkyGeometry

/// Where a plane lies on the sky, in the forms that the tables and the index need.
struct PlaneFootprint {
  /// The outline in degrees ICRS, `Polygon ra dec …` or `Circle ra dec radius`; several shapes follow each other.
  var text: String
  /// Square degrees; parts that overlap count twice.
  var area: Double
  /// A circle around the footprint.
  var circle: SkyCircle
  /// Size class of the circle in the index.
  var size: Int
  /// Declination zone of the circle's centre.
  var zone: Int

}

extension PlaneFootprint {
  /// Reads the footprint of an observation; `nil` when it has none that can be read.
  init?(_ observation: Observation) {
    guard let text = observation.s_region, let region = try? SkyRegion(sRegion: text), !region.shapes.isEmpty,
      let entry = FootprintEntry(observation)
    else { return nil }
    self.text = Self.text(region)
    area = region.area
    circle = entry.circle
    size = entry.size
    zone = entry.zone
  }

  /// The words of the archive at ESA, where only the first letter is a capital.
  private static func text(_ region: SkyRegion) -> String {
    region.shapes.map { shape in
      let name =
        switch shape {
        case .polygon: "Polygon"
        case .circle: "Circle"
        case .range: "Range"
        }
      return name + SkyRegion(shapes: [shape]).sRegion(withFrame: false).dropFirst(name.count)
    }.joined(separator: " ")
  }
}
