/// Reads regions out of the bytes of a text: the words of STC-S and DALI here, pgSphere's brackets in an extension.
struct RegionParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var word = 0
  /// How many `UNION (` are open.
  private var depth = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Reads the whole text.
  /// - Parameter kind: what a text of numbers alone stands for.
  mutating func region(numbersAs kind: SkyRegion.Kind?) throws(SkyGeometryError) -> [SkyRegion.Shape] {
    skipBlanks()
    guard position < bytes.count else { throw empty }
    var shapes: [SkyRegion.Shape] = []
    if Self.isBracket(bytes[position]) {
      while position < bytes.count { shapes.append(try bracketedShape()) }
    } else if let kind, bytes[position] & 0xC0 != 0x40 {
      shapes.append(try shape(kind, SkyFrame.icrs))
      guard position == bytes.count else { throw surplus() }
    } else {
      try appendShapes(to: &shapes, .icrs)
    }
    return shapes
  }

  /// Reads shapes to the end of the text or, within a union, to its closing bracket.
  private mutating func appendShapes(to shapes: inout [SkyRegion.Shape], _ frame: SkyFrame) throws(SkyGeometryError) {
    let before = shapes.count
    while let range = nextWord() {
      let name = Name(bytes, range)
      if let kind = name?.kind {
        shapes.append(try shape(kind, try self.frame() ?? frame))
      } else if name == .box {
        shapes.append(.polygon(try box(in: try self.frame() ?? frame)))
      } else if name == .union {
        try appendUnion(to: &shapes, try self.frame() ?? frame)
      } else if name == .close, depth > 0 {
        break
      } else if name == .intersection || name == .not || name == .ellipse {
        throw SkyGeometryError(
          .unsupported, "\(text(range)) is not supported; use CIRCLE, BOX, POLYGON or a UNION of them.", word: word)
      } else {
        throw SkyGeometryError(
          .unknownWord, "'\(text(range))' is no shape; use POLYGON, CIRCLE or BOX.", word: word)
      }
    }
    guard shapes.count > before else { throw empty }
  }

  private mutating func appendUnion(to shapes: inout [SkyRegion.Shape], _ frame: SkyFrame) throws(SkyGeometryError) {
    guard let range = nextWord(), Name(bytes, range) == .open else {
      throw SkyGeometryError(.unknownWord, "After UNION '(' is missing.", word: word)
    }
    guard depth < 16 else { throw SkyGeometryError(.unsupported, "The unions are nested too deeply.", word: word) }
    depth += 1
    try appendShapes(to: &shapes, frame)
    depth -= 1
    guard bytes[position - 1] == UInt8(ascii: ")") else {
      throw SkyGeometryError(.unknownWord, "The UNION is not closed; ')' is missing.", word: word)
    }
  }

  // MARK: Shapes

  private mutating func shape(
    _ kind: SkyRegion.Kind, _ frame: SkyFrame
  ) throws(SkyGeometryError) -> SkyRegion.Shape {
    switch kind {
    case .point: .circle(SkyCircle(center: try center("position", frame), radius: 0))
    case .circle: .circle(try circle(in: frame))
    case .polygon: .polygon(try polygon(in: frame))
    case .range: .range(try range(in: frame))
    }
  }

  private mutating func polygon(in frame: SkyFrame) throws(SkyGeometryError) -> SkyPolygon {
    let start = word
    var vertices: [SkyPosition] = []
    vertices.reserveCapacity(8)
    while let longitude = try number() { vertices.append(try vertex(longitude, frame)) }
    do { return try SkyPolygon(vertices: vertices) } catch {
      throw SkyGeometryError(error.kind, error.message, word: start)
    }
  }

  private mutating func circle(in frame: SkyFrame) throws(SkyGeometryError) -> SkyCircle {
    let center = try center("circle's centre", frame)
    guard let radius = try number() else { throw missing("radius of the circle") }
    guard (0...180).contains(radius) else {
      throw SkyGeometryError(.outOfRange, "A radius of \(radius) is not between 0 and 180 degrees.", word: word)
    }
    return SkyCircle(center: center, radius: radius)
  }

  private mutating func box(in frame: SkyFrame) throws(SkyGeometryError) -> SkyPolygon {
    // Its sides follow the frame in which it is written, so the corners are turned, not the centre.
    let center = try center("box's centre", .icrs)
    guard let width = try number() else { throw missing("width of the box") }
    guard let height = try number() else { throw missing("height of the box") }
    guard width > 0, height > 0, let polygon = try SkyPolygon(center: center, width: width, height: height) else {
      throw SkyGeometryError(
        .outOfRange, "A box of \(width) by \(height) is not between 0 and \(SkyPolygon.widestBox) degrees.", word: word)
    }
    if frame == .icrs { return polygon }
    return try SkyPolygon(vertices: polygon.vertices.map { frame.position(longitude: $0.ra, latitude: $0.dec) })
  }

  private mutating func range(in frame: SkyFrame) throws(SkyGeometryError) -> SkyRange {
    guard frame == .icrs else {
      throw SkyGeometryError(.unsupported, "A range can be given in ICRS only.", word: word)
    }
    // Unbounded sides may be written -Inf and +Inf.
    guard let west = try number(infinite: true), let east = try number(infinite: true),
      let south = try number(infinite: true), let north = try number(infinite: true)
    else { throw missing("four numbers of the range: least and greatest longitude, least and greatest latitude; one") }
    let (low, high) = (max(south, -.greatestFiniteMagnitude), min(north, .greatestFiniteMagnitude))
    let (least, most) = (south == -.infinity ? -90 : low, north == .infinity ? 90 : high)
    guard (-90...90).contains(least), (-90...90).contains(most), least <= most else {
      throw SkyGeometryError(
        .outOfRange, "Latitudes from \(least) to \(most) are no range between -90 and 90 degrees.", word: word)
    }
    guard west.isFinite, east.isFinite else { return SkyRange(west: 0, east: 360, south: least, north: most) }
    return SkyRange(west: west, east: east, south: least, north: most)
  }

  private mutating func center(_ name: String, _ frame: SkyFrame) throws(SkyGeometryError) -> SkyPosition {
    guard let longitude = try number() else { throw missing("right ascension of the \(name)") }
    return try vertex(longitude, frame)
  }

  private mutating func vertex(_ longitude: Double, _ frame: SkyFrame) throws(SkyGeometryError) -> SkyPosition {
    guard let latitude = try number() else { throw missing("declination") }
    return try checked(longitude, latitude, frame)
  }

  /// A position, its longitude turned into 0..<360.
  func checked(
    _ longitude: Double, _ latitude: Double, _ frame: SkyFrame = .icrs
  ) throws(SkyGeometryError) -> SkyPosition {
    guard (-90...90).contains(latitude) else {
      throw SkyGeometryError(.outOfRange, "A declination of \(latitude) is not between -90 and 90 degrees.", word: word)
    }
    var turned = longitude
    if !(0..<360).contains(longitude) {
      turned = longitude.truncatingRemainder(dividingBy: 360)
      if turned < 0 { turned += 360 }
      if turned >= 360 { turned = 0 }
    }
    return frame == .icrs
      ? SkyPosition(ra: turned, dec: latitude) : frame.position(longitude: turned, latitude: latitude)
  }

  // MARK: Faults

  private var empty: SkyGeometryError {
    SkyGeometryError(.empty, "The region is empty; give a POLYGON, a CIRCLE or a BOX.", word: nil)
  }

  private func missing(_ what: String) -> SkyGeometryError {
    SkyGeometryError(.missingNumber, "The \(what) is missing; coordinates come in pairs.", word: word + 1)
  }

  private func surplus() -> SkyGeometryError {
    SkyGeometryError(.unknownWord, "There is more text than the shape needs.", word: word + 1)
  }
}
