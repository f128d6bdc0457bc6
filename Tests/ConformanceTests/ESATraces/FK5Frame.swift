import Foundation

/// The numbers that the Python client sends for a position: FK5 (J2000), labelled ICRS (section 6.2 of the specification).
enum FK5Frame {
  private static let matrix: [[Double]] = [
    [0.99999999999999278, -1.110223329740834e-07, -4.4118044980967761e-08],
    [1.1102233723050031e-07, 0.99999999999998912, 9.6477922540797404e-08],
    [4.4118034269763241e-08, -9.647792743888517e-08, 0.99999999999999434],
  ]

  /// A direction as a unit vector.
  static func vector(rightAscension: Double, declination: Double) -> [Double] {
    let (ra, dec) = (rightAscension * .pi / 180, declination * .pi / 180)
    return [cos(dec) * cos(ra), cos(dec) * sin(ra), sin(dec)]
  }

  /// An ICRS direction in FK5.
  static func fromICRS(_ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// An FK5 direction in the ICRS.
  static func toICRS(_ vector: [Double]) -> [Double] {
    (0..<3).map { column in (0..<3).reduce(0) { $0 + matrix[$1][column] * vector[$1] } }
  }

  /// Right ascension and declination of a direction, degrees.
  static func coordinates(_ vector: [Double]) -> (rightAscension: Double, declination: Double) {
    let angle = atan2(vector[1], vector[0]) * 180 / .pi
    return (angle < 0 ? angle + 360 : angle, asin(max(-1, min(1, vector[2]))) * 180 / .pi)
  }

  /// The angle between two directions in degrees, accurate for small ones.
  static func separation(_ left: [Double], _ right: [Double]) -> Double {
    let difference = zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    return 2 * asin(min(1, difference / 2)) * 180 / .pi
  }
}
