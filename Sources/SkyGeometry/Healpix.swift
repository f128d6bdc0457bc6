#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The pixels of HEALPix in the NESTED numbering (Górski et al. 2005, ApJ 622, 759): 12 · 4ᵒʳᵈᵉʳ pixels of equal area.
public enum Healpix {
  /// The orders whose pixel numbers fit into 64 bits.
  public static let orders = 0...29

  /// The number of the pixel in which a position lies.
  /// - Parameters:
  ///   - order: the logarithm to base 2 of the number of pixels along a side of a base pixel, in ``orders``.
  ///   - position: where.
  /// - Returns: `nil` for an order outside ``orders`` and for coordinates that are no position.
  public static func index(order: Int, position: SkyPosition) -> Int64? {
    guard orders.contains(order), position.ra.isFinite, (-90...90).contains(position.dec) else { return nil }
    let side = Int64(1) << order
    let dec = position.dec.radians
    let z = sin(dec)
    let turned = position.ra.truncatingRemainder(dividingBy: 360)
    // In quarters of the circle.
    let quarters = min((turned < 0 ? turned + 360 : turned) / 90, (4.0).nextDown)
    let (face, x, y) =
      abs(z) <= 2.0 / 3 ? equatorial(z, quarters, side, order) : polar(z, cos(dec), quarters, side)
    return face << (2 * Int64(order)) | spread(x) | spread(y) << 1
  }

  /// The position in the middle of a pixel.
  /// - Parameters:
  ///   - order: as in ``index(order:position:)``.
  ///   - index: the number of the pixel.
  /// - Returns: `nil` for an order outside ``orders`` and for a number that no pixel has.
  public static func center(order: Int, index: Int64) -> SkyPosition? {
    guard orders.contains(order), index >= 0, index >> (2 * Int64(order)) < 12 else { return nil }
    let side = Int64(1) << order
    let face = Int(index >> (2 * Int64(order)))
    let (x, y) = (gather(index & (side * side - 1)), gather((index & (side * side - 1)) >> 1))
    // The ring from the north, and how many pixels a quarter of it has.
    let ring = Int64(face / 4 + 2) * side - x - y - 1
    let length = min(ring, side, 4 * side - ring)
    let dec: Double
    if length == side {
      dec = asin(Double(2 * side - ring) * 2 / Double(3 * side))
    } else {
      let ratio = Double(length) / Double(side)
      let height = ratio * ratio / 3
      let magnitude = atan2(1 - height, (height * (2 - height)).squareRoot())
      dec = ring < side ? magnitude : -magnitude
    }
    var step = Int64(face / 4 == 1 ? 2 * (face % 4) : 2 * (face % 4) + 1) * length + x - y
    if step < 0 { step += 8 * length }
    return SkyPosition(ra: 45 * Double(step) / Double(length), dec: dec.degrees)
  }

  /// Base pixel and place in it between the two parallels of sin δ = ±2/3.
  private static func equatorial(
    _ z: Double, _ quarters: Double, _ side: Int64, _ order: Int
  ) -> (face: Int64, x: Int64, y: Int64) {
    let (across, along) = (Double(side) * (0.5 + quarters), Double(side) * z * 0.75)
    // Lines that rise and that fall towards growing longitude.
    let (rising, falling) = (Int64(across - along), Int64(across + along))
    let (a, b) = (rising >> Int64(order), falling >> Int64(order))
    let face = a == b ? a | 4 : a < b ? a : b + 8
    return (face, falling & (side - 1), side - 1 - (rising & (side - 1)))
  }

  /// Base pixel and place in it around a pole.
  private static func polar(
    _ z: Double, _ radius: Double, _ quarters: Double, _ side: Int64
  ) -> (face: Int64, x: Int64, y: Int64) {
    let quarter = Int64(quarters)
    let part = quarters - Double(quarter)
    // √(3(1 − |z|)) without the loss of digits near the pole.
    let distance = Double(side) * radius / ((1 + abs(z)) / 3).squareRoot()
    let (rising, falling) = (min(Int64(part * distance), side - 1), min(Int64((1 - part) * distance), side - 1))
    return z >= 0 ? (quarter, side - 1 - falling, side - 1 - rising) : (quarter + 8, rising, falling)
  }

  /// Puts a zero between all bits.
  private static func spread(_ value: Int64) -> Int64 {
    var bits = value
    bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
    bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
    bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333
    return (bits | bits << 1) & 0x5555_5555_5555_5555
  }

  /// Takes every second bit.
  private static func gather(_ value: Int64) -> Int64 {
    var bits = value & 0x5555_5555_5555_5555
    bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
    bits = (bits | bits >> 2) & 0x0F0F_0F0F_0F0F_0F0F
    bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF
    bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF
    return (bits | bits >> 16) & 0x0000_0000_FFFF_FFFF
  }
}
