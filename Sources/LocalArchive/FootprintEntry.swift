internal import Holdings
internal import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A footprint in the index: the circle around it, its declination zone, and how large it is.
///
/// An ordinary index on (size, zone, ra) beats an R*Tree. Sizes are kept apart because a search has to reach as far as the
/// largest footprint of its class, and one mosaic must not slow down a million exposures.
struct FootprintEntry {
  /// Height of a zone, degrees.
  static let zoneHeight = 0.25
  /// Largest radius of each class, degrees.
  static let sizes: [Double] = [0.0625, 0.5, 180]

  var circle: SkyCircle
  var size: Int
  var zone: Int

  /// The entry of an observation: its footprint, or its position where it has none that can be read.
  init?(_ observation: Observation) {
    var circle: SkyCircle
    if let text = observation.s_region, let region = try? SkyRegion(sRegion: text), !region.shapes.isEmpty {
      circle = region.boundingCircle
    } else if let ra = observation.s_ra, let dec = observation.s_dec, ra.isFinite, abs(dec) <= 90 {
      circle = SkyCircle(center: SkyPosition(ra: ra, dec: dec), radius: 0)
    } else {
      return nil
    }
    // The circle has passed through trigonometry; what it encloses must not lie a rounding error outside.
    circle.radius += 1e-7
    guard circle.radius.isFinite, circle.center.ra.isFinite, circle.center.dec.isFinite else { return nil }
    self.circle = circle
    let radius = circle.radius
    size = Self.sizes.firstIndex { radius <= $0 } ?? Self.sizes.count - 1
    zone = Self.zone(ofDeclination: circle.center.dec)
  }

  static func zone(ofDeclination dec: Double) -> Int {
    Int(((min(max(dec, -90), 90) + 90) / zoneHeight).rounded(.down))
  }
}

/// The part of the index that a circle can reach in one size class.
struct FootprintWindow {
  var size: Int
  var zones: ClosedRange<Int>
  /// Ranges of right ascension, degrees; two where the window crosses zero.
  var ra: [ClosedRange<Double>]

  /// The windows to look through for a circle, one per size class.
  static func windows(around circle: SkyCircle) -> [FootprintWindow] {
    FootprintEntry.sizes.indices.map {
      FootprintWindow(size: $0, reach: circle.radius + FootprintEntry.sizes[$0], circle)
    }
  }

  /// The window of what lies no farther than a reach from a circle's centre.
  /// - Parameters:
  ///   - size: the size class.
  ///   - reach: degrees.
  ///   - circle: the circle.
  init(size: Int, reach: Double, _ circle: SkyCircle) {
    self.size = size
    let dec = circle.center.dec
    zones = FootprintEntry.zone(ofDeclination: dec - reach)...FootprintEntry.zone(ofDeclination: dec + reach)
    guard abs(dec) + reach < 89.9 else {
      ra = [0...360]
      return
    }
    let radians = Double.pi / 180
    let ratio = sin(reach * radians) / cos(dec * radians)
    guard ratio < 1 else {
      ra = [0...360]
      return
    }
    let half = asin(ratio) / radians + 1e-6
    let low = circle.center.ra - half
    let high = circle.center.ra + half
    if half >= 180 {
      ra = [0...360]
    } else if low < 0 {
      ra = [low + 360...360, 0...high]
    } else if high > 360 {
      ra = [low...360, 0...high - 360]
    } else {
      ra = [low...high]
    }
  }
}
