import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A grid of pixels on the sky in the gnomonic projection: y towards the position angle, x to its right as seen on the sky.
struct Frame: Sendable, Hashable {
  /// The sky at the middle of the grid.
  var center: SkyPosition
  /// Direction of the y axis at the middle, degrees from north through east.
  var positionAngle: Double
  /// Number of pixels.
  var width: Int
  var height: Int
  /// Size of a pixel along both axes, arcseconds.
  var xScale: Double
  var yScale: Double

  /// The sky at pixel coordinates, the middle of the first pixel being (1, 1).
  func sky(x: Double, y: Double) -> SkyPosition {
    let (sine, cosine) = (sin(positionAngle * .pi / 180), cos(positionAngle * .pi / 180))
    let u = (x - referenceX) * xScale / 3600
    let v = (y - referenceY) * yScale / 3600
    return TangentPlane(center: center).position(east: -u * cosine + v * sine, north: u * sine + v * cosine)
  }

  /// The pixel coordinates of a position, `nil` beyond 90°.
  func pixel(of position: SkyPosition) -> (x: Double, y: Double)? {
    guard let (east, north) = TangentPlane(center: center).project(position) else { return nil }
    let (sine, cosine) = (sin(positionAngle * .pi / 180), cos(positionAngle * .pi / 180))
    let u = (-east * cosine + north * sine) * 3600
    let v = (east * sine + north * cosine) * 3600
    return (u / xScale + referenceX, v / yScale + referenceY)
  }

  var referenceX: Double { Double(width + 1) / 2 }
  var referenceY: Double { Double(height + 1) / 2 }

  /// The outline: the outer corners of the corner pixels.
  var corners: [SkyPosition] {
    let (right, top) = (Double(width) + 0.5, Double(height) + 0.5)
    return [sky(x: 0.5, y: 0.5), sky(x: right, y: 0.5), sky(x: right, y: top), sky(x: 0.5, y: top)]
  }

  /// The world coordinate system of the grid; where pixels are not square their ratio enters the rotation.
  var cards: [FITSCard] {
    let (sine, cosine) = (sin(positionAngle * .pi / 180), cos(positionAngle * .pi / 180))
    return [
      FITSCard("WCSAXES", 2, "number of world coordinate axes"),
      FITSCard("CTYPE1", "RA---TAN", "first axis: right ascension, gnomonic"),
      FITSCard("CTYPE2", "DEC--TAN", "second axis: declination, gnomonic"),
      FITSCard("CUNIT1", "deg", "unit of the first axis"),
      FITSCard("CUNIT2", "deg", "unit of the second axis"),
      FITSCard("CRPIX1", referenceX, "reference pixel, axis 1"),
      FITSCard("CRPIX2", referenceY, "reference pixel, axis 2"),
      FITSCard("CRVAL1", center.ra, "[deg] right ascension at the reference pixel"),
      FITSCard("CRVAL2", center.dec, "[deg] declination at the reference pixel"),
      FITSCard("CDELT1", xScale / 3600, "[deg/pixel] axis 1"),
      FITSCard("CDELT2", yScale / 3600, "[deg/pixel] axis 2"),
      FITSCard("PC1_1", -cosine, "rotation"),
      FITSCard("PC1_2", sine * yScale / xScale, "rotation"),
      FITSCard("PC2_1", sine * xScale / yScale, "rotation"),
      FITSCard("PC2_2", cosine, "rotation"),
      FITSCard("RADESYS", "ICRS", "reference frame"),
    ]
  }
}
