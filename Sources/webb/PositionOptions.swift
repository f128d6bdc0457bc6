import ArgumentParser
import MASTArchive
import SkyGeometry

/// Which part of the sky.
struct PositionOptions: ParsableArguments {
  @Option(help: "A target by name, as the archive's resolver knows it, or a position: two numbers in degrees.")
  var target: String?

  @Option(help: "How far around the target: degrees, or with a unit as in 30arcsec and 3arcmin. Default: 3arcmin.")
  var radius: Angle?

  @Option(
    help:
      "A part of the sky that footprints must touch, in degrees: 'CIRCLE ra dec radius', 'BOX ra dec width height' or 'POLYGON ra dec ra dec …'."
  )
  var region: String?

  func validate() throws {
    if target != nil && region != nil { throw ValidationError("--target and --region exclude each other.") }
    if radius != nil && target == nil { throw ValidationError("--radius needs a --target.") }
    do { _ = try written() } catch { throw ValidationError("--region \(region ?? ""): \(error)") }
  }

  /// The part of the sky that the options describe; `nil` for the whole sky.
  func region(_ client: MASTClient) async throws -> SkyRegion? {
    if let region = try written() { return region }
    guard let target else { return nil }
    let center =
      if let position = Self.position(target) { position } else { try await client.position(ofTarget: target) }
    return SkyRegion(shapes: [.circle(SkyCircle(center: center, radius: radius?.degrees ?? 3 / 60))])
  }

  private func written() throws -> SkyRegion? {
    // People write commas and brackets between numbers.
    try region.map { try SkyRegion(sRegion: String($0.map { ",()".contains($0) ? " " : $0 })) }
  }

  private static func position(_ text: String) -> SkyPosition? {
    let words = text.split { $0 == " " || $0 == "," }
    let numbers = words.compactMap { Double($0) }
    guard words.count == 2, numbers.count == 2, (0..<360).contains(numbers[0]), abs(numbers[1]) <= 90 else {
      return nil
    }
    return SkyPosition(ra: numbers[0], dec: numbers[1])
  }
}

/// An angle as people write it: `0.05`, `3arcmin`, `3'`, `30arcsec`, `30"`, `0.05deg`.
struct Angle: ExpressibleByArgument {
  /// As it was written.
  var text: String
  var degrees: Double

  init?(argument: String) {
    let number = argument.prefix { $0.isNumber || $0 == "." }
    let unit = argument.dropFirst(number.count).filter { $0 != " " }.lowercased()
    let scale: [String: Double] = [
      "": 1, "d": 1, "deg": 1, "m": 60, "'": 60, "arcmin": 60, "s": 3600, "\"": 3600, "arcsec": 3600,
    ]
    guard let value = Double(number), let parts = scale[unit], (0...90).contains(value / parts) else { return nil }
    text = argument
    degrees = value / parts
  }
}
