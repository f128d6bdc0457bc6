extension SkyRegion {
  /// Reads an `s_region` text of MAST: one or more `POLYGON ra dec ra dec …` or `CIRCLE ra dec radius`, all in degrees, the frame `ICRS`
  /// after a shape's name being optional, capitals or not.
  ///
  /// `BOX ra dec width height`, which people write and MAST does not, becomes the polygon of its corners.
  ///
  /// Polygons may repeat their first corner at the end or not. Right ascensions outside 0..<360 are turned into it.
  /// - Throws: `SkyGeometryError`, which names the faulty word.
  public init(sRegion text: some StringProtocol) throws(SkyGeometryError) {
    var copy = String(text)
    // `withUTF8` knows nothing of typed errors, so the outcome is carried across as a value.
    let outcome: Result<[Shape], SkyGeometryError> = copy.withUTF8 { bytes in
      var parser = SRegionParser(bytes: bytes)
      do throws(SkyGeometryError) { return .success(try parser.shapes()) } catch { return .failure(error) }
    }
    shapes = try outcome.get()
  }

  /// The region in the words of MAST's keyword services: `POLYGON ICRS  ra dec …` with nine decimals (4 microarcseconds).
  public var sRegion: String { sRegion(withFrame: true) }

  /// The region as text.
  /// - Parameter withFrame: `true` writes `POLYGON ICRS  ra dec …` as MAST's keyword services do, `false` the bare `POLYGON ra dec …` of its
  ///   observation table.
  public func sRegion(withFrame: Bool) -> String {
    let frame = withFrame ? " ICRS " : ""
    return shapes.map { shape in
      switch shape {
      case .circle(let circle):
        "CIRCLE\(frame) \(circle.center.text) \(circle.radius.nineDecimals)"
      case .polygon(let polygon):
        "POLYGON\(frame) " + polygon.vertices.map(\.text).joined(separator: " ")
      }
    }.joined(separator: " ")
  }
}

extension SkyPosition {
  fileprivate var text: String { "\(ra.nineDecimals) \(dec.nineDecimals)" }
}

extension Double {
  fileprivate var nineDecimals: String {
    let scaled = (magnitude * 1e9).rounded()
    // Angles fit easily; what does not is written as it is.
    guard let units = Int64(exactly: scaled) else { return description }
    let decimals = String(units % 1_000_000_000)
    let padding = String(repeating: "0", count: 9 - decimals.count)
    return "\(self < 0 && units != 0 ? "-" : "")\(units / 1_000_000_000).\(padding)\(decimals)"
  }
}
