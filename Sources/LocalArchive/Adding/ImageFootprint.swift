internal import SkyGeometry

/// The outline of an image on the sky from the keywords of its world coordinate system. Source: FITS 4.0, section 8.
enum ImageFootprint {
  /// The outline as `s_region` text; `nil` unless the header has an image in the gnomonic projection.
  static func sRegion(_ header: FITSHeader) -> String? {
    guard let type = header.text("CTYPE1"), type.hasPrefix("RA---TAN"),
      header.text("CTYPE2")?.hasPrefix("DEC--TAN") == true,
      let width = header.number("NAXIS1"), let height = header.number("NAXIS2"), width >= 1, height >= 1,
      let ra = header.number("CRVAL1"), let dec = header.number("CRVAL2"), abs(dec) <= 90,
      let x = header.number("CRPIX1"), let y = header.number("CRPIX2"), let matrix = matrix(header)
    else { return nil }
    let plane = TangentPlane(center: SkyPosition(ra: ra, dec: dec))
    // Pixels reach half a pixel beyond their centres, which have whole numbers from 1.
    let corners = [(0.5, 0.5), (width + 0.5, 0.5), (width + 0.5, height + 0.5), (0.5, height + 0.5)].map { corner in
      let (dx, dy) = (corner.0 - x, corner.1 - y)
      return plane.position(east: matrix[0] * dx + matrix[1] * dy, north: matrix[2] * dx + matrix[3] * dy)
    }
    guard corners.allSatisfy({ $0.ra.isFinite && $0.dec.isFinite }), let polygon = try? SkyPolygon(vertices: corners)
    else { return nil }
    return SkyRegion(shapes: [.polygon(polygon)]).sRegion
  }

  /// Degrees per pixel: the CD matrix, or the PC matrix with its scales.
  private static func matrix(_ header: FITSHeader) -> [Double]? {
    let names = ["1_1", "1_2", "2_1", "2_2"]
    if names.contains(where: { header.number("CD" + $0) != nil }) { return names.map { header.number("CD" + $0) ?? 0 } }
    guard let first = header.number("CDELT1"), let second = header.number("CDELT2") else { return nil }
    let turns = zip(names, [1.0, 0, 0, 1]).map { header.number("PC" + $0) ?? $1 }
    return [turns[0] * first, turns[1] * first, turns[2] * second, turns[3] * second]
  }
}
