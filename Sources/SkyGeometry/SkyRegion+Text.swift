extension SkyRegion {
  /// Reads an `s_region` text of MAST: one or more `POLYGON ra dec ra dec …` or `CIRCLE ra dec radius`, all in degrees, the frame `ICRS`
  /// after a shape's name being optional, capitals or not; and all other forms that ``init(text:numbersAs:)`` reads.
  /// - Throws: `SkyGeometryError`, which names the faulty word.
  public init(sRegion text: some StringProtocol) throws(SkyGeometryError) { try self.init(text: text) }

  /// Reads a region in any of the forms that archives write:
  ///
  /// - STC-S of TAP 1.0 (section 6): `POSITION`, `CIRCLE`, `BOX`, `POLYGON` and `CONVEX`, with or without frame, reference position and
  ///   flavour, and `UNION ICRS (…)`; several shapes may also follow each other without a union, as MAST writes them.
  /// - DALI 1.2: `circle lon lat radius`, `polygon lon lat …`, `range west east south north`, `point lon lat`; numbers alone where the
  ///   kind is known from elsewhere.
  /// - pgSphere: `{(0.1 , 0.2),(0.2 , 0.2),(0.2 , 0.3)}` in radians, `(10d , 20d)`, `<(10d , 20d) , 1d>`.
  ///
  /// Capitals do not count. A box becomes the polygon of its corners, a position a circle of radius 0; polygons may repeat their first corner
  /// at the end or not. Right ascensions outside 0..<360 are turned into it. Regions in FK5 and Galactic coordinates become ICRS.
  /// - Parameters:
  ///   - text: the region.
  ///   - kind: what numbers without a name stand for; without it they are an error.
  /// - Throws: `SkyGeometryError`, which names the faulty word: `.unsupported` for intersections, complements, ellipses and other frames.
  public init(text: some StringProtocol, numbersAs kind: Kind? = nil) throws(SkyGeometryError) {
    var copy = String(text)
    // `withUTF8` knows nothing of typed errors, so the outcome is carried across as a value.
    let outcome: Result<SkyRegion, SkyGeometryError> = copy.withUTF8 { bytes in
      do throws(SkyGeometryError) { return .success(try SkyRegion(utf8: bytes, numbersAs: kind)) } catch {
        return .failure(error)
      }
    }
    self = try outcome.get()
  }

  /// Reads a region as ``init(text:numbersAs:)`` does, from bytes.
  /// - Parameters:
  ///   - bytes: the text.
  ///   - kind: what numbers without a name stand for.
  package init(utf8 bytes: UnsafeBufferPointer<UInt8>, numbersAs kind: Kind? = nil) throws(SkyGeometryError) {
    var parser = RegionParser(bytes: bytes)
    shapes = try parser.region(numbersAs: kind)
  }

  /// The region in the words of MAST's keyword services: `POLYGON ICRS  ra dec …` with nine decimals (4 microarcseconds).
  public var sRegion: String { sRegion(withFrame: true) }

  /// The region as text.
  /// - Parameter withFrame: `true` writes `POLYGON ICRS  ra dec …` as MAST's keyword services do, `false` the bare `POLYGON ra dec …` of its
  ///   observation table.
  public func sRegion(withFrame: Bool) -> String {
    let frame = withFrame ? " ICRS " : ""
    return shapes.map { shape in
      let name = shape.kind == .point ? "CIRCLE" : shape.kind.rawValue.uppercased()
      let numbers = shape.kind == .point ? shape.numbers + [0] : shape.numbers
      return "\(name)\(frame) " + numbers.map(\.nineDecimals).joined(separator: " ")
    }.joined(separator: " ")
  }

  /// The region as STC-S of TAP 1.0: `POLYGON ICRS ra dec …`, several shapes as `UNION ICRS (…)`; a range, which STC-S lacks, as in DALI.
  public var stcs: String {
    func text(_ shape: Shape, _ frame: String) -> String {
      let name = shape.kind == .point ? "POSITION" : shape.kind.rawValue.uppercased()
      return "\(name)\(frame) \(shape.numbersText)"
    }
    if shapes.count == 1 { return text(shapes[0], shapes[0].kind == .range ? "" : " ICRS") }
    return "UNION ICRS (\(shapes.map { text($0, "") }.joined(separator: " ")))"
  }

  /// The region as DALI 1.2 writes shapes: `polygon ra dec …`, several one after the other.
  public var dali: String { shapes.map { "\($0.kind.rawValue) \($0.numbersText)" }.joined(separator: " ") }

  /// The region as pgSphere writes it, in degrees: `{(10d , 20d),…}`, `<(10d , 20d) , 1d>`, `(10d , 20d)`; several one after the other.
  public var pgSphere: String { shapes.map(\.pgSphere).joined(separator: " ") }
}

extension SkyRegion.Shape {
  fileprivate var numbersText: String { numbers.map(\.shortest).joined(separator: " ") }

  fileprivate var pgSphere: String {
    func point(_ position: SkyPosition) -> String { "(\(position.ra.shortest)d , \(position.dec.shortest)d)" }
    return switch self {
    case .circle(let circle) where circle.radius == 0: point(circle.center)
    case .circle(let circle): "<\(point(circle.center)) , \(circle.radius.shortest)d>"
    case .polygon(let polygon): "{\(polygon.vertices.map(point).joined(separator: ","))}"
    case .range(let range):
      "(\(point(SkyPosition(ra: range.west, dec: range.south))) , \(point(SkyPosition(ra: range.east, dec: range.north))))"
    }
  }
}

extension Double {
  /// The shortest text that reads back as the same number, whole numbers without a fraction.
  fileprivate var shortest: String { Int64(exactly: self).map { String($0) } ?? description }

  fileprivate var nineDecimals: String {
    let scaled = (magnitude * 1e9).rounded()
    // Angles fit easily; what does not is written as it is.
    guard let units = Int64(exactly: scaled) else { return description }
    let decimals = String(units % 1_000_000_000)
    let padding = String(repeating: "0", count: 9 - decimals.count)
    return "\(self < 0 && units != 0 ? "-" : "")\(units / 1_000_000_000).\(padding)\(decimals)"
  }
}
